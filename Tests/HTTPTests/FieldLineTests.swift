import Buffers
import HTTP
import Testing

struct FieldLineTests {
    /// Reads `line` with something before it, so that it does not begin where memory is aligned.
    private func read(_ line: String) throws(FieldLineError) -> (text: String, next: Int?) {
        let bytes = Array(("#" + line).utf8)
        var headers = Headers()
        let next = try headers.appendLine(of: bytes.span.bytes, from: 1)
        var out = ByteWriter()
        headers.write(into: &out)
        return (String(out.finish()), next.map { $0 - 1 })
    }

    /// The same by the fast way, nil when it leaves the line to the other.
    private func readPlain(_ line: String) -> (text: String, next: Int)? {
        let bytes = Array(("#" + line).utf8)
        var headers = Headers()
        // Whatever is not written must show.
        headers.append("dirt", String(repeating: "e", count: 600))
        headers.removeLast()
        var index = 1
        headers.appendPlainLines(of: bytes.span.bytes, from: &index, maximumCount: 1, maximumLineBytes: 8192)
        guard index > 1 else {
            #expect(headers.endIndex == 0 && index == 1)
            return nil
        }
        var out = ByteWriter()
        headers.write(into: &out)
        return (String(out.finish()), index - 1)
    }

    @Test(arguments: [
        ("A: b\r\n", "a: b\r\n"), ("A:b\r\n", "a: b\r\n"), ("A:\r\n", "a: \r\n"), ("A: \t \r\n", "a: \r\n"),
        ("A:\t b c\td \t\r\n", "a: b c\td\r\n"), ("X_Y~!#$%&'*+-.^`|9: v:w\r\n", "x_y~!#$%&'*+-.^`|9: v:w\r\n"),
        ("Content-Type: text/plain\r\n", "content-type: text/plain\r\n"), ("a: \u{fc}\r\n", "a: \u{fc}\r\n"),
    ])
    func `a field line is read`(line: String, text: String) throws {
        for rest in ["", "\r\n", "B: c\r\n\r\n", String(repeating: "x", count: 40)] {
            let (read, next) = try read(line + rest)
            #expect(read == text)
            #expect(next == line.utf8.count)
        }
    }

    @Test func `a line that is not whole adds nothing`() throws {
        let line = "Content-Type:  text/plain \r\n"
        for end in 0..<line.utf8.count {
            let (text, next) = try read(String(decoding: line.utf8.prefix(end), as: UTF8.self))
            #expect(text == "" && next == nil)
        }
    }

    @Test(arguments: [
        ("A\rB: c\r\n", FieldLineError.bareCarriageReturn), ("A: b\rc\r\n", .bareCarriageReturn),
        ("A: b\r\r\n", .bareCarriageReturn), ("A: b\nC: d\r\n", .bareLineFeed), ("A\n", .bareLineFeed),
        ("A : b\r\n", .blankBeforeColon), ("A\t: b\r\n", .blankBeforeColon), ("A b: c\r\n", .blankBeforeColon),
        ("A: b\0c\r\n", .controlCharacter), ("A: \u{7F}\r\n", .controlCharacter), ("A: \u{1}", .controlCharacter),
        (": b\r\n", .emptyName), ("A@b: c\r\n", .invalidName), ("\u{e9}: c\r\n", .invalidName),
        ("A\0: c\r\n", .invalidName),
        (" A: b\r\n", .lineFolding), ("\tA: b\r\n", .lineFolding), ("A\r\n", .missingColon),
        ("A\r\nB: c\r\n", .missingColon),
    ])
    func `what is no field line is refused`(line: String, error: FieldLineError) {
        for rest in ["", "B: c\r\n\r\n", String(repeating: "x", count: 40)] {
            #expect(throws: error) { try read(line + rest) }
            #expect(readPlain(line + rest) == nil)
        }
    }

    @Test func `the fast way reads what the other reads`() throws {
        for nameLength in 1...40 {
            for valueLength in [0, 1, 2, 7, 13, 14, 15, 16, 17, 31, 32, 33, 47, 100, 119, 120, 300] {
                let name = String("X-Abc-Def-ghi-0123456789-Abc-Def-ghi-0123456789".prefix(nameLength))
                let value = String(String(repeating: "value-\u{fc},;", count: 40).prefix(valueLength))
                for rest in ["", "\r\n", "\r\n-and-the-body-that-follows", " \r\n"] {
                    let line = "\(name): \(value)\r\n" + rest
                    let (text, next) = try read(line)
                    #expect(text == "\(name.lowercased()): \(value)\r\n")
                    if let plain = readPlain(line) { #expect(plain == (text, next ?? -1)) }
                }
            }
        }
    }

    @Test func `typical lines are read the fast way`() {
        let rest = "Next-Field: value\r\n\r\n"
        for line in ["Accept: */*\r\n", "X-Custom: 1\r\n", "Content-Type: application/json; charset=utf-8\r\n"] {
            #expect(readPlain(line + rest) != nil)
        }
        for line in [
            "Accept:*/*\r\n", "X_Custom: 1\r\n", "A:\r\n", "A:  b\r\n", "A: b \r\n", "A: b\tc\r\n", "A: b\0\r\n",
        ] {
            #expect(readPlain(line + rest) == nil)
        }
    }

    @Test func `the last line of a head is read the fast way, though no block is left for its value`() {
        for line in ["Cache-Control: no-cache\r\n\r\n", "Content-Length: 7\r\n\r\n", "X-Custom-Nnnn: \u{fc}\r\n"] {
            let end = line.utf8.count - (line.hasSuffix("\r\n\r\n") ? 2 : 0)
            let text = line.lowercased().prefix { $0 != "\r\n" } + "\r\n"
            #expect(readPlain(line).map { $0 == (String(text), end) } == true)
        }
        for line in ["Cache-Control: no-cache", "Cache-Control: no\tcache\r\n", "Cache-Control: no-cache \r\n"] {
            #expect(readPlain(line) == nil)
        }
    }

    @Test func `the fast way stops in front of what it does not read`() {
        for count in [1, 15, 16, 17, 40] {
            let lines = String(repeating: "Name: value\r\n", count: count)
            let bytes = Array((lines + "\r\n and a body behind the head\r\n").utf8)
            var headers = Headers()
            var index = 0
            headers.appendPlainLines(of: bytes.span.bytes, from: &index, maximumCount: 100, maximumLineBytes: 20)
            #expect(headers.endIndex == count && index == lines.utf8.count)
        }
    }

    @Test func `the fast way keeps the limits`() {
        let bytes = Array("A: b\r\nB: 01234567890123\r\nC: e\r\n\r\n and a body behind the head\r\n".utf8)
        func count(maximumCount: Int, maximumLineBytes: Int) -> Int {
            var headers = Headers()
            var index = 0
            headers.appendPlainLines(
                of: bytes.span.bytes, from: &index, maximumCount: maximumCount, maximumLineBytes: maximumLineBytes)
            return headers.endIndex
        }
        #expect(count(maximumCount: 2, maximumLineBytes: 100) == 2)
        #expect(count(maximumCount: 0, maximumLineBytes: 100) == 0)
        #expect(count(maximumCount: 9, maximumLineBytes: 19) == 3)
        #expect(count(maximumCount: 9, maximumLineBytes: 18) == 1)
    }
}
