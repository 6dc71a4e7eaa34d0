internal import CLinux
internal import Glibc

/// Where a certificate, key or stapled response comes from.
public enum TLSMaterial: Hashable, Sendable {
    /// A path, read when a context is built.
    case file(String)
    case bytes([UInt8])

    /// More is no certificate file; system bundles of roots have about 250 KiB.
    private static let largest = 4 << 20

    /// The file, for what is said about it.
    var path: String? {
        if case .file(let path) = self { path } else { nil }
    }

    /// Throws with the file and the reason when it cannot be read.
    func read() throws(TLSError) -> [UInt8] {
        guard case .file(let path) = self else {
            guard case .bytes(let bytes) = self else { return [] }
            return bytes
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TLSError(file: path, reason: TLSMaterial.text(dragoman_errno())) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw TLSError(file: path, reason: TLSMaterial.text(dragoman_errno())) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= TLSMaterial.largest else {
                throw TLSError(file: path, reason: "the file is too large")
            }
        }
    }

    private static func text(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
