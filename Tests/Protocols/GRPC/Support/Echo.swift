import Buffers
import Canonical
import HTTP
import ProtobufSchema

@testable import Engine
@testable import GRPC

/// A service with a method of every kind.
enum Echo {
    static let contract: Contract = {
        do {
            return try ProtobufCompiler(importPaths: [], loader: NoFiles()).compile(Bytes(proto), named: "echo.proto").0
                .contract(of: ["echo.proto"])
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static let plan = GRPCPlan(contract)

    static func method(_ name: String, messageBytes: Int = GRPCMethod.defaultMessageBytes) throws -> GRPCMethod {
        guard let operation = contract.operation(named: name) else { throw Missing(name: name) }
        return try GRPCMethod(operation, plan: plan, messageBytes: messageBytes)
    }

    struct Missing: Error {
        let name: String
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }

    static let proto = """
        syntax = "proto3";
        package test.v1;
        service Echo {
          rpc Unary(Note) returns (Note);
          rpc Get(Note) returns (Note) { option idempotency_level = NO_SIDE_EFFECTS; }
          rpc Server(Note) returns (stream Note);
          rpc Client(stream Note) returns (Note);
          rpc Bidi(stream Note) returns (stream Note);
        }
        message Note { string text = 1; bytes payload = 2; int64 count = 3; }
        message Hint { string text = 1; }
        """
}

/// A `Note` with nothing but text, as protobuf.
func note(_ text: String) -> Bytes {
    var out = ByteWriter()
    if !text.isEmpty { out.append(field: 1, string: text) }
    return out.finish()
}

/// The text of a `Note`.
func text(of note: Bytes) throws -> String {
    var reader = WireReader(note.span)
    var text = ""
    while let tag = try reader.tag() {
        if tag == WireTag(1, .lengthDelimited) { text = try reader.string() } else { try reader.skip(tag) }
    }
    return text
}

/// An enveloped message.
func envelope(_ bytes: Bytes, flags: UInt8 = 0) -> Bytes {
    var out = ByteWriter()
    out.append(envelope: flags, length: bytes.count)
    out.append(bytes)
    return out.finish()
}

extension Headers {
    init(_ fields: [(String, String)]) {
        self.init()
        for (name, value) in fields { append(name, value) }
    }

    /// All fields as `name: value`.
    var lines: [String] {
        (0..<endIndex).filter { !isRemoved(at: $0) }.map {
            "\(String(decoding: name(at: $0))): \(String(decoding: value(at: $0)))"
        }
    }
}

extension HTTPRequestHead {
    init(_ method: HTTPMethod = .post, _ target: String = "/x", _ fields: [(String, String)]) {
        self.init()
        self.method = method
        self.target = Array(target.utf8)
        authority = Array("example.org".utf8)
        headers = Headers(fields)
        body = .unknown
    }
}

extension CallContext {
    static func test(limits: RouteLimits = RouteLimits()) -> CallContext {
        let context = CallContext()
        context.requestID = Array("r1".utf8)
        context.client = ClientIdentity(address: Array("192.0.2.1".utf8))
        context.route = Route(
            name: "test", match: RouteMatch(path: PathPattern("/x")),
            action: .answer(LocalAnswer(contentType: "", body: [])), limits: limits)
        return context
    }
}
