import Glibc
import Testing

/// The parsing cases of nst/JSONTestSuite from the acceptance corpus; absent on machines without it.
struct JSONTestSuite {
    struct Case {
        let name: String
        let bytes: [UInt8]
    }

    static let shared = JSONTestSuite()

    let cases: [Case]

    private init() {
        let corpus = getenv("DRAGOMAN_CORPUS").map { String(cString: $0) } ?? "../shared/corpus"
        let folder = corpus + "/json-corpus/test_parsing"
        let unpacked = JSONTestSuite.files(in: folder)
        guard unpacked.isEmpty else {
            cases = unpacked
            return
        }
        cases = JSONTestSuite.unpack(corpus + "/json-test-suite.tar.gz")
    }

    private static func unpack(_ archive: String) -> [Case] {
        guard access(archive, R_OK) == 0 else { return [] }
        var template = Array("/tmp/json-test-suite.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return [] }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { _ = run("rm -rf '\(folder)'") }
        guard run("tar -xzf '\(archive)' -C '\(folder)'") else { return [] }
        return files(in: folder + "/json-corpus/test_parsing")
    }

    private static func run(_ command: String) -> Bool {
        guard let pipe = popen(command, "r") else { return false }
        return pclose(pipe) == 0
    }

    private static func files(in folder: String) -> [Case] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var cases: [Case] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") { cases.append(Case(name: name, bytes: read(folder + "/" + name))) }
        }
        return cases.sorted { $0.name < $1.name }
    }

    private static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
