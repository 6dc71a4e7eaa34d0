import Buffers
import HTTP
import Testing

struct HeadersTests {
    private func text(_ headers: Headers) -> String {
        var out = ByteWriter()
        headers.write(into: &out)
        return String(out.finish())
    }

    @Test func `fields keep their order, and names become lower case`() {
        var headers = Headers()
        headers.append("X-One", "1")
        headers.append(.contentType, "text/plain")
        headers.append("X-ONE", " 2\t")
        #expect(text(headers) == "x-one: 1\r\ncontent-type: text/plain\r\nx-one: 2\r\n")
        #expect(headers.count == 3)
        #expect(headers["x-one"] == "1")
        #expect(headers[.contentType] == "text/plain")
        #expect(headers.id(at: 1) == .contentType)
    }

    @Test(arguments: [
        ("", "v"), ("a b", "v"), ("a:", "v"), ("a\r\nb", "v"), ("a\u{e9}", "v"), ("a\0", "v"), ("a", "x\r\ny: z"),
        ("a", "x\ny"), ("a", "x\ry"), ("a", "x\0y"), ("a", "\u{7F}"), ("a", "0123456789abcdef0123456789abc\u{1}"),
    ])
    func `what is no field is refused`(name: String, value: String) {
        var headers = Headers()
        headers.append("b", "c")
        var answers = [headers.append(name, value), headers.append(.other, value)]
        if name == "a" { answers.append(headers.append(.accept, value)) }
        #expect(!answers.contains(true))
        #expect(text(headers) == "b: c\r\n")
    }

    @Test func `fields of a set of names are removed, and no others`() {
        var headers = Headers()
        let names: [HeaderName] = [.forwarded, .via, .xForwardedHost, .xForwardedFor, .xRequestID, .xRealIP, .age]
        for name in names { headers.append(name, "v") }
        headers.append("x-forwarded-user", "u")
        headers.remove(in: .forwarding)
        #expect(text(headers) == "via: v\r\nx-request-id: v\r\nage: v\r\nx-forwarded-user: u\r\n")
    }

    @Test func `memory goes from one to the next`() {
        var first = Headers()
        let none = first.removeSlab()
        #expect(!first.hasMemory && none == nil)
        first.append(.age, "1")
        guard let slab = first.removeSlab() else {
            Issue.record("there was no memory")
            return
        }
        #expect(first.isEmpty && !first.hasMemory)
        var second = Headers(reusing: slab)
        second.append(.via, "2")
        #expect(second.hasMemory && text(second) == "via: 2\r\n" && first.isEmpty)
    }

    @Test func `tabs and eight-bit bytes may stand in values`() {
        var headers = Headers()
        headers.append("a", "b\tc \u{fc}")
        #expect(headers["a"] == "b\tc \u{fc}")
    }

    @Test func `removed fields are not found and not written`() {
        var headers = Headers()
        for name in ["a", "b", "c", "a", "d"] { headers.append(name, name) }
        headers.append(.via, "x")
        headers.remove(text: Array("a".utf8).span.bytes)
        headers.remove(.via)
        headers.remove(.via)
        #expect(headers["a"] == nil)
        #expect(!headers.contains(.via))
        #expect(text(headers) == "b: b\r\nc: c\r\nd: d\r\n")
        #expect(headers.count == 3)
        #expect(headers.endIndex == 6)
        headers.removeLast()
        headers.append("e", "f")
        #expect(text(headers) == "b: b\r\nc: c\r\nd: d\r\ne: f\r\n")
        #expect(headers.count == 4)
    }

    @Test func `some names can be left out of what is written`() {
        var headers = Headers()
        headers.append(.host, "h")
        headers.append("a", "b")
        headers.append(.upgrade, "u")
        headers.append(.connection, "upgrade")
        var out = ByteWriter()
        headers.write(into: &out, without: .framing.subtracting(.upgrade))
        #expect(String(out.finish()) == "a: b\r\nupgrade: u\r\n")
    }

    @Test func `set replaces every field of the name`() {
        var headers = Headers()
        headers.append(.via, "1")
        headers.append(.via, "2")
        headers.set(.via, "3")
        #expect(text(headers) == "via: 3\r\n")
    }

    @Test func `a copy is a value of its own`() {
        var headers = Headers()
        headers.append("a", "1")
        var copy = headers
        copy.append("b", "2")
        copy.remove(at: 0)
        headers.append("c", "3")
        #expect(text(headers) == "a: 1\r\nc: 3\r\n")
        #expect(text(copy) == "b: 2\r\n")
        let kept = headers
        headers.removeAll()
        headers.append("d", "4")
        #expect(text(kept) == "a: 1\r\nc: 3\r\n")
        #expect(text(headers) == "d: 4\r\n")
    }

    @Test func `many and long fields fit`() {
        var headers = Headers()
        var expected = ""
        for index in 0..<500 {
            let value = String(repeating: "v", count: index)
            headers.append("x-field-with-a-long-name-\(index)", value)
            expected += "x-field-with-a-long-name-\(index): \(value)\r\n"
        }
        #expect(text(headers) == expected)
        #expect(headers.byteCount == expected.utf8.count)
        #expect(headers["x-field-with-a-long-name-499"]?.utf8.count == 499)
    }

    @Test func `fields of another block can be taken over`() {
        var headers = Headers()
        for name in ["a", "b", "c"] { headers.append(name, name) }
        headers.append(.te, "trailers")
        headers.remove(at: 0)
        var other = Headers()
        other.append(contentsOf: headers) { headers.id(at: $0) == .te || $0 == 1 }
        #expect(text(other) == "b: b\r\nte: trailers\r\n")
        #expect(other.contains(.te))
    }
}
