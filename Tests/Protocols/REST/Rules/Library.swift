import Buffers
import Canonical
import HTTP
import JSONCodec
import ProtobufCodec
import ProtobufSchema
import REST

@testable import Engine

/// A service with one of every kind of http rule, served at its own addresses.
struct Library {
    static let proto = """
        syntax = "proto3";
        package library.v1;
        import "google/api/annotations.proto";
        import "google/api/httpbody.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        enum Kind { UNKNOWN = 0; NOVEL = 1; POEM = 2; }
        message Author { string full_name = 1; int64 born = 2; }
        message Book {
          string name = 1; string title = 2; Author author = 3; Kind kind = 4; repeated string tags = 5;
          map<string, int32> counts = 6; google.protobuf.Timestamp printed = 7; google.protobuf.Int32Value pages = 8;
        }
        message Get { string name = 1; Book like = 2; repeated Kind kinds = 3; bool deep = 4; google.protobuf.FieldMask mask = 5; }
        message Update { Book book = 1; google.protobuf.FieldMask update_mask = 2; bool force = 3; }
        message Move { string name = 1; string shelf = 2; int32 speed = 3; }
        message Cover { string name = 1; google.api.HttpBody body = 2; int32 mode = 3; }
        message Page { repeated Book books = 1; string next = 2; }
        service Books {
          rpc GetBook(Get) returns (Book) {
            option (google.api.http) = {
              get: "/v1/{name=shelves/*/books/*}"
              additional_bindings { get: "/v1/books/{name}" }
              additional_bindings { get: "/v1/files/{name=**}" response_body: "author" }
              additional_bindings { get: "/v1/{name=trees/**/leaf}/{like.title}" }
            };
          }
          rpc UpdateBook(Update) returns (Book) {
            option (google.api.http) = { patch: "/v1/{book.name=shelves/*/books/*}" body: "book" };
          }
          rpc MoveBook(Move) returns (Book) {
            option (google.api.http) = { post: "/v1/{name=shelves/*}:move" body: "*" };
          }
          rpc SearchBooks(Get) returns (Page) {
            option (google.api.http) = {
              custom: { kind: "SEARCH" path: "/v1/books" } body: "kinds" response_body: "next"
              additional_bindings { custom: { kind: "*" path: "/v1/any/{like.kind}" } }
            };
          }
          rpc ListBooks(Move) returns (Page) {
            option (google.api.http) = { get: "/v1/{shelf}/list:all" response_body: "books" };
          }
          rpc WatchBooks(Get) returns (stream Book);
          rpc SetCover(Cover) returns (Cover) {
            option (google.api.http) = { put: "/v1/covers/{name}" body: "body" response_body: "body" };
          }
          rpc GetCover(Cover) returns (google.api.HttpBody) { option (google.api.http) = { get: "/v1/covers/{name}" }; }
          rpc SendCover(stream Cover) returns (Book) {
            option (google.api.http) = { post: "/v1/covers/{name}:send" body: "body" };
          }
          rpc ReadCover(Cover) returns (stream google.api.HttpBody) {
            option (google.api.http) = { get: "/v1/covers/{name}:read" };
          }
          rpc Echo(google.api.HttpBody) returns (google.api.HttpBody);
        }
        """

    /// One for all tests: its contract takes a while to compile.
    static let shared = Result { try Library() }

    let contract: Contract
    let plan: JSONPlan

    init() throws {
        (contract, _) = try ProtobufContractReader().read(Bytes(Self.proto), named: "library.proto", loader: NoFiles())
        plan = JSONPlan(contract.schema, dialect: ProtobufJSON(ProtobufPlan(contract.schema)))
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }

    func addresses(_ options: RESTBinding.Options = RESTBinding.Options()) throws -> [RESTAddress] {
        try contract.operations.flatMap { operation in
            try RESTAddress.addresses(
                of: operation, under: "/api", schema: contract.schema, request: plan, response: plan, options: options)
        }
    }

    /// The operation that a request comes to and its message as JSON, or the failure's reason.
    func call(
        _ method: HTTPMethod, _ target: String, headers: [(String, String)] = [], body: String? = nil,
        pieces: [String] = [], options: RESTBinding.Options = RESTBinding.Options()
    ) throws -> String {
        let pieces = body.map { [$0] } ?? pieces
        let addresses = try addresses(options)
        let routes = addresses.enumerated().map { place, address in
            Route(
                name: String(place), match: RouteMatch(path: address.path, methods: [address.method]),
                operation: address.binding.operation, action: .answer(LocalAnswer(contentType: "", body: [])),
                limits: RouteLimits())
        }
        var head = HTTPRequestHead()
        head.method = method
        head.target = Array(target.utf8)
        for (name, value) in headers { head.headers.append(name, value) }
        if !pieces.isEmpty { head.body = .unknown }
        let context = CallContext()
        context.path = Array(target.prefix { $0 != "?" }.utf8)
        let path = context.path
        guard case .route(let route) = Router(routes).match(head, path: path.span.bytes, captures: &context.captures),
            let place = Int(route.name)
        else { return "no route" }
        let binding = addresses[place].binding
        return try message(RESTFactory(binding).makeFace(context), binding, head, pieces)
    }

    private func message(
        _ face: any HTTPFace, _ binding: RESTBinding, _ head: HTTPRequestHead, _ pieces: [String]
    ) throws -> String {
        var parts = Outbox<RequestPart>()
        var out = ByteWriter()
        out.append(binding.operation.name + " ")
        do throws(Failure) {
            try face.decode(.head(head), into: &parts)
            for piece in pieces { try face.decode(.body(Bytes(piece)), into: &parts) }
            try face.decode(.end(trailers: nil), into: &parts)
            while let part = parts.popFirst() {
                guard case .message(let message) = part else { continue }
                try JSONCoder(binding.operation.input, plan: plan).encode(try message.document(), into: &out)
            }
        } catch {
            return error.reason
        }
        return String(out.finish())
    }
}
