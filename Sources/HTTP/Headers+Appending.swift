internal import Buffers

/// How fields get in. Every way refuses what is no field: nothing is added then, and the answer is false.
extension Headers {
    /// Adds a field; `name` may be in either case, blanks around `value` are left out.
    /// - Returns: False, and nothing is added, when `name` is no token or `value` holds a control character.
    @discardableResult
    public mutating func append(name: RawSpan, value: RawSpan) -> Bool {
        guard name.isToken, name.byteCount <= UInt16.max else { return false }
        let base = reserve(name.byteCount)
        Self.copyLowercased(name, to: base + used)
        return finish(HeaderName(matching: appended(name.byteCount)), nameLength: name.byteCount, value: value)
    }

    /// Adds a well-known field; `.other` has no name and is refused.
    @discardableResult
    public mutating func append(_ name: HeaderName, _ value: RawSpan) -> Bool {
        guard name != .other, Self.isValidValue(value) else { return false }
        appendChecked(name, value.trimmingOptionalWhitespace())
        return true
    }

    /// Adds a well-known field with a value that stands in the source: a right one, without blanks around it.
    public mutating func append(_ name: HeaderName, _ value: StaticString) {
        let value = RawSpan(_unsafeStart: value.utf8Start, byteCount: value.utf8CodeUnitCount)
        assert(name != .other && Self.isValidValue(value))
        appendChecked(name, value)
    }

    // Literals are for the one above.
    @_disfavoredOverload
    @discardableResult
    public mutating func append(_ name: HeaderName, _ value: String) -> Bool {
        append(name, Array(value.utf8).span.bytes)
    }

    @discardableResult
    public mutating func append(_ name: String, _ value: String) -> Bool {
        append(name: Array(name.utf8).span.bytes, value: Array(value.utf8).span.bytes)
    }

    /// Adds a field whose name must be in lower case already, as HTTP/2 has it (RFC 9113 §8.2).
    ///
    /// - Parameter id: `HeaderName(matching: name)`.
    /// - Throws: `emptyName`, `invalidName` (no token, or a capital in it) or `controlCharacter`; nothing is added then.
    public mutating func appendLowercase(_ id: HeaderName, name: RawSpan, value: RawSpan) throws(FieldLineError) {
        // The well-known names are lower-case tokens; others have yet to show it.
        if id == .other {
            guard name.byteCount > 0 else { throw .emptyName }
            guard name.isToken, !name.hasCapital, name.byteCount <= UInt16.max else { throw .invalidName }
        }
        guard Self.isValidValue(value) else { throw .controlCharacter }
        let base = reserve(name.byteCount &+ Self.lineRoom)
        Self.copy(name, to: base + used)
        appendChecked(id, nameLength: name.byteCount, value: value)
    }

    /// Adds the fields of `other` that `isIncluded` (called with its index) keeps.
    public mutating func append(contentsOf other: borrowing Headers, where isIncluded: (Int) -> Bool) {
        for index in 0..<other.endIndex where !other.isRemoved(at: index) && isIncluded(index) {
            let field = other.field(at: index)
            precondition(fitsIndex(nameLength: Int(field.nameLength), valueLength: Int(field.valueLength)))
            let base = reserve(field.lineLength)
            Self.copy(other.line(at: index), to: base + used)
            endField(field.name, nameLength: Int(field.nameLength), valueLength: Int(field.valueLength))
        }
    }

    /// Replaces every field of `name` by one.
    @discardableResult
    public mutating func set(_ name: HeaderName, _ value: RawSpan) -> Bool {
        remove(name)
        return append(name, value)
    }

    /// Replaces every field of `name` by one.
    @discardableResult
    public mutating func set(_ name: HeaderName, _ value: String) -> Bool {
        remove(name)
        return append(name, value)
    }

    /// Adds the value to a name that stands behind `used` already.
    private mutating func finish(_ name: HeaderName, nameLength: Int, value: RawSpan) -> Bool {
        guard Self.isValidValue(value) else { return false }
        appendChecked(name, nameLength: nameLength, value: value.trimmingOptionalWhitespace())
        return true
    }

    /// Adds a well-known field with a value that is known to be one.
    private mutating func appendChecked(_ name: HeaderName, _ value: RawSpan) {
        let text = name.text
        let line = reserve(text.utf8CodeUnitCount &+ value.byteCount &+ 4) + used
        line.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        endLine(at: line, name, nameLength: text.utf8CodeUnitCount, value: value)
    }

    /// Adds a value that is known to be one to a name that stands behind `used` already.
    mutating func appendChecked(_ name: HeaderName, nameLength: Int, value: RawSpan) {
        let length = nameLength &+ value.byteCount &+ 4
        // Whoever staged the name is the memory's one owner already.
        endLine(at: (room(length) ?? reserve(length)) + used, name, nameLength: nameLength, value: value)
    }

    /// Writes what follows the name in a line that has room at `line`.
    @inline(__always)
    private mutating func endLine(
        at line: UnsafeMutableRawPointer, _ name: HeaderName, nameLength: Int, value: RawSpan
    ) {
        precondition(fitsIndex(nameLength: nameLength, valueLength: value.byteCount))
        let rest = line + nameLength
        rest.storeBytes(of: UInt16(littleEndian: 0x203A), as: UInt16.self)
        Self.copy(value, to: rest + 2)
        (rest + (2 &+ value.byteCount)).storeBytes(of: UInt16(littleEndian: 0x0A0D), as: UInt16.self)
        endField(name, nameLength: nameLength, valueLength: value.byteCount)
    }

    /// The `length` bytes behind `used`, where a name was just written.
    @_lifetime(borrow self)
    func appended(_ length: Int) -> RawSpan {
        let span = RawSpan(_unsafeStart: UnsafeRawPointer(slab.unsafelyUnwrapped.base) + used, byteCount: length)
        return _overrideLifetime(span, borrowing: self)
    }

    private static func copy(_ source: RawSpan, to target: UnsafeMutableRawPointer) {
        source.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { target.copyMemory(from: base, byteCount: bytes.count) }
        }
    }

    /// Writes `name` in lower case and up to `slack` bytes of anything behind it.
    static func copyLowercased(_ name: RawSpan, to target: UnsafeMutableRawPointer) {
        var index = 0
        while index &+ 16 <= name.byteCount {
            let block = name.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
            target.storeBytes(of: RawSpan.lowercased(block), toByteOffset: index, as: SIMD16<UInt8>.self)
            index &+= 16
        }
        while index < name.byteCount {
            target.storeBytes(of: ASCII.lowercased(name[index]), toByteOffset: index, as: UInt8.self)
            index &+= 1
        }
    }
}
