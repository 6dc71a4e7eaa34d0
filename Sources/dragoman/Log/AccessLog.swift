internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor

/// Writes a line for every call of one worker. What a turn of the loop gathers goes to the file at its end, where a thread
/// of the file's own takes it: nothing here waits for a disk or a reader.
final class AccessLog: CallObserver, TurnWork {
    private let reactor: Reactor
    private let file: LogFile
    private let format: Configuration.AccessLog.Format
    private let loss: LossReport
    private var lines = ByteWriter(capacity: 16 << 10)

    /// - Parameter loss: Is told when lines are lost.
    init(_ reactor: Reactor, file: LogFile, format: Configuration.AccessLog.Format, loss: LossReport) {
        self.reactor = reactor
        self.file = file
        self.format = format
        self.loss = loss
    }

    func callEnded(_ record: borrowing CallRecord, _ context: CallContext) {
        if lines.isEmpty { reactor.atEndOfTurn(self) }
        let duration = Instant.current() - record.start
        switch format {
        case .json: AccessLine(record, context, .current(), duration).writeJSON(into: &lines)
        case .text: AccessLine(record, context, .current(), duration).writeText(into: &lines)
        }
    }

    func turnEnds() {
        // The writer is taken out while it is read from.
        var gathered = ByteWriter()
        swap(&gathered, &lines)
        let dropped = file.append(gathered.written.withUnsafeBytes { Array($0) })
        gathered.truncate(to: 0)
        swap(&gathered, &lines)
        if dropped > 0 { loss.report(dropped) }
    }
}
