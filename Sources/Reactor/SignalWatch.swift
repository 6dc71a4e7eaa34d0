internal import CLinux
internal import Glibc

/// Delivers signals of the process on one worker's loop, whichever thread the kernel picked for them.
///
/// A process has one watch per signal: a later one takes it over.
public final class SignalWatch: Pollable {
    let descriptor: Int32
    private let sender: Int32
    private let reactor: Reactor
    private let signals: [Signal]
    private let body: (Signal) -> Void
    private var token: UInt64?

    init(_ reactor: Reactor, _ signals: [Signal], _ body: @escaping (Signal) -> Void) throws(ReactorError) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw .last(.pipe) }
        descriptor = ends[0]
        sender = ends[1]
        self.reactor = reactor
        self.signals = signals
        self.body = body
        do throws(ReactorError) {
            token = try reactor.poller.add(self, for: .input)
        } catch {
            Glibc.close(sender)
            Glibc.close(descriptor)
            throw error
        }
        for signal in signals where dragoman_forward_signal(signal.number, sender) != 0 {
            let error = ReactorError.last(.signal)
            close()
            throw error
        }
    }

    /// Gives the signals their default effect back.
    public func close() {
        guard let token else { return }
        for signal in signals { _ = dragoman_forward_signal(signal.number, -1) }
        reactor.poller.remove(token)
        self.token = nil
        Glibc.close(sender)
        Glibc.close(descriptor)
    }

    func shutDown() {
        close()
    }

    func ready(_ readiness: Readiness) {
        var byte: UInt8 = 0
        while token != nil, read(descriptor, &byte, 1) == 1 {
            if let signal = signals.first(where: { $0.number == Int32(byte) }) { body(signal) }
        }
    }
}

extension Reactor {
    /// Calls `body` on this worker for every one of `signals` that the process gets from now on.
    ///
    /// - Throws: `.pipe`, `.epoll` or `.signal` with the errno.
    public func watch(_ signals: [Signal], _ body: @escaping (Signal) -> Void) throws(ReactorError) -> SignalWatch {
        try SignalWatch(self, signals, body)
    }
}
