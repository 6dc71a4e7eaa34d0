import Buffers
import Glibc

/// What a test may find outside: programs and files.
enum Machine {
    /// What a shell command prints; nil when it fails.
    static func output(of command: String) -> [UInt8]? {
        guard let pipe = popen(command, "r") else { return nil }
        let bytes = readAll(pipe)
        return pclose(pipe) == 0 ? bytes : nil
    }

    static func file(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        return readAll(file)
    }

    /// Six folders up from here.
    static let checkout = "/" + #filePath.split(separator: "/").dropLast(6).joined(separator: "/")

    /// Gives `body` a new folder with one file in it, and removes both.
    static func withFile<Result>(_ name: String, _ text: String, _ body: (String) throws -> Result) rethrows -> Result?
    {
        var template = Array("/tmp/protobuf-schema-XXXXXX".utf8CString)
        guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else { return nil }
        defer { rmdir(folder) }
        let path = "\(folder)/\(name)"
        guard let file = fopen(path, "w") else { return nil }
        defer { unlink(path) }
        fputs(text, file)
        fclose(file)
        return try body(folder)
    }

    private static func readAll(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }
}

/// The protoc of this machine, where there is one: `$PROTOC`, or the one in the path.
enum Protoc {
    static let command = getenv("PROTOC").map { String(cString: $0) } ?? "protoc"

    /// 0 where there is none: the number behind `libprotoc`, `3.21` as 21.
    static let version: Int = {
        let text = Machine.output(of: "\(command) --version 2>/dev/null").map { String(decoding: $0, as: UTF8.self) }
        let numbers = (text ?? "").split { !$0.isNumber }.compactMap { Int($0) }
        return numbers.first == 3 && numbers.count > 1 ? numbers[1] : numbers.first ?? 0
    }()

    /// The descriptor set of one file, without its imports.
    static func descriptorSet(_ text: String) -> Bytes? {
        // Newer ones leave out options that are for the source only, unless they are told.
        let retain = version >= 27 ? "--retain_options" : ""
        return Machine.withFile("main.proto", text) { folder in
            Machine.output(of: "\(command) -I\(folder) \(retain) --descriptor_set_out=/dev/stdout main.proto")
        }?.map { Bytes($0) }
    }
}
