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
            if wanted != 0 { try await worker.probe(.ip(.loopback, port: wanted)) }
            return wanted
        }
        do throws(ReactorError) {
            try await worker.probe(.ip(.loopback, port: usual))
            return usual
        } catch {
            for port in others where (try? await worker.probe(.ip(.loopback, port: port))) != nil { return port }
            throw error
        }
    }
}
