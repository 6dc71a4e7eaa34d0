public import HTTP
public import Reactor

/// One address of an upstream.
public final class Endpoint: Sendable {
    /// A name, an IP literal, or `unix:/path`.
    public let host: String
    public let port: Int
    /// Its share of the calls, relative to the others'.
    public let weight: Int
    /// What is spoken on connections to it.
    public let wire: Wire
    /// How TLS is spoken to it; nil: it is not.
    public let tls: EndpointTLS?
    /// Host and port as a `Host` field says them.
    public let authority: [UInt8]
    /// The target that the address names: where a service answers that has one address for all operations.
    let target: [UInt8]
    /// What stands before the target of every other request…
    let prefix: [UInt8]
    /// … and what is put before its query.
    let query: [UInt8]

    public enum Wire: Sendable {
        case http1, http2
        /// What the endpoint chooses of both (ALPN).
        case negotiated
    }

    /// - Parameter path: Path and query as the address has them; may be empty.
    public init(
        host: String, port: Int, weight: Int = 1, path: String = "", wire: Wire = .http1, tls: EndpointTLS? = nil
    ) {
        self.host = host
        self.port = port
        self.weight = weight
        self.wire = wire
        self.tls = tls
        let name = host.hasPrefix("unix:") ? "localhost" : host.contains(":") ? "[\(host)]" : host
        authority = Array((port == (tls == nil ? 80 : 443) ? name : "\(name):\(port)").utf8)
        target = Array((path.hasPrefix("/") ? path : "/\(path)").utf8)
        let folder = target.prefix { $0 != 0x3F }
        prefix = Array(folder.last == 0x2F ? folder.dropLast() : folder)
        query = Array(target[folder.count...].dropFirst())
    }

    /// Completes a request's head for this endpoint: an empty target or authority is the endpoint's own.
    public func address(_ head: inout HTTPRequestHead) {
        if head.authority.isEmpty { head.authority = authority }
        if head.target.isEmpty {
            head.target = target
        } else if head.target.first == 0x2F {
            if !prefix.isEmpty { head.target = prefix + head.target }
            if !query.isEmpty { addQuery(to: &head.target) }
        }
    }

    private func addQuery(to target: inout [UInt8]) {
        if let start = target.firstIndex(of: 0x3F) {
            target.insert(contentsOf: query + [0x26], at: start + 1)
        } else {
            target += [0x3F] + query
        }
    }
}

/// How TLS is spoken to an endpoint.
public struct EndpointTLS: Sendable {
    /// The name that is asked for (SNI) and that the certificate must have.
    public let serverName: String
    private let http1: TLSClientContext
    private let http2: TLSClientContext
    private let both: TLSClientContext

    /// - Parameter settings: Whom to trust, and what to show; what it offers by ALPN is replaced.
    /// - Throws: With the file and what is wrong with it.
    public init(serverName: String, _ settings: TLSClientSettings) throws(TLSError) {
        self.serverName = serverName
        var settings = settings
        settings.protocols = ["http/1.1"]
        http1 = try TLSClientContext(settings)
        settings.protocols = ["h2"]
        http2 = try TLSClientContext(settings)
        settings.protocols = ["h2", "http/1.1"]
        both = try TLSClientContext(settings)
    }

    /// The context that offers `wire` (ALPN).
    public func context(offering wire: Endpoint.Wire) -> TLSClientContext {
        switch wire {
        case .http1: http1
        case .http2: http2
        case .negotiated: both
        }
    }
}
