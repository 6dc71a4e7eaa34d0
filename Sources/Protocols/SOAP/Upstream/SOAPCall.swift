internal import Buffers
public import Canonical
internal import XMLCodec

/// One operation as an upstream speaks it: what goes around its message, and how its answer is read. Compiled at load.
public final class SOAPCall: Sendable {
    let plan: SOAPPlan
    let operation: Operation
    let version: SOAPVersion
    let request: BodyContent
    let response: BodyContent
    /// Elements of declared headers, by the field of `$headers` they stand for.
    let headers: [XMLRoot]
    let headersField: Int?
    let faults: [Fault]
    /// The `Content-Type` of requests.
    let contentType: String
    /// The quoted `SOAPAction` of 1.1; nil for 1.2, which carries it in the content type.
    let action: String?
    /// The message's element is a wrapper named after the operation, not one of the schema's.
    let isRPC: Bool
    let opening: Bytes
    let closing: Bytes

    struct Fault: Sendable {
        let name: String
        let root: XMLRoot
    }

    /// What stands in the `Body` of one direction.
    enum BodyContent: Sendable {
        case nothing
        case element(XMLRoot)
        /// The fields of the message, as children of the body itself: document style with several parts.
        case members(XMLRoot)

        var isExpected: Bool {
            if case .nothing = self { false } else { true }
        }
    }

    /// - Parameter version: The one to speak; nil takes the contract's best.
    /// - Throws: A diagnostic without a location when the operation has no SOAP binding or not this version.
    public init(_ operation: Operation, plan: SOAPPlan, version wanted: SOAPVersion? = nil) throws(Diagnostic) {
        guard let binding = operation.annotations[SOAPBinding.self], let best = binding.versions.first else {
            throw Diagnostic(.error, "soap.no-binding", "\(operation.name) has no SOAP binding")
        }
        self.plan = plan
        self.operation = operation
        version = wanted ?? best
        isRPC = binding.response?.element.map { !plan.isGlobal($0) } ?? false
        request = binding.request.content(operation.input, plan)
        response = binding.response?.content(operation.output, plan) ?? .nothing
        faults = operation.faults.compactMap { fault in
            guard let element = fault.annotations[SOAPFaultElement.self]?.element else { return nil }
            return Fault(name: fault.name, root: plan.xml.root(element, type: fault.type))
        }
        (headersField, headers) = Self.headers(of: operation.input, plan.xml)
        let quoted = "\"\(String(binding.action.unicodeScalars.filter(Self.isQuotable)))\""
        switch version {
        case .v11:
            contentType = "text/xml; charset=utf-8"
            action = quoted
        case .v12:
            contentType = "application/soap+xml; charset=utf-8" + (binding.action.isEmpty ? "" : "; action=\(quoted)")
            action = nil
        }
        opening = Bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope xmlns:soap=\"\(version.namespace)\">")
        closing = Bytes("</soap:Envelope>")
    }

    /// Whether a quoted string of a header field can hold it as it is (RFC 9110 §5.6.4).
    private static func isQuotable(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\"" && scalar != "\\" && scalar.value >= 0x20 && scalar.value != 0x7F
    }

    /// The root of each declared header, in the order of the fields of `$headers`.
    private static func headers(of input: ValueType, _ xml: XMLPlan) -> (field: Int?, roots: [XMLRoot]) {
        guard case .message(let id) = input,
            let index = xml.schema[id].fields.firstIndex(where: { field in
                !field.isInBody
            }),
            case .message(let headers) = xml.schema[id].fields[index].type
        else { return (nil, []) }
        return (
            index,
            xml.schema[headers].fields.compactMap { field in
                guard case .element(let name) = field.annotations[XMLNode.self] else { return nil }
                return xml.root(name, type: field.type, isNillable: field.isNillable)
            }
        )
    }
}

extension SOAPBody {
    fileprivate func content(_ type: ValueType, _ plan: SOAPPlan) -> SOAPCall.BodyContent {
        if let element { return .element(plan.xml.root(element, type: type, isNillable: isNillable)) }
        guard case .message(let id) = type, plan.xml.schema[id].fields.contains(where: \.isInBody) else {
            return .nothing
        }
        return .members(plan.xml.root(plan.anything.element, type: type))
    }
}

extension Field {
    /// Whether it stands in the body, not elsewhere in the envelope.
    fileprivate var isInBody: Bool {
        if case .elsewhere = annotations[XMLNode.self] { false } else { true }
    }
}
