public import Buffers

/// Finds out which encoding a document is in and makes it UTF-8, which is all that `XMLTokenizer` reads.
///
/// A byte order mark decides, then the charset of the Content-Type, then the XML declaration, then it is UTF-8
/// (RFC 7303 §3, XML 1.0 appendix F). UTF-8 and ASCII come back as the same bytes. No result is larger than three times
/// its source.
public enum XMLCharset {
    /// - Parameter charset: The charset parameter of the Content-Type without quotes; empty when there is none.
    /// - Returns: The document in UTF-8 without byte order mark. Whether it is well-formed UTF-8 is for the tokenizer
    ///   to check.
    /// - Throws: `XMLError` "xml.charset" for an unknown charset, "xml.encoding" when the bytes are not in theirs.
    public static func utf8(_ source: Bytes, charset: RawSpan = RawSpan()) throws(XMLError) -> Bytes {
        let encoding = try encoding(of: source.span, charset: charset)
        switch encoding {
        case .utf8: return source.span.begins("\u{FEFF}", at: 0) ? source[3..<source.count] : source
        case .utf16LittleEndian, .utf16BigEndian:
            return try UTF16Decoder.utf8(source.span, isBigEndian: encoding == .utf16BigEndian)
        case .ascii:
            if let place = source.span.firstBeyondASCII { throw XMLError(.encoding, at: place) }
            return source
        case .latin1:
            return source.span.firstBeyondASCII == nil ? source : latin1(source.span)
        case .table(let table):
            return source.span.firstBeyondASCII == nil ? source : try decode(source.span, by: table)
        }
    }

    private static func encoding(of source: RawSpan, charset: RawSpan) throws(XMLError) -> Encoding {
        switch (source.peek(0), source.peek(1), source.peek(2), source.peek(3)) {
        case (0xEF, 0xBB, 0xBF, _): return .utf8
        case (0xFF, 0xFE, 0, 0) where source.byteCount > 3: throw XMLError(.charset, at: 0)
        case (0xFF, 0xFE, _, _): return .utf16LittleEndian
        case (0xFE, 0xFF, _, _): return .utf16BigEndian
        default: break
        }
        let looksLittleEndian = source.peek(0) != 0 && source.byteCount > 1 && source.peek(1) == 0
        let looksBigEndian = source.byteCount > 1 && source.peek(0) == 0 && source.peek(1) != 0
        if charset.byteCount > 0 {
            guard let named = Encoding(named: charset, isLittleEndian: looksLittleEndian) else {
                throw XMLError(.charset, at: 0)
            }
            return named
        }
        if looksLittleEndian { return .utf16LittleEndian }
        if looksBigEndian { return .utf16BigEndian }
        let declared = declaredEncoding(source)
        if declared.isEmpty { return .utf8 }
        guard let named = Encoding(named: source.extracting(declared), isLittleEndian: false) else {
            throw XMLError(.charset, at: declared.lowerBound)
        }
        // Its declaration could be read byte by byte, so it is not what it says.
        if named.isUTF16 { throw XMLError(.encoding, at: declared.lowerBound) }
        return named
    }

    /// Where the XML declaration says the encoding, or an empty range. What is wrong there the tokenizer will find.
    private static func declaredEncoding(_ source: RawSpan) -> Range<Int> {
        guard source.begins("<?xml", at: 0), let end = source.firstIndex(of: UInt8(ascii: ">"), from: 5) else {
            return 0..<0
        }
        var place = 5
        while place < end, !source.begins("encoding", at: place) { place &+= 1 }
        place = source.endOfWhitespace(from: place &+ 8)
        guard source.peek(place) == UInt8(ascii: "=") else { return 0..<0 }
        place = source.endOfWhitespace(from: place &+ 1)
        let quote = source.peek(place)
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), place < end,
            let close = source.firstIndex(of: quote, from: place &+ 1), close < end
        else { return 0..<0 }
        return place &+ 1..<close
    }

    private static func latin1(_ source: RawSpan) -> Bytes {
        var out = ByteWriter(capacity: source.byteCount &+ source.byteCount / 8)
        for index in 0..<source.byteCount { out.append(scalar: UInt32(source[index])) }
        return out.finish()
    }

    private static func decode(_ source: RawSpan, by table: [UInt16]) throws(XMLError) -> Bytes {
        var out = ByteWriter(capacity: source.byteCount &+ source.byteCount / 8)
        for index in 0..<source.byteCount {
            let byte = source[index]
            let scalar = byte < 0x80 ? UInt16(byte) : table[Int(byte &- 0x80)]
            if scalar == 0 { throw XMLError(byte == 0 ? .character : .encoding, at: index) }
            out.append(scalar: UInt32(scalar))
        }
        return out.finish()
    }
}

extension XMLCharset {
    /// The encodings that are read.
    private enum Encoding: Equatable {
        case utf8, utf16LittleEndian, utf16BigEndian, ascii, latin1
        case table([UInt16])

        var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

        /// By the names and aliases registered at the IANA that are met in practice; without a byte order "UTF-16" is
        /// what the first characters look like, else big-endian (RFC 2781 §4.3).
        init?(named name: RawSpan, isLittleEndian: Bool) {
            func named(_ names: StaticString...) -> Bool {
                for candidate in names where name.equalsIgnoringCase(candidate) { return true }
                return false
            }
            if named("utf-8", "utf8") {
                self = .utf8
            } else if named("utf-16") {
                self = isLittleEndian ? .utf16LittleEndian : .utf16BigEndian
            } else if named("utf-16le") {
                self = .utf16LittleEndian
            } else if named("utf-16be") {
                self = .utf16BigEndian
            } else if named("us-ascii", "ascii") {
                self = .ascii
            } else if named("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1") {
                self = .latin1
            } else if let table = Self.table(named: name) {
                self = .table(table)
            } else {
                return nil
            }
        }

        private static func table(named name: RawSpan) -> [UInt16]? {
            if name.equalsIgnoringCase("iso-8859-2") { return SingleByteTable.latin2 }
            if name.equalsIgnoringCase("iso-8859-15") { return SingleByteTable.latin9 }
            let number = name.byteCount > 4 ? name.extracting((name.byteCount &- 4)...) : RawSpan()
            let family = name.extracting(0..<(name.byteCount &- number.byteCount))
            guard family.equalsIgnoringCase("windows-") || family.equalsIgnoringCase("cp") else { return nil }
            let tables: [(StaticString, [UInt16])] = [
                ("1250", SingleByteTable.windows1250), ("1251", SingleByteTable.windows1251),
                ("1252", SingleByteTable.windows1252), ("1253", SingleByteTable.windows1253),
                ("1254", SingleByteTable.windows1254), ("1255", SingleByteTable.windows1255),
                ("1256", SingleByteTable.windows1256), ("1257", SingleByteTable.windows1257),
                ("1258", SingleByteTable.windows1258),
            ]
            for (known, table) in tables where number.equals(known) { return table }
            return nil
        }
    }
}

extension RawSpan {
    /// The first byte past ASCII, or nil.
    fileprivate var firstBeyondASCII: Int? {
        var index = 0
        while index &+ 8 <= byteCount {
            let marks = word(at: index) & 0x8080_8080_8080_8080
            if marks != 0 { return index &+ marks.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < byteCount {
            if self[index] >= 0x80 { return index }
            index &+= 1
        }
        return nil
    }
}
