internal import CLinux
internal import Glibc

/// Random bytes from the kernel, fit for keys and nonces.
public enum Entropy {
    /// `count` random bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < count {
                let got = getrandom(buffer.baseAddress.map { $0 + filled }, count - filled, 0)
                // It can only be interrupted: the pool is initialised long before any program runs.
                if got > 0 { filled += got }
            }
        }
        return bytes
    }
}
