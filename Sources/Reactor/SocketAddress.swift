internal import CLinux
internal import Glibc

/// Where a socket is bound or connected.
public enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
    case ip(IPAddress, port: UInt16)
    /// A path in the file system; empty for a peer that is bound to none.
    case unix(path: String)

    /// Reads "192.0.2.1:80", "[::1]:80" or "unix:/run/x.sock"; nil for anything else, names above all.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
            let address = IPAddress(text[..<colon])
        else { return nil }
        // "::1:80" would be an address as a whole; brackets tell the port apart.
        if case .v6 = address, !text.hasPrefix("[") { return nil }
        self = .ip(address, port: port)
    }

    /// Port 0 of 127.0.0.1: the kernel chooses the port, `Listener.address` tells it.
    public static let anyLoopbackPort = SocketAddress.ip(.loopback, port: 0)

    /// Throws what stands in the way of listening here. Workers share a port, so somebody else's would go unnoticed.
    public func checkIsFree() throws(ReactorError) {
        try Binding.probe(self)
    }

    public var port: UInt16? {
        if case .ip(_, let port) = self { port } else { nil }
    }

    /// The IP address; nil for unix sockets.
    public var host: IPAddress? {
        if case .ip(let address, _) = self { address } else { nil }
    }

    /// As `init(_:)` reads it.
    public var description: String {
        switch self {
        case .ip(let address, let port):
            if case .v4 = address { "\(address):\(port)" } else { "[\(address)]:\(port)" }
        case .unix(let path): "unix:\(path)"
        }
    }

    var family: Int32 {
        switch self {
        case .ip(.v4, _): AF_INET
        case .ip(.v6, _): AF_INET6
        case .unix: AF_UNIX
        }
    }
}
