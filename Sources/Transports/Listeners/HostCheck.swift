internal import Buffers
internal import Canonical
internal import Engine
internal import Reactor

/// Whether requests on a TLS connection are for a host that the connection was made for (RFC 9110 §7.4).
///
/// Without it, a client that is let in by the rules of one virtual host could speak to another behind the same address.
struct HostCheck {
    private let tls: TLSConnection
    private let name: [UInt8]
    /// The listener asks for client certificates: only the very name that the handshake was for will do.
    private let isStrict: Bool
    /// The authority that was found to be right last.
    private var accepted: [UInt8] = []

    /// Nil where there is nothing to compare with: no TLS, or a client that asked for no name.
    init?(_ socket: Socket, _ listener: HTTPListener) {
        guard let tls = socket.tls, let asked = tls.serverName else { return nil }
        self.tls = tls
        self.name = asked.utf8.map(ASCII.lowercased)
        isStrict = listener.settings.verifiesClients
    }

    /// Why a request for `authority` is not served here; nil when it is.
    mutating func refusal(of authority: [UInt8]) -> Failure? {
        if authority == accepted || authority.isEmpty { return nil }
        let host = Self.host(of: authority)
        guard host == name || !isStrict && tls.isCertified(for: String(decoding: host, as: UTF8.self)) else {
            return .misdirected
        }
        accepted = authority
        return nil
    }

    /// `authority` in lower case, without its port and without the brackets of an IPv6 address.
    private static func host(of authority: [UInt8]) -> [UInt8] {
        let text = authority.map(ASCII.lowercased)
        if text.first == UInt8(ascii: "[") { return Array(text.dropFirst().prefix { $0 != UInt8(ascii: "]") }) }
        return Array(text.prefix { $0 != UInt8(ascii: ":") })
    }
}
