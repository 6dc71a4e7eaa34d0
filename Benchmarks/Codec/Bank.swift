internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import SOAP
internal import XMLCodec

/// One operation of wsdl/bank.wsdl, called as the gateway calls it, without a network.
struct Bank {
    private let factory: SOAPFactory
    private let request: JSONCoder
    private let response: JSONCoder

    init(_ name: String, of contract: Contract, validation: XMLOptions.Validation = .off) throws {
        guard let operation = contract.operation(named: name) else { throw Missing(name: name) }
        let plan = SOAPPlan(contract, answers: XMLOptions(validation: validation, unknown: .keep))
        factory = SOAPFactory(try SOAPCall(operation, plan: plan, version: .v11))
        let json = JSONPlan(contract.schema)
        request = JSONCoder(operation.input, plan: json)
        response = JSONCoder(operation.output, plan: json)
    }

    struct Missing: Error {
        let name: String
    }

    /// An upstream's envelope as the client's JSON.
    func answer(to envelope: Bytes) throws -> Bytes {
        let context = CallContext()
        context.answerCoder = response
        let upstream = factory.makeUpstream(context)
        var head = HTTPResponseHead()
        head.headers.append(.contentType, "text/xml; charset=utf-8")
        head.body = .known(envelope.count)
        var parts = Outbox<ResponsePart>()
        try upstream.decode(.head(head), into: &parts)
        try upstream.decode(.body(envelope), into: &parts)
        try upstream.decode(.end(trailers: nil), into: &parts)
        var out = ByteWriter(capacity: envelope.count)
        while let part = parts.popFirst() {
            if case .message(let message) = part { try message.write(by: response, into: &out) }
        }
        return out.finish()
    }

    /// A client's JSON as the upstream's envelope.
    func envelope(for json: Bytes) throws -> Bytes {
        let upstream = factory.makeUpstream(CallContext())
        var parts = Outbox<HTTPRequestPart>()
        try upstream.encode(.head(HTTPRequestHead()), into: &parts)
        try upstream.encode(.message(.encoded(json, by: request)), into: &parts)
        while let part = parts.popFirst() {
            if case .body(let bytes) = part { return bytes }
        }
        return Bytes()
    }
}
