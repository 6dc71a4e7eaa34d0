import Canonical
import Glibc
import Reactor
import Testing

@testable import dragoman

@Suite struct LogTests {
    @Test func `a burst passes, then so many a second, and what was left out is counted`() {
        var rate = RateLimit(burst: 2, perSecond: 10)
        let start = Instant(nanoseconds: 5)
        #expect(rate.admit(at: start) == 0)
        #expect(rate.admit(at: start) == 0)
        #expect(rate.admit(at: start) == nil)
        #expect(rate.admit(at: start + .milliseconds(99)) == nil)
        #expect(rate.admit(at: start + .milliseconds(100)) == 2)
        #expect(rate.admit(at: start + .milliseconds(100)) == nil)
        #expect(rate.admit(at: start + .seconds(60)) == 1)
    }

    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_399, 999_999_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400, 1_000_000, "2000-02-29T00:00:00.001Z"), (4_107_542_400, 0, "2100-03-01T00:00:00.000Z"),
        (-1, 0, "1969-12-31T23:59:59.000Z"),
    ])
    func `times are those of RFC 3339`(seconds: Int64, nanoseconds: Int32, text: String) {
        #expect(WallTime(seconds: seconds, nanoseconds: nanoseconds).timestamp == text)
    }

    @Test func `a line says what, where and which call, and nothing that a service sends breaks it`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let log = try ServerLog(descriptor: ends[1])
        close(ends[1])
        let operation = Operation(name: "Get", service: "S", input: .nothing, output: .nothing)
        AnswerLog(upstream: "bank", log: log).received(operation, requestID: Array("r1".utf8)) {
            [
                Violation(pointer: "/Id", rule: "maximum", detail: "must be at most 5"),
                Violation(pointer: "", rule: "unknown", detail: "must not have an element x\nfake\u{1B}[2J"),
            ]
        }
        log.close()
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(ends[0], &bytes, bytes.count)
        close(ends[0])
        let line = String(decoding: bytes[..<max(count, 0)], as: UTF8.self)
        #expect(
            line.dropFirst(24)
                == " warning[response.invalid] bank.Get: the answer breaks the contract: /Id must be at most 5; the whole "
                + "answer must not have an element x\\u{a}fake\\u{1b}[2J (request r1)\n")
    }
}
