import Glibc
import Testing

/// docs/failures.md and the sources know the same reasons: they are API.
@Suite struct FailureListTests {
    /// The checkout: three folders up from this file's.
    private static let checkout = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    @Test func `the list names every reason that the sources use, and no other`() throws {
        let listed = try Self.listed(in: "failures.md")
        // Some families have rules of diagnostics as well.
        let used = try Self.usedReasons().subtracting(try Self.listed(in: "diagnostics.md"))
        #expect(listed.count > 50 && used.count > 50)
        #expect(used.subtracting(listed).sorted() == [], "missing in docs/failures.md")
        #expect(listed.subtracting(used).sorted() == [], "no longer used")
    }

    private static func listed(in file: String) throws -> Set<String> {
        let text = try #require(read(checkout + "/docs/" + file))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
    }

    /// Literals that are reasons: what a `Failure` is made with, and what shares its first word with a listed reason and is
    /// no rule of a diagnostic.
    private static func usedReasons() throws -> Set<String> {
        let families = Set(try listed(in: "failures.md").map { $0.prefix { $0 != "." } })
        var reasons: Set<String> = []
        for path in swiftFiles(checkout + "/Sources") {
            let lines = (read(path) ?? "").split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            let pieces = lines.joined(separator: "\n").split(separator: "\"", omittingEmptySubsequences: false)
            for (before, (piece, after)) in zip(pieces, zip(pieces.dropFirst(), pieces.dropFirst(2))) {
                guard isReason(piece), !after.hasPrefix(":") else { continue }
                let maker = before.lastIndex(of: "(").map { before[..<$0] } ?? ""
                let isRule = ["Diagnostic", "report", "warn", "note", "return "].contains { maker.hasSuffix($0) }
                if maker.hasSuffix("Failure") || families.contains(piece.prefix { $0 != "." }) && !isRule {
                    reasons.insert(String(piece))
                }
            }
        }
        return reasons
    }

    /// Two words with a dot between: `soap.fault`.
    private static func isReason(_ text: Substring) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return words.count == 2
            && words.allSatisfy { word in
                !word.isEmpty
                    && word.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") }
            }
    }

    private static func swiftFiles(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            if name.hasSuffix(".swift") {
                files.append("\(folder)/\(name)")
            } else {
                files += swiftFiles("\(folder)/\(name)")
            }
        }
        return files
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
