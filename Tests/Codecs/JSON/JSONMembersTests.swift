import Buffers
import Canonical
import Testing

@testable import JSONCodec

@Suite struct JSONMembersTests {
    private static let text = #" {"a": "x\u00e9", "b" :{"c":[1, 2]},"n":-1.50,"t":true, "\u0061b": null } "#

    @Test func `values are what stands there`() throws {
        let members = try JSONMembers(Bytes(Self.text))
        #expect(members.names == ["a", "b", "n", "t", "ab"])
        #expect(members["b"].map { String($0) } == #"{"c":[1, 2]}"#)
        #expect(members["n"].map { String($0) } == "-1.50")
        #expect(members["missing"] == nil)
        #expect(members.text(of: "a") == "xé")
        #expect(members.text(of: "n") == "-1.50")
        #expect(members.text(of: "t") == nil)
    }

    @Test func `members can be left out`() throws {
        let members = try JSONMembers(Bytes(Self.text))
        #expect(String(members.without(["a", "t", "ab"])) == #"{"b":{"c":[1, 2]},"n":-1.50}"#)
        #expect(String(members.without(["missing"])) == Self.text)
    }

    @Test(arguments: ["", "[]", "1", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"a":01}"#, "{} {}", #"{"a" 1}"#])
    func `what is no object is refused`(text: String) {
        #expect { try JSONMembers(Bytes(text)) } throws: { ($0 as? Failure)?.reason == "json.syntax" }
    }

    @Test func `what is cut anywhere is refused`() {
        let text = Array(Self.text.utf8).dropLast(2)
        for length in 0..<text.count {
            #expect(throws: Failure.self) { try JSONMembers(Bytes(Array(text.prefix(length)))) }
        }
    }

    @Test func `what nests too deep is refused`() {
        let deep = #"{"a":"# + String(repeating: "[", count: 100_000)
        #expect { try JSONMembers(Bytes(deep)) } throws: { ($0 as? Failure)?.reason == "json.depth" }
    }
}
