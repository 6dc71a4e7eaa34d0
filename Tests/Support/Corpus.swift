public import Buffers
internal import Glibc

/// The acceptance corpus, where there is one: the folder `$DRAGOMAN_CORPUS`, or `shared/corpus` beside the checkout.
public enum Corpus {
    /// Whether the corpus has the file `name`, a path within it; tests that need it are skipped where it has not.
    public static func has(_ name: String) -> Bool {
        access(path(name), R_OK) == 0
    }

    /// The file `name`, unpacked when it is a `.gz`; empty where there is none.
    public static func read(_ name: String) -> Bytes {
        // `-f` lets what is not packed pass as it is.
        guard has(name), let pipe = popen("exec gzip -dcf '\(path(name))'", "r") else { return Bytes() }
        defer { pclose(pipe) }
        var all = ByteWriter(capacity: 1 << 20)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 {
            all.append(chunk.span.bytes.extracting(first: count))
        }
        return all.finish()
    }

    /// The plain files of the archive `name`, a `.tar.gz`; none where there is no such archive.
    public static func unpack(_ name: String) -> [TarFile] {
        TarFile.all(in: read(name))
    }

    private static func path(_ name: String) -> String {
        // Three folders up from here is the checkout.
        let checkout = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folder = getenv("DRAGOMAN_CORPUS").map { String(cString: $0) } ?? "/\(checkout)/../shared/corpus"
        return "\(folder)/\(name)"
    }
}
