import Buffers
import Canonical
import HTTP
import JSONCodec
import SOAP
import Testing
import XMLCodec

@testable import Engine

/// One call of a SOAP service, with parts in arrays.
struct Conversation {
    private let call: SOAPCall
    /// The same, which nobody observes.
    private let unobserved: SOAPCall
    private let operation: Operation
    private let schema: Schema
    private let limit: Int

    init(
        _ operation: String = "Get", version: SOAPVersion? = nil, answers: XMLOptions = .response,
        observer: (any AnswerObserver)? = nil, limit: Int = 1 << 20
    ) throws {
        self.operation = BankService.operation(operation)
        schema = BankService.contract.schema
        self.limit = limit
        let plan = SOAPPlan(BankService.contract, answers: answers, observer: observer)
        call = try SOAPCall(self.operation, plan: plan, version: version)
        unobserved = try SOAPCall(
            self.operation, plan: SOAPPlan(BankService.contract, answers: answers), version: version)
    }

    private func upstream(_ call: SOAPCall, answerCoder: JSONCoder? = nil) -> any HTTPUpstream {
        let context = CallContext()
        context.answerCoder = answerCoder
        context.requestID = Array("r1".utf8)
        context.client = ClientIdentity(address: Array("1.2.3.4".utf8))
        context.route = Route(
            name: "test", match: RouteMatch(path: PathPattern("/x")),
            action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits(messageBytes: limit))
        return SOAPFactory(call).makeUpstream(context)
    }

    // MARK: Request

    /// The request that a message becomes.
    func send(_ json: String, headers: [(String, String)] = []) throws -> (head: HTTPRequestHead, body: String) {
        var head = HTTPRequestHead()
        head.target = Array("/bank/get?x=1".utf8)
        head.authority = Array("api.example".utf8)
        for (name, value) in headers { head.headers.append(name, value) }
        let upstream = upstream(call)
        var wire = Outbox<HTTPRequestPart>()
        try upstream.encode(.head(head), into: &wire)
        let coder = JSONCoder(operation.input, schema: schema)
        try upstream.encode(.message(.encoded(Bytes(json), by: coder)), into: &wire)
        try upstream.encode(.end(trailers: nil), into: &wire)
        var body = ""
        while let part = wire.popFirst() {
            switch part {
            case .head(let sent): head = sent
            case .body(let bytes): body += String(bytes)
            case .end: break
            }
        }
        return (head, body)
    }

    // MARK: Response

    /// What an answer comes to: the message as JSON, `nothing`, or a failure as `status reason: message` and its details. It
    /// is the same whether the upstream knows that JSON is wanted or not.
    func receive(
        _ body: [[UInt8]], status: Int = 200, type: String? = "text/xml; charset=utf-8", length: Int? = nil,
        headers: [(String, String)] = []
    ) -> String {
        let coder = JSONCoder(operation.output, schema: schema)
        let direct = upstream(call, answerCoder: coder)
        let found = receive(body, status: status, type: type, length: length, headers, from: direct, coder)
        let byDocument = upstream(unobserved)
        let other = receive(body, status: status, type: type, length: length, headers, from: byDocument, coder)
        #expect(found == other)
        return found
    }

    private func receive(
        _ body: [[UInt8]], status: Int, type: String?, length: Int?, _ headers: [(String, String)],
        from upstream: any HTTPUpstream, _ coder: JSONCoder
    ) -> String {
        var head = HTTPResponseHead(status: status)
        for (name, value) in headers { head.headers.append(name, value) }
        if let type { head.headers.append("content-type", type) }
        head.body = length.map { .known($0) } ?? .unknown
        var parts = Outbox<ResponsePart>()
        do {
            try upstream.decode(.interim(HTTPResponseHead(status: 103)), into: &parts)
            try upstream.decode(.head(head), into: &parts)
            for bytes in body { try upstream.decode(.body(Bytes(bytes)), into: &parts) }
            try upstream.decode(.end(trailers: nil), into: &parts)
            return try text(&parts, coder)
        } catch {
            return text(of: error)
        }
    }

    func receive(_ body: String, status: Int = 200, type: String? = "text/xml; charset=utf-8") -> String {
        receive([Array(body.utf8)], status: status, type: type)
    }

    private func text(_ parts: inout Outbox<ResponsePart>, _ coder: JSONCoder) throws -> String {
        var text = "nothing"
        var isWhole = false
        while let part = parts.popFirst() {
            switch part {
            case .interim, .head: break
            case .message(let message):
                var out = ByteWriter()
                try message.write(by: coder, into: &out)
                text = String(out.finish())
            case .end(let outcome):
                if case .failure(let failure) = outcome { throw failure }
                isWhole = true
            }
        }
        return isWhole ? text : "unfinished"
    }

    private func text(of error: any Error) -> String {
        guard let failure = error as? Failure else { return "\(error)" }
        let details = failure.details.map { detail in
            let type = operation.faults.first { $0.name == detail.typeName }?.type ?? .any
            var out = ByteWriter()
            do { try JSONCoder(type, schema: schema).encode(detail.document, into: &out) } catch { return "broken" }
            return " \(detail.typeName)=\(String(out.finish()))"
        }
        let headers = failure.headers.map { " \($0.name)=\($0.value)" }
        return "\(failure.httpStatus ?? 0) \(failure.reason): \(failure.message)" + (details + headers).joined()
    }
}

/// Envelopes for tests.
enum Envelope {
    static func v11(_ body: String, header: String = "") -> String {
        whole("http://schemas.xmlsoap.org/soap/envelope/", body, header)
    }

    static func v12(_ body: String, header: String = "") -> String {
        whole("http://www.w3.org/2003/05/soap-envelope", body, header)
    }

    private static func whole(_ namespace: String, _ body: String, _ header: String) -> String {
        let header = header.isEmpty ? "" : "<s:Header>\(header)</s:Header>"
        return
            #"<s:Envelope xmlns:s="\#(namespace)" xmlns:b="urn:bank">\#(header)<s:Body>\#(body)</s:Body></s:Envelope>"#
    }

    static func fault11(_ code: String, _ text: String = "No.", detail: String = "") -> String {
        let detail = detail.isEmpty ? "" : "<detail>\(detail)</detail>"
        return v11(
            "<s:Fault><faultcode>\(code)</faultcode><faultstring>\(text)</faultstring><faultactor>urn:x</faultactor>\(detail)</s:Fault>"
        )
    }

    static func fault12(_ codes: [String], _ texts: [String] = ["No."], detail: String = "") -> String {
        let subcodes = codes.dropFirst().reversed().reduce("") {
            "<s:Subcode><s:Value>\($1)</s:Value>\($0)</s:Subcode>"
        }
        let reasons = texts.map { "<s:Text xml:lang=\"en\">\($0)</s:Text>" }.joined()
        let detail = detail.isEmpty ? "" : "<s:Detail>\(detail)</s:Detail>"
        return v12(
            "<s:Fault><s:Code><s:Value>\(codes.first ?? "")</s:Value>\(subcodes)</s:Code><s:Reason>\(reasons)</s:Reason><s:Node>urn:x</s:Node>\(detail)</s:Fault>"
        )
    }
}
