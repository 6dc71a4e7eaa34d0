internal import Glibc

/// Runs one codec over one message and says how often that goes in a second of processor time.
struct Measurement {
    let name: String
    /// How many things one run does.
    var count = 1
    /// Of the message as it is read.
    let byteCount: Int
    let run: () throws -> Void

    /// Rounds take turns with nothing; the best is what the code can do, the others are what the machine did.
    func report(rounds: Int = 5, secondsPerRound: Double = 0.4) throws {
        try run()
        var best = 0.0
        for _ in 0..<rounds {
            let start = Self.processorSeconds
            var done = 0
            repeat {
                for _ in 0..<batch { try run() }
                done += batch
            } while Self.processorSeconds - start < secondsPerRound
            best = max(best, Double(done * count) / (Self.processorSeconds - start))
        }
        let megabytes = best * Double(byteCount) / Double(count) / 1e6
        print("\(padded(name, 44)) \(padded("\(byteCount)", 8)) B \(Int(best)) messages/s, \(Int(megabytes)) MB/s")
    }

    /// So many calls that the clock costs nothing.
    private var batch: Int { max(1, 200_000 / byteCount) }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
