internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// The short way from the wire: fields of simple values, which are most, written as they are read.
///
/// It knows no failure. A field that it cannot take as a whole is left where it was, and the reader finds out why.
extension JSONSink {
    mutating func takeFields(_ wire: inout WireReader, of message: MessagePlan, _ progress: inout FieldProgress) {
        while let (index, field) = progress.next(of: message, in: wire) {
            guard field.isBare, field.shape != .map, !progress.seen.contains(index) else { return }
            let start = wire.index
            wire.index &+= field.tag.length
            member(index, of: message)
            guard takeValues(&wire, field) else {
                wire.index = start
                return unwriteMember()
            }
            progress.seen.insert(index)
            progress.expected = index &+ 1
        }
    }

    @inline(__always)
    private mutating func takeValues(_ wire: inout WireReader, _ field: FieldPlan) -> Bool {
        do throws(WireError) {
            switch field.shape {
            case .single: return try takeValue(&wire, field)
            case .list: return try takeList(&wire, field)
            case .packed: return try takePacked(&wire, field)
            case .map: return false
            }
        } catch {
            return false
        }
    }

    @inline(__always)
    private mutating func takeValue(_ wire: inout WireReader, _ field: FieldPlan) throws(WireError) -> Bool {
        switch field.kind {
        case .text: return try takeText(&wire, field)
        case .integer: integer(try wire.integer(field.type), field, at: Node.noField)
        case .boolean: boolean(try wire.quickVarint() != 0, field, at: Node.noField)
        case .floating: floating(try wire.floating(field.type), field, at: Node.noField)
        case .enumeration:
            let number = Int32(truncatingIfNeeded: try wire.quickVarint())
            let type = plan.enums[field.index]
            guard !type.isClosed || type.isKnown(number) else { return false }
            enumeration(number, type, field, at: Node.noField)
        case .bytes: bytes(.elsewhere, wire.span.extracting(try wire.content()), field, at: Node.noField)
        case .message, .wellKnown: return false
        }
        return true
    }

    @inline(__always)
    private mutating func takeText(_ wire: inout WireReader, _ field: FieldPlan) throws(WireError) -> Bool {
        let length = try wire.quickVarint()
        guard length <= UInt64(wire.span.byteCount &- wire.index) else { return false }
        let start = wire.index
        wire.index &+= Int(truncatingIfNeeded: length)
        return omits(length == 0, field) || out.append(plain: start..<wire.index, of: wire.span)
    }

    private mutating func takeList(_ wire: inout WireReader, _ field: FieldPlan) throws(WireError) -> Bool {
        let start = openList(field)
        repeat {
            item()
            guard try takeValue(&wire, field) else { return false }
        } while wire.skip(field.tag)
        closeList(start, field)
        return !field.otherTag.isNext(in: wire.span, at: wire.index)
    }

    private mutating func takePacked(_ wire: inout WireReader, _ field: FieldPlan) throws(WireError) -> Bool {
        let start = openList(field)
        repeat {
            var items = WireReader(wire.span.extracting(try wire.content()))
            while !items.isAtEnd {
                item()
                guard try takeValue(&items, field) else { return false }
            }
        } while wire.skip(field.tag)
        closeList(start, field)
        return !field.otherTag.isNext(in: wire.span, at: wire.index)
    }
}

extension ByteWriter {
    /// Appends the text in `range` of `text` between quotes, if it is plain; says whether it is.
    @inline(__always)
    fileprivate mutating func append(plain range: Range<Int>, of text: RawSpan) -> Bool {
        append(UInt8(ascii: "\""))
        var index = range.lowerBound
        while index &+ 8 <= range.upperBound {
            let word = text.word(at: index)
            guard PlainText.specialOrWide(word) == 0 else { return false }
            append(word: word, length: 8)
            index &+= 8
        }
        // The rest, and the quote behind it; spaces stand for what is not looked at.
        let rest = range.upperBound &- index
        let shift = UInt64(truncatingIfNeeded: rest &* 8)
        let mask = UInt64.max &<< shift
        let word = text.word(from: index) & ~mask
        guard PlainText.specialOrWide(word | 0x2020_2020_2020_2020 & mask) == 0 else { return false }
        append(word: word | UInt64(UInt8(ascii: "\"")) &<< shift, length: rest &+ 1)
        return true
    }
}
