import Buffers
import Canonical
import HTTP
import JSONCodec
import ProtobufCodec
import ProtobufSchema
import REST

@testable import Engine

/// A REST service with one of every kind of http rule, called at its own addresses.
struct Depot {
    static let proto = """
        syntax = "proto3";
        package depot.v1;
        import "google/api/annotations.proto";
        import "google/api/httpbody.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        enum Kind { NONE = 0; BOX = 1; CRATE = 2; }
        message Size { double height = 1; bytes seal = 2; Size inner = 3; }
        message Item {
          string name = 1; int64 number = 2; Size size = 3; Kind kind = 4; repeated string tags = 5;
          map<string, int32> counts = 6; map<string, Size> sizes = 7; google.protobuf.Timestamp packed = 8;
          google.protobuf.Int64Value limit = 9; repeated Size parts = 10; google.protobuf.Struct extra = 11;
          repeated Kind kinds = 12; optional string note = 13; bool fragile = 14; google.protobuf.FieldMask mask = 15;
        }
        message Change { Item item = 1; google.protobuf.FieldMask update_mask = 2; bool force = 3; }
        message File { string name = 1; google.api.HttpBody body = 2; int32 mode = 3; }
        message Page { repeated Item items = 1; string next = 2; }
        message Report { string error = 1; }
        service Depot {
          rpc Find(Item) returns (Item) {
            option (google.api.http) = {
              get: "/v1/{name=shelves/*/items/*}"
              additional_bindings { get: "/v1/numbers/{number}" }
            };
          }
          rpc Walk(Item) returns (Item) { option (google.api.http) = { get: "/v1/tree/{name=**}:walk" }; }
          rpc Mark(Item) returns (Item) { option (google.api.http) = { post: "/v1/{kind}/{fragile}/{note}" body: "tags" }; }
          rpc Store(Item) returns (Item) { option (google.api.http) = { post: "/v1/{name=shelves/*}:store" body: "*" }; }
          rpc Alter(Change) returns (Item) { option (google.api.http) = { patch: "/v1/{item.name=items/*}" body: "item" }; }
          rpc Seek(Item) returns (Page) { option (google.api.http) = { custom: { kind: "SEARCH" path: "/v1/items" } response_body: "items" }; }
          rpc Plain(Item) returns (Item);
          rpc Load(File) returns (google.api.HttpBody) { option (google.api.http) = { get: "/v1/files/{name}" }; }
          rpc Save(File) returns (File) { option (google.api.http) = { put: "/v1/files/{name}" body: "body" response_body: "body" }; }
          rpc Watch(Item) returns (stream Item) { option (google.api.http) = { get: "/v1/watch" }; }
          rpc Reports(Item) returns (stream Report) { option (google.api.http) = { get: "/v1/reports" }; }
          rpc Fetch(File) returns (stream google.api.HttpBody) { option (google.api.http) = { get: "/v1/files/{name}:fetch" }; }
          rpc Fill(stream Item) returns (Item) { option (google.api.http) = { post: "/v1/fill" body: "*" }; }
          rpc Send(stream File) returns (Item) { option (google.api.http) = { put: "/v1/files/{name}:send" body: "body" }; }
          rpc Move(stream Item) returns (stream Item);
        }
        """

    /// One for all tests: its contract takes a while to compile.
    static let shared = Result { try Depot() }

    let contract: Contract
    let requests: JSONPlan
    let answers: JSONPlan

    init(_ proto: String = Self.proto) throws {
        (contract, _) = try ProtobufContractReader().read(Bytes(proto), named: "depot.proto", loader: NoFiles())
        requests = JSONPlan(contract.schema, dialect: ProtobufJSON(ProtobufPlan(contract.schema)))
        var options = ProtobufOptions()
        options.origin = .upstream
        answers = JSONPlan(contract.schema, dialect: ProtobufJSON(ProtobufPlan(contract.schema, options: options)))
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }

    func call(_ name: String) throws -> RESTCall {
        guard let operation = contract.operation(named: name) else { throw NoOperation() }
        return try RESTCall(
            operation, schema: contract.schema, request: requests,
            response: answers)
    }

    private struct NoOperation: Error {}

    func exchange(_ name: String, headers: [(String, String)] = [], timeout: Duration? = nil) throws -> DepotExchange {
        let operation = contract.operation(named: name)
        return try DepotExchange(
            translator: RESTUpstreamFactory(call(name)).makeUpstream(Self.context(timeout)),
            input: JSONCoder(operation?.input ?? .any, plan: requests),
            output: JSONCoder(operation?.output ?? .any, plan: answers), headers: headers)
    }

