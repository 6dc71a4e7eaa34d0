internal import CLinux
internal import Glibc

/// Where a log's thread writes to. Whoever has it last closes it.
struct LogOutput: Sendable {
    private var descriptor: Int32
    /// Nil for what cannot be rotated.
    private let path: String?
    private var lastLook = Instant.current()

    init(path: String) throws(ReactorError) {
        descriptor = LogOutput.open(path)
        self.path = path
        guard descriptor >= 0 else { throw .last(.open) }
    }

    init(duplicating descriptor: Int32) throws(ReactorError) {
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        path = nil
        guard self.descriptor >= 0 else { throw .last(.open) }
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// Writes `lines`, waiting as long as that takes; returns how many lines the system refused.
    mutating func write(_ lines: [UInt8]) -> Int {
        reopenIfRotated()
        var rest = lines[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch dragoman_errno() {
            case EINTR: continue
            case EAGAIN:
                // Somebody else made the terminal or pipe non-blocking.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            default: return LogOutput.lineCount(rest)
            }
        }
        return 0
    }

    static func lineCount(_ lines: ArraySlice<UInt8>) -> Int {
        lines.count { $0 == 0x0A }
    }

    /// Opens the path anew when another file, or none, is there.
    private mutating func reopenIfRotated() {
        let now = Instant.current()
        guard let path = path, now - lastLook >= .seconds(1) else { return }
        lastLook = now
        var (there, own) = (stat(), stat())
        guard fstat(descriptor, &own) == 0 else { return }
        if stat(path, &there) == 0, there.st_ino == own.st_ino, there.st_dev == own.st_dev { return }
        let descriptor = LogOutput.open(path)
        guard descriptor >= 0 else { return }
        close()
        self.descriptor = descriptor
    }

    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640)
    }
}
