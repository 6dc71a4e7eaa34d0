/// The ports that a WSDL offers, in its order. An annotation of `Contract`.
public struct SOAPPorts: Sendable {
    public struct Port: Sendable {
        public var service: String
        public var name: String
        /// nil for a port that is not SOAP over HTTP, which is not served.
        public var version: SOAPVersion?
        public var address: String?
        /// The operations bound to it that are served, by their names in the WSDL.
        public var operations: [String]
        /// The other ones.
        public var refused: [String]

        public init(
            service: String, name: String, version: SOAPVersion?, address: String?, operations: [String],
            refused: [String]
        ) {
            self.service = service
            self.name = name
            self.version = version
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
