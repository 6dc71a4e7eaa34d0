import Buffers
import HTTP
import Testing

@testable import Engine

@Suite struct RequestIDTests {
    private func taken(_ value: String) -> String? {
        var headers = Headers()
        headers.append(.xRequestID, value)
        var id: [UInt8] = Array("old".utf8)
        return RequestID.take(from: headers, into: &id) ? String(decoding: id, as: UTF8.self) : nil
    }

    @Test(arguments: ["a", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "A.b_c:1", String(repeating: "x", count: 128)])
    func `a harmless id of the client is kept`(id: String) {
        #expect(taken(id) == id)
    }

    @Test(arguments: ["", "a b", "a\"b", "<script>", "a;b", "é", "${jndi}", String(repeating: "x", count: 129)])
    func `any other is not`(id: String) {
        #expect(taken(id) == nil)
    }

    @Test func `ours are 32 hexadecimal digits, each another`() {
        var random = SplitMix(seed: 1)
        var ids: Set<[UInt8]> = []
        for _ in 0..<1000 {
            var id: [UInt8] = []
            RequestID.make(&random, into: &id)
            #expect(id.count == 32 && !id.contains { ASCII.hexValue($0) == nil })
            ids.insert(id)
        }
        #expect(ids.count == 1000)
    }
}
