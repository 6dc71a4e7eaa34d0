internal import Buffers
internal import Canonical
internal import Glibc

/// The bytes of the file at `path`; ends the program when there is none.
func contents(of path: String) -> Bytes {
    guard let file = fopen(path, "rb") else {
        print("There is no \(path); run the benchmark from the root of the checkout.")
        exit(2)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return Bytes(bytes)
}

/// The contracts here import nothing.
struct NoImports: DocumentLoader {
    func load(_ path: String) -> Bytes? { nil }
}
