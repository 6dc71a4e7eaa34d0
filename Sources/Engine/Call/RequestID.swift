internal import Buffers
internal import HTTP

/// The name of one call.
enum RequestID {
    /// Whether a client's own id may be taken over: 1 to 128 visible characters that are safe in logs and fields.
    static func isAcceptable(_ id: RawSpan) -> Bool {
        guard (1...128).contains(id.byteCount) else { return false }
        for index in 0..<id.byteCount {
            let byte = id[index]
            guard
                ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E
                    || byte == 0x3A
            else { return false }
        }
        return true
    }

    /// Takes the client's own id over, if it sent an acceptable one.
    static func take(from headers: borrowing Headers, into id: inout [UInt8]) -> Bool {
        id.removeAll(keepingCapacity: true)
        guard let index = headers.firstIndex(of: .xRequestID) else { return false }
        let received = headers.value(at: index)
        guard isAcceptable(received) else { return false }
        for place in 0..<received.byteCount { id.append(received[place]) }
        return true
    }

    /// Appends 32 hexadecimal digits.
    static func append(_ random: inout SplitMix, to text: inout [UInt8]) {
        for _ in 0..<2 {
            let word = random.next()
            for shift in stride(from: UInt64(60), through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> shift & 0xF)
                text.append(digit < 10 ? digit + 0x30 : digit + 0x57)
            }
        }
    }
}
