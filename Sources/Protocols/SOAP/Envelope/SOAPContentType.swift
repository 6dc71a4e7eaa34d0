internal import Buffers
internal import HTTP

/// What a response's `Content-Type` says about an envelope in its body.
struct SOAPContentType {
    private(set) var isXML = false
    /// The charset parameter without quotes; empty when there is none.
    private(set) var charset: [UInt8] = []

    init(_ headers: borrowing Headers) {
        guard let index = headers.firstIndex(of: .contentType) else { return }
        let value = headers.value(at: index)
        let end = value.firstIndex(of: 0x3B) ?? value.byteCount
        let type = value.extracting(0..<end).trimmingOptionalWhitespace()
        isXML =
            type.equalsIgnoringCase("text/xml") || type.equalsIgnoringCase("application/soap+xml")
            || type.equalsIgnoringCase("application/xml")
            || type.byteCount > 4
                && type.extracting(type.byteCount - 4..<type.byteCount).equalsIgnoringCase("+xml")
        guard isXML, end < value.byteCount else { return }
        readCharset(value.extracting(end..<value.byteCount))
    }

    private mutating func readCharset(_ parameters: RawSpan) {
        var start = 0
        while start < parameters.byteCount {
            let end = parameters.firstIndex(of: 0x3B, from: start) ?? parameters.byteCount
            let parameter = parameters.extracting(start..<end).trimmingOptionalWhitespace()
            start = end + 1
            guard parameter.byteCount > 8, parameter.extracting(0..<8).equalsIgnoringCase("charset=") else { continue }
            var name = parameter.extracting(8..<parameter.byteCount)
            if name.byteCount > 1, name[0] == 0x22, name[name.byteCount - 1] == 0x22 {
                name = name.extracting(1..<name.byteCount - 1)
            }
            charset = name.withUnsafeBytes { Array($0) }
        }
    }
}
