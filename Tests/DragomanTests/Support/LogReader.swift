import Glibc

@testable import dragoman

/// A server's log that a test reads, without the times.
final class LogReader {
    let log: ServerLog
    private let end: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Unavailable() }
        log = try ServerLog(descriptor: ends[1])
        close(ends[1])
        end = ends[0]
    }

    struct Unavailable: Error {}

    /// All that was written; the log takes no more.
    func text() -> String {
        log.close()
        var (text, bytes) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = read(end, &bytes, bytes.count), count > 0 { text += bytes[..<count] }
        close(end)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.dropFirst(25) + "\n" }.joined()
    }
}
