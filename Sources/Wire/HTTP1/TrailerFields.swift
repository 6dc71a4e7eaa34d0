internal import Buffers
internal import HTTP

/// The trailer section of a chunked body (RFC 9112 §7.1.2), read line by line.
///
/// A line that is not whole yet waits in the reader's buffer. Fields that a trailer may not set are dropped.
struct TrailerFields {
    private(set) var headers = Headers()
    private var byteCount = 0
    private var fieldCount = 0

    /// Reads on.
    /// - Returns: Whether the section has ended; if not, all input is consumed.
    mutating func read(
        _ input: inout Bytes, pending: inout ByteWriter, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        while !input.isEmpty {
            if pending.isEmpty {
                var index = 0
                let hasEnded = try readLines(of: input.span, from: &index, limits: limits)
                input.removeFirst(index)
                if hasEnded { return true }
                if !input.isEmpty { pending.append(input.removePrefix(input.count)) }
            } else {
                // Only as much as ends the line that waits; what follows is read where it is.
                pending.append(input.removePrefix(input.span.firstIndex(of: 0x0A).map { $0 + 1 } ?? input.count))
                var index = 0
                let hasEnded = try readLines(of: pending.written, from: &index, limits: limits)
                if index > 0 { pending = ByteWriter() }
                if hasEnded { return true }
            }
            guard pending.count <= limits.lineBytes else { throw .lineTooLong }
        }
        return false
    }

    /// Reads whole lines from `index` on, which moves behind them.
    /// - Returns: Whether the empty line was among them.
    private mutating func readLines(
        of span: RawSpan, from index: inout Int, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        while index < span.byteCount {
            if span[index] == 0x0D {
                guard index &+ 1 < span.byteCount else { return false }
                guard span[index &+ 1] == 0x0A else { throw .bareCarriageReturn }
                index &+= 2
                return true
            }
            guard let next = try HeadLines.readLine(of: span, from: index, into: &headers) else { return false }
            byteCount &+= next &- index
            fieldCount &+= 1
            guard byteCount <= limits.trailerBytes else { throw .trailersTooLarge }
            guard fieldCount <= limits.fieldCount else { throw .tooManyFields }
            index = next
            let last = headers.endIndex &- 1
            if !headers.isAllowedInTrailers(at: last) { headers.removeLast() }
        }
        return false
    }
}
