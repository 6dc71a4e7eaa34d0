import Buffers
import Canonical
import ProtobufSchema

/// Files by path.
struct Folder: DocumentLoader {
    var files: [String: String]

    func load(_ path: String) -> Bytes? { files[path].map { Bytes($0) } }
}

/// What compiling `main.proto` with other files beside it gives.
func compile(_ text: String, with others: [String: String] = [:]) throws(ContractError) -> DescriptorSet {
    var files = others
    files["main.proto"] = text
    return try ProtobufCompiler(importPaths: [""], loader: Folder(files: files)).compile(["main.proto"]).0
}

/// The errors of compiling `main.proto`, as `file:line:column: rule: message`.
func errors(_ text: String, with others: [String: String] = [:]) -> [String] {
    do throws(ContractError) {
        _ = try compile(text, with: others)
        return []
    } catch {
        return error.diagnostics.filter { $0.severity == .error }.map(\.line)
    }
}

extension Diagnostic {
    var line: String {
        let place = location.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
        return "\(place): \(rule): \(message)"
    }
}