    private static func context(_ timeout: Duration?) -> CallContext {
        let context = CallContext()
        context.timeout = timeout
        context.route = Route(
            name: "test", match: RouteMatch(path: PathPattern("/")),
            action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits(messageBytes: 4096))
        return context
    }
}

/// One call to the depot, with parts in arrays.
struct DepotExchange {
    let translator: any HTTPUpstream
    let input: JSONCoder
    let output: JSONCoder
    let headers: [(String, String)]

    // MARK: Out

    /// What goes out for messages of JSON: method and target, length, type, then the body; or the failure.
    func send(_ messages: String...) throws -> String {
        try send(messages.map { .decoded(try input.decode(Bytes($0))) })
    }

    func send(_ messages: [Message]) throws -> String {
        var wire = Outbox<HTTPRequestPart>()
        do throws(Failure) {
            var head = HTTPRequestHead()
            for (name, value) in headers { head.headers.append(name, value) }
            try translator.encode(.head(head), into: &wire)
            for message in messages { try translator.encode(.message(message), into: &wire) }
            try translator.encode(.end(trailers: nil), into: &wire)
        } catch {
            return "\(error.reason) " + error.violations.map(\.pointer).joined(separator: " ")
        }
        return Self.text(&wire)
    }

    /// The head's fields, as far as they are named here.
    func fields(_ names: String...) throws -> [String] {
        var wire = Outbox<HTTPRequestPart>()
        var head = HTTPRequestHead()
        for (name, value) in headers { head.headers.append(name, value) }
        try translator.encode(.head(head), into: &wire)
        try translator.encode(.message(.decoded(try input.decode(Bytes("{}")))), into: &wire)
        guard case .head(let sent)? = wire.popFirst() else { return [] }
        return names.map { sent.headers[$0] ?? "-" }
    }

    private static func text(_ wire: inout Outbox<HTTPRequestPart>) -> String {
        var text = ""
        while let part = wire.popFirst() {
            switch part {
            case .head(let head):
                text += "\(head.method) \(String(decoding: head.target, as: UTF8.self))"
                switch head.body {
                case .none: break
                case .known(let length): text += " \(length)"
                case .unknown: text += " *"
                }
                if let type = head.headers[.contentType] { text += " \(type)" }
            case .body(let bytes): text += " | " + String(bytes)
            case .end: break
            }
        }
        return text
    }

    // MARK: Back

    /// What comes back for an answer whose body comes in pieces of `size`: messages, and how it ended.
    func receive(
        _ status: Int = 200, _ headers: [(String, String)] = [], _ body: String = "", trailers: [(String, String)] = [],
        size: Int = 1000
    ) -> [String] {
        var seen: [String] = []
        do throws(Failure) {
            var parts = Outbox<ResponsePart>()
            var head = HTTPResponseHead(status: status)
            for (name, value) in headers { head.headers.append(name, value) }
            try translator.decode(.head(head), into: &parts)
            let bytes = Array(body.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                try translator.decode(.body(Bytes(Array(bytes[start..<min(start + size, bytes.count)]))), into: &parts)
            }
            var fields = Headers()
            for (name, value) in trailers { fields.append(name, value) }
            try translator.decode(.end(trailers: fields), into: &parts)
            while let part = parts.popFirst() { seen.append(try show(part)) }
        } catch {
            seen.append("threw \(error.reason)")
        }
        return seen
    }

    private func show(_ part: ResponsePart) throws(Failure) -> String {
        switch part {
        case .interim: return "interim"
        case .head(let head): return "head" + Self.show(head.headers)
        case .message(let message):
            var out = ByteWriter()
            try message.write(by: output, into: &out)
            return String(out.finish())
        case .end(.success(let trailers)): return "end" + Self.show(trailers ?? Headers())
        case .end(.failure(let failure)):
            return "\(failure.code) \(failure.httpStatus ?? 0) \(failure.message)"
        }
    }

    private static func show(_ headers: Headers) -> String {
        (0..<headers.endIndex).map {
            " \(String(decoding: headers.name(at: $0)))=\(String(decoding: headers.value(at: $0)))"
        }.joined()
    }

    /// The failure that an answer is.
    func failure(_ status: Int, _ headers: [(String, String)] = [], _ body: String = "") throws -> Failure? {
        var parts = Outbox<ResponsePart>()
        var head = HTTPResponseHead(status: status)
        for (name, value) in headers { head.headers.append(name, value) }
        try translator.decode(.head(head), into: &parts)
        if !body.isEmpty { try translator.decode(.body(Bytes(body)), into: &parts) }
        try translator.decode(.end(trailers: nil), into: &parts)
        while let part = parts.popFirst() { if case .end(.failure(let failure)) = part { return failure } }
        return nil
    }
}
