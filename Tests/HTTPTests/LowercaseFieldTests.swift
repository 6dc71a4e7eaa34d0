import Buffers
import HTTP
import Testing

/// Fields as HTTP/2 has them.
struct LowercaseFieldTests {
    private func append(_ name: String, _ value: String, to headers: inout Headers) -> FieldLineError? {
        let name = Array(name.utf8)
        let value = Array(value.utf8)
        do throws(FieldLineError) {
            try headers.appendLowercase(
                HeaderName(matching: name.span.bytes), name: name.span.bytes, value: value.span.bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `lower-case names get in, known or not`() {
        var headers = Headers()
        #expect(append("accept", "a", to: &headers) == nil)
        #expect(append("x-a", "b\tc", to: &headers) == nil)
        #expect(append("x_b", "", to: &headers) == nil)
        #expect(headers[.accept] == "a" && headers["x-a"] == "b\tc" && headers["x_b"] == "")
    }

    @Test(arguments: [
        ("", "a", FieldLineError.emptyName), ("Accept", "a", .invalidName), ("x-A", "a", .invalidName),
        ("a b", "a", .invalidName), ("a:", "a", .invalidName), (":a", "a", .invalidName),
        ("a", "\r\n", .controlCharacter),
        ("accept", "a\0", .controlCharacter), ("a", "\u{7F}", .controlCharacter),
    ]) func `what is no such field is refused`(name: String, value: String, error: FieldLineError) {
        var headers = Headers()
        #expect(append(name, value, to: &headers) == error)
        #expect(headers.isEmpty)
    }

    @Test(arguments: [("0", 0), ("42", 42), ("007", 7), ("9223372036854775799", 9_223_372_036_854_775_799)])
    func `a length is digits`(text: String, length: Int) {
        #expect(parse(text) == length)
    }

    @Test(arguments: ["", "-1", "+1", " 1", "1 ", "1,1", "0x1", "1.0", "9223372036854775810", "99999999999999999999"])
    func `nothing else is a length`(text: String) {
        #expect(parse(text) == nil)
    }

    private func parse(_ text: String) -> Int? { ContentLength.parse(Array(text.utf8).span.bytes) }

    @Test func `registered methods are known`() {
        #expect(
            HTTPMethod("GET").isRegistered && HTTPMethod("PROPFIND").isRegistered && HTTPMethod("PURGE").isRegistered)
        #expect(!HTTPMethod("BREW").isRegistered && !HTTPMethod("get").isRegistered)
    }
}
