internal import Buffers
public import Canonical
public import Engine
public import HTTP
internal import Reactor

/// Who may use the admin API: whoever has its token. Where there is none, whoever is on this machine, save web pages that
/// its browsers show.
public struct AdminAccess: Admission {
    /// Of the token, nil where there is none: what is compared is of one length and unknown to whoever guesses.
    private let proof: [UInt8]?
    private let hash: KeyedHash
    /// A browser cannot be made to speak to a unix socket.
    private let isReachedByBrowsers: Bool

    /// - Parameters:
    ///   - token: What `Authorization: Bearer` must show; nil: nothing.
    ///   - isUnixSocket: Whether the API is not at a port.
    public init(token: String?, isUnixSocket: Bool) {
        let hash = KeyedHash(key: Entropy.bytes(32))
        proof = token.map { hash.code(of: $0.utf8) }
        self.hash = hash
        isReachedByBrowsers = !isUnixSocket
    }

    public func refusal(of head: borrowing HTTPRequestHead) -> Failure? {
        if let proof { return refusal(of: head.headers, proof) }
        guard isReachedByBrowsers else { return nil }
        // A page's own host name may be made to lead here (DNS rebinding).
        let authority = head.authority
        guard authority.isEmpty || Self.isLocal(authority) else { return .foreignHost }
        // Any page may send plain requests anywhere, but its browser says so.
        guard let index = head.headers.firstIndex(of: .origin) else { return nil }
        let own = Array("http://".utf8) + authority
        return head.headers.value(at: index).equals(own) ? nil : .foreignPage
    }

    /// Source: RFC 6750 §2.1, §3.
    private func refusal(of headers: borrowing Headers, _ proof: [UInt8]) -> Failure? {
        guard let index = headers.firstIndex(of: .authorization) else { return .noToken }
        let value = headers.value(at: index)
        guard value.byteCount > 7, value.extracting(0..<7).equalsIgnoringCase("bearer ") else { return .noToken }
        let shown = value.extracting(7..<value.byteCount).trimmingOptionalWhitespace()
        let code = hash.code(of: shown.withUnsafeBytes { Array($0) })
        return KeyedHash.isSame(code, proof) ? nil : .wrongToken
    }

    /// Whether `authority` names this machine to itself.
    private static func isLocal(_ authority: [UInt8]) -> Bool {
        var host = authority.map(ASCII.lowercased)[...]
        if let colon = host.lastIndex(of: UInt8(ascii: ":")), host.last != UInt8(ascii: "]") { host = host[..<colon] }
        if host.last == UInt8(ascii: ".") { host = host.dropLast() }
        switch IPAddress(String(decoding: host, as: UTF8.self)) {
        case .v4(let bits): return bits >> 24 == 127
        case .v6(let high, let low, _): return high == 0 && low == 1
        case nil: return host.elementsEqual("localhost".utf8)
        }
    }
}

extension Failure {
    fileprivate static let noToken = Failure(
        .unauthenticated, "admin.no_token", "The admin API wants its token.", origin: .client,
        headers: [("www-authenticate", #"Bearer realm="admin""#)])

    fileprivate static let wrongToken = Failure(
        .unauthenticated, "admin.wrong_token", "The token is not that of the admin API.", origin: .client,
        headers: [("www-authenticate", #"Bearer realm="admin", error="invalid_token""#)])

    fileprivate static let foreignHost = Failure(
        .permissionDenied, "admin.host", "Without a token the admin API answers to names of this machine only.",
        origin: .client, httpStatus: 421)

    fileprivate static let foreignPage = Failure(
        .permissionDenied, "admin.origin", "Without a token the admin API answers no pages of others.",
        origin: .client)
}
