internal import CLinux
internal import Glibc

extension SocketAddress {
    /// Reads what the kernel wrote into `storage`.
    init(_ storage: sockaddr_storage, length: socklen_t) {
        self = withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let address = bytes.load(as: sockaddr_in.self)
                return .ip(IPAddress(address.sin_addr), port: UInt16(bigEndian: address.sin_port))
            case AF_INET6:
                let address = bytes.load(as: sockaddr_in6.self)
                let ip = IPAddress(address.sin6_addr, zone: address.sin6_scope_id)
                return .ip(ip, port: UInt16(bigEndian: address.sin6_port))
            default:
                let start = SocketAddress.pathOffset
                let path = bytes[min(start, Int(length))..<min(Int(length), bytes.count)].prefix { $0 != 0 }
                return .unix(path: String(decoding: path, as: UTF8.self))
            }
        }
    }

    private static let pathOffset = MemoryLayout<sa_family_t>.size

    /// Hands the address as the kernel wants it to `body`; nil when a path is too long for that.
    func withSystem<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
        var storage = sockaddr_storage()
        let length: Int? = withUnsafeMutableBytes(of: &storage) { bytes in
            switch self {
            case .ip(.v4(let bits), let port):
                let address = sockaddr_in(
                    sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian,
                    sin_addr: in_addr(s_addr: bits.bigEndian), sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
                bytes.storeBytes(of: address, as: sockaddr_in.self)
                return MemoryLayout<sockaddr_in>.size
            case .ip(let ip, let port):
                guard case .v6(_, _, let zone) = ip else { return nil }
                let address = sockaddr_in6(
                    sin6_family: sa_family_t(AF_INET6), sin6_port: port.bigEndian, sin6_flowinfo: 0,
                    sin6_addr: ip.system6, sin6_scope_id: zone)
                bytes.storeBytes(of: address, as: sockaddr_in6.self)
                return MemoryLayout<sockaddr_in6>.size
            case .unix(let path):
                let text = Array(path.utf8)
                guard text.count < MemoryLayout<sockaddr_un>.size - SocketAddress.pathOffset else { return nil }
                bytes.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
                UnsafeMutableRawBufferPointer(rebasing: bytes[SocketAddress.pathOffset...]).copyBytes(from: text)
                return SocketAddress.pathOffset + text.count + 1
            }
        }
        guard let length else { return nil }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    /// Asks `getsockname` or `getpeername`.
    static func ask(
        _ descriptor: Int32,
        _ question: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { question(descriptor, $0, &length) }
        }
        return result == 0 ? SocketAddress(storage, length: length) : nil
    }
}
