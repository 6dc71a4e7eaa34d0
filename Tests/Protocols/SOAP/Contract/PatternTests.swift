import Buffers
import Canonical
import Testing

@testable import SOAP

/// XSD's regular expressions (XSD 1.0 part 2 appendix F; R19).
@Suite struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        try PatternParser.compile(pattern).matches(Bytes(text).span)
    }

    @Test(arguments: [
        ("", [""], ["a"]), ("abc", ["abc"], ["ab", "abcd", "xabc"]), ("a|bc|", ["a", "bc", ""], ["b", "abc"]),
        ("a*b+c?", ["b", "aabbc"], ["", "ac", "abcc"]), ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]), ("a{1,3}b", ["ab", "aaab"], ["b", "aaaab"]), ("a{0}b", ["b"], ["ab"]),
        ("(ab){2,3}", ["abab", "ababab"], ["ab", "aba"]), ("(a|b)*c", ["c", "abbac"], ["abd"]),
        ("(a*)*", ["", "aaa"], ["b"]), ("(a?){3}b", ["b", "aab"], ["aaaab"]), ("[A-Z]{3}", ["EUR"], ["EU", "eur"]),
        ("[^a-c]", ["d", "é"], ["a", ""]), ("[a-z-[aeiou]]+", ["xyz"], ["xaz"]), ("[-a]", ["-", "a"], ["b"]),
        ("[a-]", ["-", "a"], ["b"]), (#"[\-\]\^]+"#, ["-]^"], ["a"]), (#"\d+"#, ["0123", "٣"], ["a"]),
        (#"\D"#, ["a"], ["1"]), (#"\w+"#, ["aé1"], ["a b", "-"]), (#"\s"#, [" ", "\t"], ["a"]),
        (#"\i\c*"#, ["a-b", "_1", ":x"], ["1a", "-"]), (#"[\i-[:]][\c-[:]]*"#, ["a-b"], ["a:b"]),
        (".", ["x", "é", "😀"], ["\n", "\r", "xy"]), (#"\p{Lu}\p{L}*"#, ["Été"], ["été", "E1"]),
        (#"\P{L}"#, ["1"], ["a"]),
        (#"\p{IsGreek}+"#, ["αβγ"], ["abc"]), (#"\."#, ["."], ["a"]), (#"a\|b"#, ["a|b"], ["a"]),
        (#"\p{N}{2}-\p{Nd}"#, ["12-3"], ["12-a"]), ("(?:ab)+", ["abab"], ["aba"]),
        ("^[0-9]+$", ["12"], ["a12", "^12$"]), (#"a\$"#, ["a$"], ["a"]), ("a^b", ["a^b"], ["ab"]),
        (#"\/\-\""#, [#"/-""#], ["/"]), ("[0-9]{1,3}([.][0-9]{3})*", ["1", "12.345.678"], ["1234", "1.23"]),
    ])
    func `a pattern matches the whole value`(pattern: String, accepted: [String], refused: [String]) throws {
        for text in accepted { #expect(try matches(pattern, text), "\(pattern) should match \(text)") }
        for text in refused { #expect(try !matches(pattern, text), "\(pattern) should not match \(text)") }
    }

    @Test(arguments: [
        "(", ")", "[", "[]", "a{", "a{2", "a{3,2}", "a{x}", "*", "+a", #"\"#, #"\p{Xx}"#, #"\p{IsNowhere}"#, #"\p"#,
        "[b-a]", "(?=a)", #"\q"#, "[a-[b]", "a**", "{",
    ])
    func `what is no pattern is refused`(pattern: String) {
        #expect(throws: PatternError.self) { try PatternParser.compile(pattern) }
    }

    @Test(arguments: [
        "a{99999}", "((a{100}){100}){100}", "((){4000}){4000}", String(repeating: "(", count: 9000),
        String(repeating: "(", count: 40) + String(repeating: ")", count: 40), "(a{0,60}){0,60}{0,60}",
    ])
    func `a pattern too large to match in bounded time is refused`(pattern: String) {
        #expect(throws: PatternError.self) { try PatternParser.compile(pattern) }
    }

    @Test func `more than sixty-four positions match alike`() throws {
        let pattern = "([a-z]{1,40}[.]){2}[a-z]{2,40}"
        #expect(try matches(pattern, "www.example.org"))
        #expect(try matches(pattern, String(repeating: "a", count: 40) + ".b.cc"))
        #expect(try !matches(pattern, String(repeating: "a", count: 41) + ".b.cc"))
        #expect(try !matches(pattern, "www.example."))
        #expect(try matches("(é|.){1,80}", String(repeating: "é", count: 80)))
    }

    @Test(arguments: ["(a*)*b", "(a|a)*b", "(a|aa)+b", "(.*)*(.*)*(.*)*b", "(a?){30}a{30}b"])
    func `nested repetition takes no more than linear time`(pattern: String) throws {
        let text = String(repeating: "a", count: 5_000)
        #expect(try !matches(pattern, text))
    }

    @Test func `text that is not UTF-8 does not match`() throws {
        #expect(try !PatternParser.compile(".*").matches(Bytes([0x61, 0xFF]).span))
    }
}
