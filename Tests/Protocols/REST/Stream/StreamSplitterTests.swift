import Buffers
import Canonical
import Testing

@testable import REST

@Suite struct StreamSplitterTests {
    /// The texts of `body`, which comes in pieces of `size` bytes, or the reason of the failure.
    private func split(_ body: String, _ form: StreamSplitter.Form, size: Int, limit: Int = 100) -> [String] {
        var splitter = StreamSplitter(form, limit: limit, origin: .client)
        var texts: [String] = []
        let bytes = Array(body.utf8)
        do throws(Failure) {
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Bytes(Array(bytes[start..<min(start + size, bytes.count)]))
                try splitter.append(piece) { text throws(Failure) in texts.append(String(text)) }
            }
            try splitter.finish { text throws(Failure) in texts.append(String(text)) }
        } catch {
            texts.append(error.reason)
        }
        return texts
    }

    @Test(arguments: [
        (#"[{"a":"]},["},{"b":[1,[2]]}]"#, [#"{"a":"]},["}"#, #"{"b":[1,[2]]}"#]),
        (" [ 1 , \"\\\"],\" ,\n null ] ", ["1 ", #""\"],""# + " ", "null "]), ("[]", []), (" [ ] ", []), ("", []),
        (#"["\\",2]"#, [#""\\""#, "2"]), (" 7 ", ["7"]),
        (#"{"a":1}"#, [#"{"a":1}"#]), ("{\"a\":[\"}\"]}\n{} {}[1]2", [#"{"a":["}"]}"#, "{}", "{}", "[1]", "2"]),
        (#""x y" null"#, [#""x y""#, "null"]),
        ("[1,]", ["1", "json.syntax"]), ("[,1]", ["json.syntax"]), ("[1] 2", ["1", "json.syntax"]),
        ("[1,2", ["1", "json.syntax"]), ("[", ["json.syntax"]), ("[{]", ["json.syntax"]), ("[}]", ["}"]),
    ])
    func `an array is cut at its commas, wherever its pieces end`(body: String, expected: [String]) {
        for size in 1...max(1, body.utf8.count) { #expect(split(body, .array, size: size) == expected) }
    }

    @Test(arguments: [
        ("{\"a\":1}\n{\"b\":2}\n", [#"{"a":1}"#, #"{"b":2}"#]), ("1\n2", ["1", "2"]), ("\n \r\n1\r\n\n", ["1\r"]),
        ("", []),
    ])
    func `lines are cut at their ends, and blank ones are none`(body: String, expected: [String]) {
        for size in 1...max(1, body.utf8.count) { #expect(split(body, .lines, size: size) == expected) }
    }

    @Test func `each message has the limit for itself`() {
        for size in 1...20 {
            #expect(split("[123,456,789]", .array, size: size, limit: 3) == ["123", "456", "789"])
            #expect(split("[123,4567]", .array, size: size, limit: 3) == ["123", "body.too_large"])
            #expect(split("123\n4567\n", .lines, size: size, limit: 3) == ["123", "body.too_large"])
        }
    }
}
