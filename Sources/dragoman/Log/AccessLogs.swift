internal import Canonical
internal import Configuration
internal import Glibc
internal import Reactor

/// The access log of all workers: one file, and a log for each.
struct AccessLogs: Sendable {
    private let file: LogFile
    private let format: Configuration.AccessLog.Format
    private let loss: LossReport

    /// Nil where none is wanted.
    ///
    /// - Throws: A finding without a location when the file cannot be opened.
    init?(_ configured: Configuration.Observe, server: ServerLog) throws(Diagnostic) {
        guard let wanted = configured.accessLog else { return nil }
        format = wanted.format
        loss = LossReport(server)
        do throws(ReactorError) {
            switch wanted.destination {
            case .standardOutput: file = try LogFile(descriptor: STDOUT_FILENO)
            case .standardError: file = try LogFile(descriptor: STDERR_FILENO)
            case .file(let path): file = try LogFile(path: path)
            }
        } catch {
            throw Diagnostic(
                .error, "observe.access-log", "observe.access_log.path: the access log cannot be opened: \(error)")
        }
    }

    func makeLog(_ reactor: Reactor) -> AccessLog {
        AccessLog(reactor, file: file, format: format, loss: loss)
    }

    /// Writes what there is to write, as far as somebody takes it.
    func close() {
        file.close(within: .seconds(1))
    }
}
