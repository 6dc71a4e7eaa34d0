extension Configuration {
    /// The hosts that a route is for, in lower case and without a port.
    public enum HostPattern: Sendable, Hashable, CustomStringConvertible {
        /// `shop.example.com`
        case exact(String)
        /// `*.example.com`, of which `suffix` is `.example.com`; any number of labels stands before it.
        case subdomains(suffix: String)

        /// Reads a host name, an IP address or `*.` with a host name.
        public init?(_ text: String) {
            let text = text.lowercased()
            if text.hasPrefix("*.") {
                guard HostAndPort.isName(text.dropFirst(2)) else { return nil }
                self = .subdomains(suffix: String(text.dropFirst()))
            } else {
                let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
                guard HostAndPort.isName(text) || IPAddress.isV6(bare) else { return nil }
                self = .exact(bare)
            }
        }

        public var description: String {
            switch self {
            case .exact(let name): name
            case .subdomains(let suffix): "*" + suffix
            }
        }

        static let shape = Shape<HostPattern>.scalar(
            "a host name such as shop.example.com or *.example.com", schema: Shape<String>.text.schema
        ) { HostPattern($0) }
    }
}
