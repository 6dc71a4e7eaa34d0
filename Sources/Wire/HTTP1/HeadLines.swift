internal import Buffers
internal import HTTP

/// Reads the field lines of a head: their syntax, not what they mean.
enum HeadLines {
    /// Reads the lines of `span` from `index` on, which moves behind those that are whole.
    /// - Returns: Whether the empty line that ends the head was read.
    static func read(
        _ span: RawSpan, from index: inout Int, into headers: inout Headers, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        while true {
            headers.appendPlainLines(
                of: span, from: &index, maximumCount: limits.fieldCount, maximumLineBytes: limits.lineBytes)
            guard index < span.byteCount else { return false }
            if span[index] == 0x0D {
                guard index &+ 1 < span.byteCount else { return false }
                guard span[index &+ 1] == 0x0A else { throw .bareCarriageReturn }
                index &+= 2
                return true
            }
            let next = try readLine(of: span, from: index, into: &headers)
            guard (next ?? span.byteCount) &- index <= limits.lineBytes else { throw .lineTooLong }
            guard let next else { return false }
            guard headers.endIndex <= limits.fieldCount else { throw .tooManyFields }
            index = next
        }
    }

    /// Reads any line, exactly.
    /// - Returns: Where the next line begins, or nil when the span ends before the line does.
    static func readLine(
        of span: RawSpan, from index: Int, into headers: inout Headers
    ) throws(HTTP1Error) -> Int? {
        let next: Int?
        do { next = try headers.appendLine(of: span, from: index) } catch { throw HTTP1Error(error) }
        if next != nil {
            let last = headers.endIndex &- 1
            guard headers.id(at: last) != .other || !HeaderName.isAlias(headers.name(at: last)) else {
                throw .aliasedName
            }
        }
        return next
    }
}
