import Glibc
import Reactor
import Testing

@Suite struct LogFileTests {
    /// The two ends of a pipe.
    private static func pipe() throws -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { text += chunk[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func temporaryPath() -> String {
        "/tmp/dragoman-log-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    }

    @Test func `lines come out whole and in order`() throws {
        let (reader, writer) = try Self.pipe()
        let log = try LogFile(descriptor: writer)
        close(writer)
        for number in 0..<1000 { log.append(Array("line \(number)\n".utf8)) }
        log.close(within: .seconds(10))
        #expect(Self.readAll(reader) == (0..<1000).map { "line \($0)\n" }.joined())
        #expect(log.dropped == 0)
        close(reader)
    }

    @Test func `who logs never waits for a reader that does not read`() throws {
        let (reader, writer) = try Self.pipe()
        let log = try LogFile(descriptor: writer, capacity: 1 << 16)
        close(writer)
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 999) + [0x0A]
        // Far more than the pipe and the buffer hold.
        for _ in 0..<1000 { log.append(line) }
        #expect(log.dropped > 0)
        log.close(within: .milliseconds(1))
        // The reader comes back to life, so that the thread can end.
        let text = Self.readAll(reader)
        #expect(text.utf8.count % 1000 == 0)
        #expect(text.utf8.count / 1000 + log.dropped == 1000)
        close(reader)
    }

    @Test func `what a reader that went away would have got is counted`() throws {
        let (reader, writer) = try Self.pipe()
        close(reader)
        let log = try LogFile(descriptor: writer)
        close(writer)
        log.append(Array("a\nb\n".utf8))
        log.close(within: .seconds(10))
        #expect(log.dropped == 2)
        log.append(Array("late\n".utf8))
        #expect(log.dropped == 3)
    }

    @Test func `a file is appended to`() throws {
        let path = Self.temporaryPath()
        defer { unlink(path) }
        for word in ["first\n", "second\n"] {
            let log = try LogFile(path: path)
            log.append(Array(word.utf8))
            log.close(within: .seconds(10))
        }
        let descriptor = open(path, O_RDONLY)
        #expect(Self.readAll(descriptor) == "first\nsecond\n")
        close(descriptor)
    }

    @Test func `a file that cannot be opened is told`() {
        #expect { try LogFile(path: "/nowhere/access.log") } throws: { error in
            (error as? ReactorError)?.operation == .open && (error as? ReactorError)?.code == ENOENT
        }
    }
}
