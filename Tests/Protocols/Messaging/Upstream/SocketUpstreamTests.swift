import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import Testing

@testable import Messaging

/// The translator: parts in, parts out.
@Suite struct SocketUpstreamTests {
    private func encode(_ name: String, isShared: Bool = true, _ parts: [RequestPart]) throws -> [String] {
        let operation = try #require(Quotes.plan(.jsonRPC).operation(named: name))
        let translator = SocketUpstream(operation, isShared: isShared, context: CallContext())
        var wire = Outbox<HTTPRequestPart>()
        var seen: [String] = []
        for part in parts {
            try translator.encode(part, into: &wire)
            while let part = wire.popFirst() {
                switch part {
                case .head(let head):
                    let fields = (0..<head.headers.endIndex).filter { !head.headers.isRemoved(at: $0) }
                        .map { String(decoding: head.headers.name(at: $0)) }
                    seen.append("\(String(decoding: head.target, as: UTF8.self)) \(fields.joined(separator: ","))")
                case .body(let bytes): seen.append(String(bytes))
                case .end: seen.append("end")
                }
            }
        }
        return seen
    }

    private func decode(_ name: String, _ parts: [HTTPResponsePart]) throws -> [String] {
        let operation = try #require(Quotes.plan(.jsonRPC).operation(named: name))
        let translator = SocketUpstream(operation, isShared: true, context: CallContext())
        var out = Outbox<ResponsePart>()
        var seen: [String] = []
        for part in parts {
            try translator.decode(part, into: &out)
            while let part = out.popFirst() {
                switch part {
                case .head(let head): seen.append("\(head.status)")
                case .message(let message):
                    var text = ByteWriter()
                    try operation.response.encode(try message.document(), into: &text)
                    seen.append(String(text.finish()))
                case .end(.success): seen.append("end")
                case .end(.failure(let failure)): seen.append(failure.reason)
                case .interim: break
                }
            }
        }
        return seen
    }

    private var head: RequestPart {
        var head = HTTPRequestHead()
        head.method = .post
        head.target = Array("/quotes".utf8)
        head.headers.append(.authorization, "secret")
        head.headers.append(.contentType, "application/json")
        head.headers.append(.origin, "https://page.example")
        return .head(head)
    }

    private func message(_ text: String) throws -> RequestPart {
        let operation = try #require(Quotes.plan(.jsonRPC).operation(named: "Get"))
        return .message(.decoded(try operation.request.decode(Bytes(text))))
    }

    @Test func `a message is a piece of body, and the operation the target`() throws {
        let parts = [head, try message(#"{ "symbol" : "A" }"#), .end(trailers: nil)]
        #expect(try encode("Get", parts) == ["Get ", #"{"symbol":"A"}"#, "end"])
        let own = try encode("Get", isShared: false, parts)
        #expect(own.first == "Get authorization")
    }

    @Test func `a stream begins before its first message, another call with it`() throws {
        #expect(try encode("Chat", [head]) == ["Chat "])
        #expect(try encode("Watch", [head]) == [])
        #expect(try encode("Sum", [head, try message("{}"), try message("{}"), .end(trailers: nil)]).count == 4)
        #expect(throws: Failure.self) {
            let other = JSONCoder(.any, schema: Quotes.contract.schema)
            return try encode("Get", [head, .message(.encoded(Bytes("{"), by: other))])
        }
    }

    @Test func `pieces of the answer are messages`() throws {
        let answer = HTTPResponsePart.head(HTTPResponseHead(status: 200))
        let quote = HTTPResponsePart.body(Bytes(#"{"price":1,"new":true}"#))
        #expect(try decode("Get", [answer, quote, .end(trailers: nil)]) == ["200", #"{"price":1}"#, "end"])
        #expect(
            try decode("Watch", [answer, quote, quote, .end(trailers: nil)])
                == ["200", #"{"price":1}"#, #"{"price":1}"#, "end"])
        #expect(try decode("Watch", [answer, .end(trailers: nil)]) == ["200", "end"])
        #expect(try decode("Note", [answer, .end(trailers: nil)]) == ["200", "end"])
    }

    @Test func `an answer that is none is the service's fault`() {
        let answer = HTTPResponsePart.head(HTTPResponseHead(status: 200))
        for bad in ["null", "7", #"{"price":"x"}"#, "{"] {
            #expect {
                try decode("Get", [answer, .body(Bytes(bad)), .end(trailers: nil)])
            } throws: { ($0 as? Failure)?.origin == .upstream }
        }
        #expect(throws: Failure.self) { try decode("Get", [answer, .end(trailers: nil)]) }
    }
}
