import Buffers
import JSONCodec
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas stand between values and nowhere else`() {
        var json = JSONWriter()
        json.object { json in
            json.member("a", "x\"y")
            json.member("b") { json in
                json.array { json in
                    json.value(1)
                    json.object { _ in }
                    json.null()
                }
            }
            json.member("c", true)
            json.member("d") { json in json.number("1.50") }
            json.member("e") { json in json.raw(Array("[]".utf8).span.bytes) }
            json.member("f", -3)
        }
        #expect(String(json.finish()) == #"{"a":"x\"y","b":[1,{},null],"c":true,"d":1.50,"e":[],"f":-3}"#)
    }

    @Test func `a string is escaped where it must be, wherever that is`() {
        for length in 0..<20 {
            for place in 0...length {
                for (character, escaped) in [
                    ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\u{1}", "\\u0001"), ("é", "é"),
                ] {
                    let text =
                        String(repeating: "x", count: place) + character + String(repeating: "y", count: length - place)
                    var out = ByteWriter()
                    out.append(json: text)
                    let expected = text.replacing(character, with: escaped)
                    #expect(String(out.finish()) == "\"" + expected + "\"")
                }
            }
        }
    }
}

extension String {
    fileprivate func replacing(_ character: String, with other: String) -> String {
        split(separator: character, omittingEmptySubsequences: false).joined(separator: other)
    }
}
