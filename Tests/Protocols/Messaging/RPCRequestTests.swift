import Buffers
import Testing

@testable import Messaging

@Suite struct RPCRequestTests {
    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":1,"method":"A","params":{"x":[1, 2]}}"#, "1", #"{"x":[1, 2]}"#),
        (#"{"params":[],"method":"A","id":"ü\n","jsonrpc":"2.0"}"#, #""ü\n""#, "[]"),
        (#" {"jsonrpc":"2.0","id":9007199254740993,"method":"A"} "#, "9007199254740993", nil),
        (#"{"jsonrpc":"2.0","method":"A","id":null}"#, "null", nil),
        (#"{"jsonrpc":"2.0","method":"A"}"#, nil, nil),
    ])
    func `id and params are kept as they stand`(text: String, id: String?, params: String?) throws {
        let request = try RPCRequest(Bytes(text))
        #expect(request.method == "A")
        #expect(request.id.map { String($0) } == id)
        #expect(request.params.map { String($0) } == params)
    }

    @Test(arguments: [
        ("", -32700), ("{", -32700), (#"{"a":1,"a":2}"#, -32700), ("[]", -32600),
        (#"[{"jsonrpc":"2.0","id":1,"method":"A"}]"#, -32600), ("7", -32700), ("{}", -32600),
        (#"{"jsonrpc":"1.0","id":1,"method":"A"}"#, -32600), (#"{"jsonrpc":"2.0","id":1}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600), (#"{"jsonrpc":"2.0","id":{},"method":"A"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":[1],"method":"A"}"#, -32600), (#"{"jsonrpc":"2.0","id":true,"method":"A"}"#, -32600),
    ])
    func `what breaks the rules is told by its number`(text: String, code: Int) {
        #expect { try RPCRequest(Bytes(text)) } throws: { ($0 as? RPCError)?.code.rawValue == code }
    }

    @Test func `a request cut anywhere is an error and no more`() {
        let text = Array(#"{"jsonrpc":"2.0","id":"é","method":"A","params":{"x":[1,{"y":"\u00e9"}]}}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: RPCError.self) { try RPCRequest(Bytes(Array(text[..<length]))) }
        }
    }

    @Test func `frames say what JSON-RPC says`() {
        let id = Bytes(#""a""#)
        #expect(
            String(RPCFrame.result(Bytes("[1]").span, id: id)) == #"{"jsonrpc":"2.0","id":"a","result":[1]}"#)
        #expect(String(RPCFrame.result(RawSpan(), id: id)) == #"{"jsonrpc":"2.0","id":"a","result":null}"#)
        #expect(
            String(RPCFrame.next(Bytes("1").span, id: id))
                == #"{"jsonrpc":"2.0","method":"next","params":{"id":"a","value":1}}"#)
        #expect(
            String(RPCError(.parse, "no").frame())
                == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}"#)
    }
}
