internal import Buffers

extension Headers {
    /// Adds the lines from `index` on for as long as they are as nearly all are: `Name: value` with nothing unusual in it.
    ///
    /// Every line is read once, and copied while it is searched. `appendLine` reads the others, and says what is wrong.
    ///
    /// - Parameter index: Moves behind the lines that were added.
    public mutating func appendPlainLines(
        of span: RawSpan, from index: inout Int, maximumCount: Int, maximumLineBytes: Int
    ) {
        let maximumLineBytes = min(maximumLineBytes, Int(UInt16.max))
        guard fitsIndex(nameLength: 0, valueLength: span.byteCount) else { return }
        while true {
            let burst = min(maximumCount &- endIndex, Self.burst)
            guard burst > 0 else { return }
            let base = reserve(Self.lineRoom, fields: burst)
            var lines = PlainLines(span, from: index, to: base + used, room: roomForLines(burst))
            for _ in 0..<burst {
                guard let name = lines.next(maximumBytes: maximumLineBytes) else {
                    index = lines.index
                    return
                }
                endField(name, nameLength: lines.nameLength, valueLength: lines.valueLength)
            }
            index = lines.index
        }
    }
}

/// Copies plain lines out of received bytes. A plain line is as long in the block as it was received.
private struct PlainLines: ~Escapable {
    private let span: RawSpan
    private(set) var index: Int
    private var line: UnsafeMutableRawPointer
    /// The last place where a block may begin: it is read up to the end of the span, and written up to the end of the room.
    private let limit: Int
    private(set) var nameLength = 0
    private(set) var valueLength = 0

    /// - Parameter room: How many bytes may be written from `target` on.
    @_lifetime(copy span)
    init(_ span: RawSpan, from index: Int, to target: UnsafeMutableRawPointer, room: Int) {
        self.span = span
        self.index = index
        line = target
        limit = min(span.byteCount, index &+ room) &- 16
    }

    /// Copies one line.
    /// - Returns: Its name, or nil when the next line is not plain, too long, or not whole.
    @inline(__always)
    mutating func next(maximumBytes: Int) -> HeaderName? {
        guard let colon = copyName(), isPlain(after: colon), let end = copyValue(from: colon &+ 2) else { return nil }
        guard end &- index < maximumBytes &- 1 else { return nil }
        line.storeBytes(of: 0x20, toByteOffset: colon &+ 1 &- index, as: UInt8.self)
        nameLength = colon &- index
        valueLength = end &- colon &- 2
        let text = RawSpan(_unsafeStart: UnsafeRawPointer(line), byteCount: nameLength)
        let name = HeaderName(matching: text)
        guard name != .other || text.isPlainName else { return nil }
        line += end &+ 2 &- index
        index = end &+ 2
        return name
    }

    /// Copies the name, in lower case, and what stands behind it in its last block.
    /// - Returns: The place of its colon.
    @inline(__always)
    private func copyName() -> Int? {
        var place = index
        while place <= limit {
            let block = load(place)
            line.storeBytes(of: RawSpan.lowercased(block), toByteOffset: place &- index, as: SIMD16<UInt8>.self)
            let lane = RawSpan.firstLane(RawSpan.equal(block, 0x3A) & ~block & 0x80)
            if lane < 16 { return place &+ lane }
            place &+= 16
        }
        return nil
    }

    /// Whether one blank stands behind `colon`, and behind it what is none.
    @inline(__always)
    private func isPlain(after colon: Int) -> Bool {
        colon &+ 2 < span.byteCount && byte(colon &+ 1) == 0x20 && byte(colon &+ 2) > 0x20
    }

    /// Copies the value, and what stands behind it in its last block.
    /// - Returns: The place of its CRLF.
    @inline(__always)
    private func copyValue(from start: Int) -> Int? {
        var place = start
        while true {
            if place > limit {
                // The last block overlaps what is copied already, if there is as much.
                guard limit >= start else { return copyLastValue(from: place) }
                guard place < limit &+ 16 else { return nil }
                place = limit
            }
            let block = load(place)
            line.storeBytes(of: block, toByteOffset: place &- index, as: SIMD16<UInt8>.self)
            let found = RawSpan.control(block)
            if !RawSpan.isZero(found) { return endOfValue(at: place &+ RawSpan.firstLane(found)) }
            place &+= 16
        }
    }

    /// Copies a short value, for whose block nothing is left behind the line.
    private func copyLastValue(from start: Int) -> Int? {
        var place = start
        while place < limit &+ 16 {
            let byte = byte(place)
            line.storeBytes(of: byte, toByteOffset: place &- index, as: UInt8.self)
            if byte < 0x20 || byte == 0x7F { return endOfValue(at: place) }
            place &+= 1
        }
        return nil
    }

    @inline(__always)
    private func endOfValue(at end: Int) -> Int? {
        guard end &+ 1 < span.byteCount, byte(end) == 0x0D, byte(end &+ 1) == 0x0A, byte(end &- 1) > 0x20 else {
            return nil
        }
        // The ends of name and line may lie between two blocks.
        line.storeBytes(of: 0x0A, toByteOffset: end &+ 1 &- index, as: UInt8.self)
        return end
    }

    // Every place below `span.byteCount`, and every block from a place up to `limit`, is inside the span.

    @inline(__always)
    private func byte(_ place: Int) -> UInt8 { span.unsafeLoad(fromUncheckedByteOffset: place, as: UInt8.self) }

    @inline(__always)
    private func load(_ place: Int) -> SIMD16<UInt8> {
        span.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: SIMD16<UInt8>.self)
    }
}

extension RawSpan {
    /// Whether the span is of small letters, digits and `-` alone. Reads up to fifteen bytes behind it: for a name in a block.
    @inline(__always)
    fileprivate var isPlainName: Bool {
        var index = 0
        while index < byteCount {
            let block = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
            let plain = Self.within(block, 0x61, 26) | Self.within(block, 0x30, 10) | Self.equal(block, 0x2D)
            let place = Self.firstLane(~(plain & ~block) & 0x80)
            if place < 16 { return index &+ place >= byteCount }
            index &+= 16
        }
        return byteCount > 0
    }
}
