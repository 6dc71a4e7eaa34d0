internal import Buffers

/// A place in a document for people: both numbers count from 1, columns count characters.
public struct XMLPosition: Hashable, Sendable {
    public var line = 1
    public var column = 1

    public init() {}

    /// Finds the place of byte `offset` of `document`; costs a walk up to there.
    public init(of offset: Int, in document: RawSpan) {
        advance(from: 0, to: offset, in: document)
    }

    /// Moves from byte `start`, where this position is, to byte `end`.
    mutating func advance(from start: Int, to end: Int, in document: RawSpan) {
        var index = start
        let end = min(end, document.byteCount)
        while index < end {
            let byte = document[index]
            if byte == UInt8(ascii: "\n") {
                line &+= 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column &+= 1
            }
            index &+= 1
        }
    }
}

extension XMLPosition: CustomStringConvertible {
    public var description: String { "\(line):\(column)" }
}
