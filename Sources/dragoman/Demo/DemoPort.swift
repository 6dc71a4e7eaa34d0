internal import Reactor

/// Finds the port that the demo's gateway listens on.
enum DemoPort {
    static let usual: UInt16 = 8080
    private static let others: ClosedRange<UInt16> = 8081...8089

    /// `wanted`; without a wish the usual port, or the next free one.
    ///
    /// - Throws: The refusal, when the port that is wanted, or all of the usual ones, are taken.
    static func choose(_ wanted: UInt16?, on worker: Worker) async throws(ReactorError) -> UInt16 {
        if let wanted {
            if wanted != 0 { try await probe(wanted, on: worker) }
            return wanted
        }
        do throws(ReactorError) {
            try await probe(usual, on: worker)
            return usual
        } catch {
            for port in others where (try? await probe(port, on: worker)) != nil { return port }
            throw error
        }
    }

    /// Listens for a moment without sharing the port: gateways share theirs, and a second one would go unnoticed.
    private static func probe(_ port: UInt16, on worker: Worker) async throws(ReactorError) {
        try await worker.run { worker throws(ReactorError) in
            var options = ListenOptions()
            options.sharesPort = false
            try worker.reactor.listen(on: .ip(.loopback, port: port), options) { $0.abort() }.close()
        }
    }
}
