internal import CLinux
internal import Glibc

/// A file, terminal or pipe that lines go to, written by a thread of its own: who logs never waits for who reads.
///
/// Lines that find no room while the other side takes none are dropped and counted; so are those that the system refuses,
/// as on a full disk. A file that was renamed, as log rotation does, is opened anew within a second.
public final class LogFile: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var dropped = 0
        /// The thread waits, or is about to, and must be woken.
        var isWaiting = false
        var isClosing = false
    }

    private let state = Guarded(State())
    private let capacity: Int
    /// Wakes the thread.
    private let wakeDescriptor: Int32
    /// Readable once the thread has ended.
    private let endDescriptor: Int32

    /// Opens the file at `path` to append to; it is created where there is none, readable by its owner and group.
    ///
    /// - Parameter capacity: Bytes that may wait to be written.
    /// - Throws: `.open`, `.pipe` or `.thread` with the errno.
    public convenience init(path: String, capacity: Int = 4 << 20) throws(ReactorError) {
        try self.init(LogOutput(path: path), capacity: capacity)
    }

    /// Writes to a descriptor that somebody else opened, such as standard output; it stays open.
    public convenience init(descriptor: Int32, capacity: Int = 4 << 20) throws(ReactorError) {
        try self.init(LogOutput(duplicating: descriptor), capacity: capacity)
    }

    private init(_ output: LogOutput, capacity: Int) throws(ReactorError) {
        dragoman_ignore_broken_pipes()
        self.capacity = capacity
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC))
        endDescriptor = eventfd(0, Int32(EFD_CLOEXEC))
        let started =
            wakeDescriptor >= 0 && endDescriptor >= 0
            && WorkerThread.start(named: "log") { [self] in
                var output = output
                while let lines = next() { drop(output.write(lines)) }
                output.close()
                LogFile.signal(endDescriptor)
            }
        guard started else {
            let error = ReactorError.last(wakeDescriptor >= 0 && endDescriptor >= 0 ? .thread : .pipe)
            output.close()
            throw error
        }
    }

    deinit {
        Glibc.close(wakeDescriptor)
        Glibc.close(endDescriptor)
    }

    /// Lines that were dropped so far.
    public var dropped: Int { state.withLock { $0.dropped } }

    /// Takes whole lines, each with its line feed: all of them, or none where there is no room. From any thread.
    ///
    /// - Returns: How many lines were dropped so far, these included.
    @discardableResult
    public func append(_ lines: [UInt8]) -> Int {
        let (mustWake, dropped) = state.withLock { state in
            guard !state.isClosing, state.pending.count + lines.count <= capacity else {
                state.dropped += LogOutput.lineCount(lines[...])
                return (false, state.dropped)
            }
            state.pending.append(contentsOf: lines)
            defer { state.isWaiting = false }
            return (state.isWaiting, state.dropped)
        }
        if mustWake { LogFile.signal(wakeDescriptor) }
        return dropped
    }

    /// Takes no more lines, and returns when all are written, at the latest after `limit`. Blocks: for the end of the
    /// process.
    public func close(within limit: Duration) {
        state.withLock { state in
            state.isClosing = true
            state.isWaiting = false
        }
        LogFile.signal(wakeDescriptor)
        var end = pollfd(fd: endDescriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&end, 1, Int32(clamping: limit.nanoseconds / 1_000_000))
    }

    // MARK: The thread

    /// What is there to write; nil when there will be nothing any more.
    private func next() -> [UInt8]? {
        while true {
            let (lines, isClosing) = state.withLock { state in
                var lines: [UInt8] = []
                swap(&lines, &state.pending)
                state.isWaiting = lines.isEmpty && !state.isClosing
                return (lines, state.isClosing)
            }
            if !lines.isEmpty { return lines }
            if isClosing { return nil }
            var count: UInt64 = 0
            _ = read(wakeDescriptor, &count, 8)
        }
    }

    private func drop(_ lines: Int) {
        if lines > 0 { state.withLock { $0.dropped += lines } }
    }

    private static func signal(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, 8)
    }
}
