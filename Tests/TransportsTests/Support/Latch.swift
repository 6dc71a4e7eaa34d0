import Glibc

/// Blocks threads until it is opened. A pipe that nobody writes to: closing it wakes whoever reads.
final class Latch: Sendable {
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let result = pipe(&ends)
        precondition(result == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
    }

    func open() {
        close(writing)
    }

    func wait() {
        var byte: UInt8 = 0
        read(reading, &byte, 1)
    }
}
