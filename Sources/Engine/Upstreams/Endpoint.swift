internal import HTTP

/// One address of an upstream.
public final class Endpoint: Sendable {
    /// A name, an IP literal, or `unix:/path`.
    public let host: String
    public let port: Int
    /// Its share of the calls, relative to the others'.
    public let weight: Int
    /// Host and port as a `Host` field says them.
    public let authority: [UInt8]
    /// The target that the address names: where a service answers that has one address for all operations.
    let target: [UInt8]
    /// What stands before the target of every other request…
    let prefix: [UInt8]
    /// … and what is put before its query.
    let query: [UInt8]

    /// - Parameter path: Path and query as the address has them; may be empty.
    public init(host: String, port: Int, weight: Int = 1, path: String = "") {
        self.host = host
        self.port = port
        self.weight = weight
        let name = host.hasPrefix("unix:") ? "localhost" : host.contains(":") ? "[\(host)]" : host
        authority = Array((port == 80 ? name : "\(name):\(port)").utf8)
        target = Array((path.hasPrefix("/") ? path : "/\(path)").utf8)
        let folder = target.prefix { $0 != 0x3F }
        prefix = Array(folder.last == 0x2F ? folder.dropLast() : folder)
        query = Array(target[folder.count...].dropFirst())
    }

    /// Completes a request's head for this endpoint: an empty target or authority is the endpoint's own.
    func address(_ head: inout HTTPRequestHead) {
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
