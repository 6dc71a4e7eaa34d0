import Buffers
import Canonical
import HTTP
import JSONCodec
import REST

@testable import Engine

/// One call of a REST face, with parts in arrays.
struct Exchange {
    let binding: RESTBinding
    var pattern = PathPattern("/accounts/:id")
    var path = "/accounts/7"
    var limit = 1 << 20

    init(
        _ operation: String = "GetAccount", _ options: RESTBinding.Options = RESTBinding.Options(),
        collapsing: Bool = false, ignoringUnknown: Bool = false
    ) throws {
        var json = JSONOptions()
        json.collapsesWrappers = collapsing
        json.ignoresUnknownMembers = ignoringUnknown
        let plan = JSONPlan(Bank.schema, options: json)
        binding = try RESTBinding(
            Bank.operation(operation), schema: Bank.schema, request: plan, response: plan, options: options)
    }

    init(_ binding: RESTBinding) {
        self.binding = binding
    }

    /// With mappings of `GetAccount` at `/accounts/:id`.
    init(map: [(String, String)], bindsQuery: Bool = false, path: String = "/accounts/7", collapsing: Bool = false)
        throws
    {
        var options = RESTBinding.Options()
        options.bindsQuery = bindsQuery
        options.mappings = try map.map { target, source in
            try FieldMapping(
                target, from: source, in: PathPattern("/accounts/:id"), of: Bank.operation("GetAccount"), Bank.schema,
                collapsing: collapsing)
        }
        try self.init("GetAccount", options, collapsing: collapsing)
        self.path = path
    }

    func face() -> any HTTPFace {
        let context = CallContext()
        context.requestID = Array("r1".utf8)
        context.path = Array(path.utf8)
        context.captures.ranges = captures
        context.route = Route(
            name: "test", match: RouteMatch(path: pattern),
            action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits(messageBytes: limit))
        return RESTFactory(binding).makeFace(context)
    }

    /// Where the parameters of `pattern` stand in `path`.
    private var captures: [Range<Int>] {
        var place = 0
        var ranges: [Range<Int>] = []
        for (segment, text) in zip(pattern.segments, path.split(separator: "/")) {
            place += 1
            if case .parameter = segment { ranges.append(place..<place + text.utf8.count) }
            place += text.utf8.count
        }
        return ranges
    }

    // MARK: Request

    /// The JSON of the document that a request becomes, written by the operation's own coder.
    func receive(
        _ method: HTTPMethod = .post, query: String = "", headers: [(String, String)] = [], body: [String] = []
    ) throws -> String {
        var head = HTTPRequestHead()
        head.method = method
        head.target = Array((path + query).utf8)
        for (name, value) in headers { head.headers.append(name, value) }
        if !body.isEmpty { head.body = .unknown }
        var wire: [HTTPRequestPart] = [.head(head)]
        wire += body.map { .body(Bytes($0)) }
        return try receive(wire + [.end(trailers: nil)])
    }

    func receive(_ wire: [HTTPRequestPart]) throws -> String {
        let face = face()
        var parts = Outbox<RequestPart>()
        for part in wire { try face.decode(part, into: &parts) }
        var text = ""
        while let part = parts.popFirst() {
            guard case .message(let message) = part else { continue }
            var out = ByteWriter()
            try JSONCoder(binding.operation.input, schema: Bank.schema).encode(try message.document(), into: &out)
            text += String(out.finish())
        }
        return text
    }

    /// The failure that a request ends in: status and reason, then its violations.
    func refusal(
        _ method: HTTPMethod = .post, query: String = "", headers: [(String, String)] = [], body: [String] = []
    ) -> [String] {
        do {
            return ["\(try receive(method, query: query, headers: headers, body: body))"]
        } catch {
            guard let failure = error as? Failure else { return ["\(error)"] }
            let answer = answer([.end(.failure(failure))])
            return ["\(answer.status) \(failure.reason)"] + failure.violations.map { "\($0.pointer) \($0.rule)" }
        }
    }

    // MARK: Response

    struct Answer: Equatable {
        var status = 0
        var contentType: String?
        var length = BodyLength.none
        var body = ""
        var isWhole = false
    }

    /// What the client gets for `parts` after a request of `method`.
    func answer(
        _ parts: [ResponsePart], to method: HTTPMethod = .post, headers: [(String, String)] = []
    ) -> Answer {
        // The request is in order, whatever the answer is about.
        var exchange = self
        exchange.path = "/accounts/7"
        let face = exchange.face()
        var head = HTTPRequestHead()
        head.method = method
        for (name, value) in headers { head.headers.append(name, value) }
        var ignored = Outbox<RequestPart>()
        var wire = Outbox<HTTPResponsePart>()
        var answer = Answer()
        var thrown = ""
        do {
            try face.decode(.head(head), into: &ignored)
            for part in parts { try face.encode(part, into: &wire) }
        } catch {
            thrown = "threw \(error.reason)"
        }
        while let part = wire.popFirst() {
            switch part {
            case .interim: break
            case .head(let head):
                answer.status = head.status
                answer.contentType = head.headers[.contentType]
                answer.length = head.body
            case .body(let bytes): answer.body += String(bytes)
            case .end: answer.isWhole = true
            }
        }
        answer.body += thrown
        return answer
    }

    /// The parts of a success whose message is `json`.
    func success(_ json: String) throws -> [ResponsePart] {
        let document = try JSONCoder(binding.operation.output, schema: Bank.schema).decode(Bytes(json))
        return [.head(HTTPResponseHead(status: 200)), .message(.decoded(document)), .end(.success(trailers: nil))]
    }
}
