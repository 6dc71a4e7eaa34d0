import Configuration
import Testing

/// docs/diagnostics.md and the sources know the same rules: they are API.
@Suite struct DiagnosticListTests {
    /// The checkout: two folders up from this file's.
    private static let checkout = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    @Test func `the list names every rule that the sources use, and no other`() throws {
        let listed = Self.listed(in: "diagnostics.md")
        let families = Set(listed.map { $0.prefix { $0 != "." } })
        // Some families have reasons of failures as well.
        let used = Self.literals(in: Self.checkout + "/Sources")
            .filter { families.contains($0.prefix { $0 != "." }) }.subtracting(Self.listed(in: "failures.md"))
        #expect(listed.count > 80)
        #expect(used.subtracting(listed).sorted() == [], "missing in docs/diagnostics.md")
        #expect(listed.subtracting(used).sorted() == [], "no longer used")
    }

    private static func listed(in file: String) -> Set<String> {
        let rows = text(of: checkout + "/docs/" + file).split(separator: "\n").filter { $0.hasPrefix("| `") }
        return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
    }

    /// String literals such as `xsd.too-large`, outside of comments.
    private static func literals(in folder: String) -> Set<String> {
        var found: Set<String> = []
        for name in LocalFileSystem().names(in: folder) where !name.hasPrefix(".") {
            guard name.hasSuffix(".swift") else {
                if !name.contains(".") { found.formUnion(literals(in: "\(folder)/\(name)")) }
                continue
            }
            let lines = text(of: "\(folder)/\(name)").split(separator: "\n").filter {
                !$0.drop { $0 == " " }.hasPrefix("//")
            }
            for line in lines {
                found.formUnion(line.matches(of: /"([a-z]+\.[a-z]+(?:-[a-z]+)*)"/).map { String($0.1) })
            }
        }
        return found
    }

    private static func text(of file: String) -> String {
        String(decoding: (try? LocalFileSystem().read(file)) ?? [], as: UTF8.self)
    }
}
