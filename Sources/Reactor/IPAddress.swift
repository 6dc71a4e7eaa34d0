internal import CLinux
internal import Glibc

/// An IPv4 or IPv6 address.
public enum IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// In host order: 127.0.0.1 is 0x7F00_0001.
    case v4(UInt32)
    /// The first and the last eight bytes in host order, and the zone of a link-local address (else 0).
    case v6(UInt64, UInt64, zone: UInt32 = 0)

    /// Reads "192.0.2.1" or "2001:db8::1", the latter also in brackets; nil for anything else, names above all.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4)
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6, zone: 0)
        } else {
            return nil
        }
    }

    init(_ address: in_addr) {
        self = .v4(UInt32(bigEndian: address.s_addr))
    }

    init(_ address: in6_addr, zone: UInt32) {
        let (high, low) = withUnsafeBytes(of: address) {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self = .v6(UInt64(bigEndian: high), UInt64(bigEndian: low), zone: zone)
    }

    public static let loopback = IPAddress.v4(0x7F00_0001)

    /// "192.0.2.1" or "2001:db8::1", without brackets.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch self {
        case .v4(let bits):
            var address = in_addr(s_addr: bits.bigEndian)
            inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
        case .v6:
            var address = system6
            inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
        }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    /// The address as an `in6_addr`; zeros for an IPv4 address.
    var system6: in6_addr {
        var address = in6_addr()
        guard case .v6(let high, let low, _) = self else { return address }
        withUnsafeMutableBytes(of: &address) {
            $0.storeBytes(of: high.bigEndian, as: UInt64.self)
            $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return address
    }
}
