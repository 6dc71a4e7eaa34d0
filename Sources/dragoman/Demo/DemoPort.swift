internal import Reactor

/// Finds the port that the demo's gateway listens on.
enum DemoPort {
    static let usual: UInt16 = 8080
    private static let others: ClosedRange<UInt16> = 8081...8089

    /// `wanted`; without a wish the usual port, or the next free one.
    ///
    /// - Throws: The refusal, when the port that is wanted, or all of the usual ones, are taken.
    static func choose(_ wanted: UInt16?) throws(ReactorError) -> UInt16 {
        if let wanted {
            if wanted != 0 { try SocketAddress.ip(.loopback, port: wanted).checkIsFree() }
            return wanted
        }
        do throws(ReactorError) {
            try SocketAddress.ip(.loopback, port: usual).checkIsFree()
            return usual
        } catch {
            for port in others where (try? SocketAddress.ip(.loopback, port: port).checkIsFree()) != nil { return port }
            throw error
        }
    }
}
