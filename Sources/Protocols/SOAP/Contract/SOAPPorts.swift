/// The ports that a WSDL offers, in its order. An annotation of `Contract`.
public struct SOAPPorts: Sendable {
    public struct Port: Sendable {
        /// What a port is bound to.
        public enum Binding: Sendable, Equatable {
            /// SOAP over HTTP; the others are not served.
            case soap(SOAPVersion)
            /// WSDL 1.1 §4: forms and query strings.
            case http
            case other
        }

        public var service: String
        public var name: String
        public var binding: Binding
        public var address: String?
        /// The operations bound to it that are served, by their names in the WSDL.
        public var operations: [String]
        /// The other ones.
        public var refused: [String]

        /// nil for a port that is not SOAP over HTTP.
        public var version: SOAPVersion? {
            if case .soap(let version) = binding { version } else { nil }
        }

        public init(
            service: String, name: String, binding: Binding, address: String?, operations: [String],
            refused: [String]
        ) {
            self.service = service
            self.name = name
            self.binding = binding
            self.address = address
            self.operations = operations
            self.refused = refused
        }
    }

    public var ports: [Port]

    public init(_ ports: [Port]) {
        self.ports = ports
    }
}
