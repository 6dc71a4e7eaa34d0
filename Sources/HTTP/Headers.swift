public import Buffers

/// The fields of one message head, in order, with duplicates: one flat block of bytes plus an index.
///
/// Names are lower case. A block holds each field as `name: value\r\n`, so an HTTP/1 head is written by copying runs of it.
/// Well-known names carry a small id; looking one up compares ids, not text. No `String` per field.
/// Values are bytes; whoever adds a field from outside has checked that it holds no CR, LF or NUL (`isValidValue`).
public struct Headers: Sendable {
    struct Field {
        var offset: UInt32
        var valueLength: UInt32
        var nameLength: UInt16
        var name: HeaderName
        var isRemoved = false
    }

    private var block: [UInt8] = []
    private var fields: [Field] = []

    public init() {}

    /// How many fields were ever appended, removed ones included; indices run below this.
    public var endIndex: Int { fields.count }

    /// How many fields there are.
    public var count: Int { fields.reduce(0) { $0 + ($1.isRemoved ? 0 : 1) } }

    /// Bytes of the block, removed fields included: what limits count.
    public var byteCount: Int { block.count }

    /// Forgets all fields and keeps the memory.
    public mutating func removeAll() {
        block.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    // MARK: Adding

    /// Adds a field; `name` may be in either case.
    public mutating func append(name: RawSpan, value: RawSpan) {
        let start = beginField()
        for index in 0..<name.byteCount { block.append(ASCII.lowercased(name[index])) }
        let known = HeaderName(matching: block.span.bytes.extracting(start..<block.count))
        endField(start: start, nameLength: name.byteCount, name: known, value: value)
    }

    public mutating func append(_ name: HeaderName, _ value: RawSpan) {
        let start = beginField()
        appendText(name.text)
        endField(start: start, nameLength: name.text.utf8CodeUnitCount, name: name, value: value)
    }

    public mutating func append(_ name: HeaderName, _ value: StaticString) {
        append(name, RawSpan(_unsafeStart: value.utf8Start, byteCount: value.utf8CodeUnitCount))
    }

    public mutating func append(_ name: HeaderName, _ value: String) {
        append(name, Array(value.utf8).span.bytes)
    }

    public mutating func append(_ name: String, _ value: String) {
        append(name: Array(name.utf8).span.bytes, value: Array(value.utf8).span.bytes)
    }

    /// Adds the fields of `other` that `isIncluded` (called with its index) keeps.
    public mutating func append(contentsOf other: borrowing Headers, where isIncluded: (Int) -> Bool) {
        for index in 0..<other.endIndex where !other.fields[index].isRemoved && isIncluded(index) {
            var field = other.fields[index]
            let start = Int(field.offset)
            let length = Int(field.nameLength) + 2 + Int(field.valueLength) + 2
            field.offset = UInt32(truncatingIfNeeded: block.count)
            block.append(contentsOf: other.block[start..<start + length])
            fields.append(field)
        }
    }

    // MARK: Looking up

    /// The first live field of `name` at or after `start`, as an index for `value(at:)`.
    public func firstIndex(of name: HeaderName, from start: Int = 0) -> Int? {
        var index = start
        while index < fields.count {
            let field = fields[index]
            if field.name == name, !field.isRemoved { return index }
            index &+= 1
        }
        return nil
    }

    /// The first live field called `name` (lower case), known or not.
    public func firstIndex(ofText name: RawSpan, from start: Int = 0) -> Int? {
        var index = start
        while index < fields.count {
            if !fields[index].isRemoved, self.name(at: index).equals(name) { return index }
            index &+= 1
        }
        return nil
    }

    public func contains(_ name: HeaderName) -> Bool { firstIndex(of: name) != nil }

    public func isRemoved(at index: Int) -> Bool { fields[index].isRemoved }

    /// The id of the name of the field at `index`; `.other` when it is not a well-known one.
    public func id(at index: Int) -> HeaderName { fields[index].name }

    /// The lower-case name of the field at `index`.
    @_lifetime(borrow self)
    public func name(at index: Int) -> RawSpan {
        let field = fields[index]
        let start = Int(field.offset)
        return block.span.bytes.extracting(start..<start &+ Int(field.nameLength))
    }

    /// The value of the field at `index`, without surrounding blanks.
    @_lifetime(borrow self)
    public func value(at index: Int) -> RawSpan {
        let field = fields[index]
        let start = Int(field.offset) &+ Int(field.nameLength) &+ 2
        return block.span.bytes.extracting(start..<start &+ Int(field.valueLength))
    }

    /// The field at `index` as it stands on an HTTP/1 wire, with its line end.
    @_lifetime(borrow self)
    public func line(at index: Int) -> RawSpan {
        let field = fields[index]
        let start = Int(field.offset)
        let length = Int(field.nameLength) &+ 2 &+ Int(field.valueLength) &+ 2
        return block.span.bytes.extracting(start..<start &+ length)
    }

    /// The first value of `name` as text; for cold paths.
    public subscript(name: HeaderName) -> String? {
        firstIndex(of: name).map { String(decoding: value(at: $0)) }
    }

    /// The first value of `name` (lower case) as text; for cold paths.
    public subscript(name: String) -> String? {
        firstIndex(ofText: Array(name.utf8).span.bytes).map { String(decoding: value(at: $0)) }
    }

    // MARK: Removing and replacing

    public mutating func remove(at index: Int) {
        fields[index].isRemoved = true
    }

    public mutating func remove(_ name: HeaderName) {
        for index in fields.indices where fields[index].name == name { fields[index].isRemoved = true }
    }

    /// Removes the fields called `name` (lower case), known or not.
    public mutating func remove(text name: RawSpan) {
        for index in fields.indices where self.name(at: index).equals(name) { fields[index].isRemoved = true }
    }

    /// Replaces every field of `name` by one.
    public mutating func set(_ name: HeaderName, _ value: RawSpan) {
        remove(name)
        append(name, value)
    }

    /// Replaces every field of `name` by one.
    public mutating func set(_ name: HeaderName, _ value: String) {
        remove(name)
        append(name, value)
    }

    // MARK: Writing

    /// Writes the live fields as HTTP/1 field lines, without the empty line that ends a head.
    public func write(into out: inout ByteWriter) {
        var start = 0
        for field in fields where field.isRemoved {
            // Everything between two removed fields stands together in the block.
            let end = Int(field.offset)
            if end > start { out.append(block.span.bytes.extracting(start..<end)) }
            start = end &+ Int(field.nameLength) &+ 2 &+ Int(field.valueLength) &+ 2
        }
        if block.count > start { out.append(block.span.bytes.extracting(start..<block.count)) }
    }

    /// Whether `value` may stand in a field: no control characters but tab (RFC 9110 §5.5).
    public static func isValidValue(_ value: RawSpan) -> Bool {
        for index in 0..<value.byteCount {
            let byte = value[index]
            if byte < 0x20 && byte != 0x09 || byte == 0x7F { return false }
        }
        return true
    }

    private mutating func beginField() -> Int { block.count }

    private mutating func endField(start: Int, nameLength: Int, name: HeaderName, value: RawSpan) {
        precondition(nameLength <= UInt16.max && block.count <= UInt32.max - 8 && value.byteCount <= Int32.max)
        block.append(0x3A)
        block.append(0x20)
        value.withUnsafeBytes { block.append(contentsOf: $0) }
        block.append(0x0D)
        block.append(0x0A)
        fields.append(
            Field(
                offset: UInt32(truncatingIfNeeded: start), valueLength: UInt32(truncatingIfNeeded: value.byteCount),
                nameLength: UInt16(truncatingIfNeeded: nameLength), name: name))
    }

    private mutating func appendText(_ text: StaticString) {
        text.withUTF8Buffer { block.append(contentsOf: $0) }
    }
}
