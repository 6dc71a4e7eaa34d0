public import XMLCodec

/// How an operation is called over SOAP (WSDL 1.1 §3). An annotation of `Operation`.
public struct SOAPBinding: Sendable {
    public var versions: [SOAPVersion]
    /// The value of SOAPAction (1.1) or the `action` parameter (1.2); often empty.
    public var action: String
    public var request: SOAPBody
    /// nil for a one-way operation.
    public var response: SOAPBody?

    public init(versions: [SOAPVersion], action: String, request: SOAPBody, response: SOAPBody?) {
        self.versions = versions
        self.action = action
        self.request = request
        self.response = response
    }
}

public enum SOAPVersion: String, Sendable {
    case v11 = "1.1"
    case v12 = "1.2"

    /// The namespace of the envelope.
    public var namespace: String {
        switch self {
        case .v11: "http://schemas.xmlsoap.org/soap/envelope/"
        case .v12: "http://www.w3.org/2003/05/soap-envelope"
        }
    }
}

/// What stands in `Body` for one direction of an operation.
///
/// Document/literal, wrapped or bare: `element` is the global element, the operation's input or output is its content.
/// rpc/literal: `element` is the wrapper named after the operation, the input or output has one field per part.
public struct SOAPBody: Sendable {
    /// The only child of `Body`; nil when the body is empty or the fields of the type stand in it directly.
    public var element: QualifiedName?
    public var isNillable: Bool

    public init(element: QualifiedName?, isNillable: Bool = false) {
        self.element = element
        self.isNillable = isNillable
    }
}

/// The element that a declared fault has in `detail`. An annotation of `FaultType`.
public struct SOAPFaultElement: Sendable {
    public var element: QualifiedName

    public init(_ element: QualifiedName) {
        self.element = element
    }
}
