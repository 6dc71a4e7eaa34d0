internal import Buffers
public import Canonical

/// Values that nobody wants, or that somebody else will read.
extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    /// Reads a value as strictly as any other and keeps nothing of it.
    public mutating func skipValue() throws(Failure) {
        switch peek {
        case UInt8(ascii: "\""):
            let start = unescaped.count
            _ = try readString()
            unescaped.removeSubrange(start...)
        case UInt8(ascii: "{"): try skipItems(until: UInt8(ascii: "}"))
        case UInt8(ascii: "["): try skipItems(until: UInt8(ascii: "]"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try readNumber()
        case UInt8(ascii: "t"): try readLiteral("true")
        case UInt8(ascii: "f"): try readLiteral("false")
        default: try readLiteral("null")
        }
    }

    private mutating func skipItems(until bracket: UInt8) throws(Failure) {
        try enter()
        index &+= 1
        skipSpace()
        if !skip(bracket) {
            repeat {
                if bracket == UInt8(ascii: "}") {
                    guard peek == UInt8(ascii: "\"") else { throw syntax("a string is expected") }
                    try skipValue()
                    try readColon()
                }
                try skipValue()
            } while try readSeparator(orEnd: bracket)
        }
        leave()
    }
}
