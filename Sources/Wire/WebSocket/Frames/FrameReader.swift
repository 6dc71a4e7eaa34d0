internal import Buffers

/// Finds the frames in what is received: reads their headers, wherever these are cut, and counts their payloads.
struct FrameReader {
    private let isMasked: Bool
    private let allowsCompression: Bool
    /// The beginning of a header that is not whole.
    private var partial = [14 of UInt8](repeating: 0)
    private var partialCount = 0
    /// The frame whose payload is being read.
    private(set) var header = FrameHeader(.continuation, length: 0)
    /// Bytes of the payload that are yet to come.
    private(set) var remaining = 0

    init(isMasked: Bool, allowsCompression: Bool) {
        self.isMasked = isMasked
        self.allowsCompression = allowsCompression
    }

    /// Reads the next header; its payload must have been taken.
    /// - Returns: False when all input is consumed and more is needed.
    mutating func readHeader(_ input: inout Bytes) throws(WebSocketError) -> Bool {
        var byteCount = 0
        if partialCount == 0 {
            guard let header = try read(input.span, &byteCount) else {
                keep(&input)
                return false
            }
            input.removeFirst(byteCount)
            begin(header)
            return true
        }
        while !input.isEmpty {
            partial[partialCount] = input[0]
            partialCount &+= 1
            input.removeFirst(1)
            if let header = try read(partial.span.bytes.extracting(first: partialCount), &byteCount) {
                partialCount = 0
                begin(header)
                return true
            }
        }
        return false
    }

    /// Takes as much of the payload as has come.
    mutating func takePayload(_ input: inout Bytes) -> Bytes {
        let piece = input.removePrefix(min(remaining, input.count))
        remaining &-= piece.count
        return piece
    }

    /// Unmasking goes on where the last piece of the payload ended.
    mutating func unmask(_ piece: RawSpan, into out: inout ByteWriter) {
        guard var key = header.key else { return out.append(piece) }
        out.append(piece, maskedBy: &key)
        header.key = key
    }

    private func read(_ span: RawSpan, _ byteCount: inout Int) throws(WebSocketError) -> FrameHeader? {
        try FrameHeader.read(
            span, isMasked: isMasked, allowsCompression: allowsCompression, byteCount: &byteCount)
    }

    private mutating func begin(_ header: FrameHeader) {
        self.header = header
        remaining = header.length
    }

    /// A header that is not whole has fewer bytes than the longest.
    private mutating func keep(_ input: inout Bytes) {
        for index in 0..<input.count { partial[index] = input[index] }
        partialCount = input.count
        input.removeFirst(input.count)
    }
}
