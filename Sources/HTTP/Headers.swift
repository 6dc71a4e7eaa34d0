public import Buffers

/// The fields of one message head, in order, with duplicates: one flat block of bytes plus an index, in one piece of memory.
///
/// Names are lower case. A block holds each field as `name: value\r\n`, so an HTTP/1 head is written by copying runs of it.
/// Well-known names carry a small id; looking one up compares ids, not text. No `String` per field.
///
/// A field that is no field cannot get in: every way to add one refuses names that are no token and values with control
/// characters. So whoever writes `Headers` to a wire cannot be made to write a line of somebody else's.
public struct Headers: Sendable {
    /// Where a field stands in the block; the index of these grows down from the end of the slab.
    struct Field {
        var offset: UInt32
        var valueLength: UInt32
        var nameLength: UInt16
        var name: HeaderName
        var isRemoved = false

        /// Bytes of `name: value\r\n`.
        var lineLength: Int { Int(nameLength) &+ 2 &+ Int(valueLength) &+ 2 }
        var valueOffset: Int { Int(offset) &+ Int(nameLength) &+ 2 }
    }

    /// Bytes of the memory that nearly every head has room in.
    public static let usualCapacity = 1024
    /// What `removeAll` keeps at most, so that one large head does not cost its memory for ever.
    private static let keptCapacity = 8 * 1024
    /// Vector stores may write this far behind the end of what they write.
    static let slack = 16
    /// Room that a line is given before its length is known, so that most need no more.
    static let lineRoom = 128
    /// As many lines are read in one go.
    static let burst = 16

    // The slab is written only while this value is its one owner (`reserve`), so copies are values.
    var slab: Slab?
    var used = 0
    private var fieldCount: Int32 = 0
    private var removedCount: Int32 = 0
    /// The bits of the ids that were ever appended (`HeaderNames`); a clear bit answers a lookup at once.
    private var present: UInt64 = 0

    public init() {}

    /// Empty, and with room in memory that nobody else refers to.
    public init(reusing slab: Slab) {
        self.slab = slab
    }

    /// Whether there is memory, empty as it may be.
    public var hasMemory: Bool { slab != nil }

    /// Gives up the memory, if there is any, and forgets all fields: for a pool.
    public mutating func removeSlab() -> Slab? {
        let taken = slab
        self = Headers()
        return taken
    }

    /// How many fields were ever appended, removed ones included; indices run below this.
    public var endIndex: Int { Int(fieldCount) }

    /// How many fields there are.
    public var count: Int { Int(fieldCount &- removedCount) }

    public var isEmpty: Bool { fieldCount == removedCount }

    /// Bytes of the block, removed fields included: what limits count.
    public var byteCount: Int { used }

    /// Forgets all fields and keeps the memory, unless it is shared or large.
    public mutating func removeAll() {
        if let slab, slab.capacity > Self.keptCapacity || !isKnownUniquelyReferenced(&self.slab) { self.slab = nil }
        used = 0
        fieldCount = 0
        removedCount = 0
        present = 0
    }

    // MARK: Looking up

    /// The first live field of `name` at or after `start`, as an index for `value(at:)`.
    public func firstIndex(of name: HeaderName, from start: Int = 0) -> Int? {
        guard present & name.bit != 0 else { return nil }
        var index = start
        while index < endIndex {
            let field = field(at: index)
            if field.name == name, !field.isRemoved { return index }
            index &+= 1
        }
        return nil
    }

    /// The first live field at or after `start` whose name is one of `names`.
    public func firstIndex(in names: HeaderNames, from start: Int = 0) -> Int? {
        guard present & names.bits != 0 else { return nil }
        var index = start
        while index < endIndex {
            // The id alone at first: most fields are none of these.
            if names.contains(id(at: index)), !isRemoved(at: index) { return index }
            index &+= 1
        }
        return nil
    }

    /// The first live field called `name` (lower case), known or not.
    public func firstIndex(ofText name: RawSpan, from start: Int = 0) -> Int? {
        var index = start
        while index < endIndex {
            if !isRemoved(at: index), self.name(at: index).equals(name) { return index }
            index &+= 1
        }
        return nil
    }

    public func contains(_ name: HeaderName) -> Bool { firstIndex(of: name) != nil }

    public func isRemoved(at index: Int) -> Bool { field(at: index).isRemoved }

    /// The id of the name of the field at `index`; `.other` when it is not a well-known one.
    public func id(at index: Int) -> HeaderName { field(at: index).name }

    /// The lower-case name of the field at `index`.
    @_lifetime(borrow self)
    public func name(at index: Int) -> RawSpan {
        let field = field(at: index)
        return bytes(at: Int(field.offset), Int(field.nameLength))
    }

    /// The value of the field at `index`, without surrounding blanks.
    @_lifetime(borrow self)
    public func value(at index: Int) -> RawSpan {
        let field = field(at: index)
        return bytes(at: field.valueOffset, Int(field.valueLength))
    }

    /// The field at `index` as it stands on an HTTP/1 wire, with its line end.
    @_lifetime(borrow self)
    public func line(at index: Int) -> RawSpan {
        let field = field(at: index)
        return bytes(at: Int(field.offset), field.lineLength)
    }

    /// The first value of `name` as text; for cold paths.
    public subscript(name: HeaderName) -> String? {
        firstIndex(of: name).map { String(decoding: value(at: $0)) }
    }

    /// The first value of `name` (lower case) as text; for cold paths.
    public subscript(name: String) -> String? {
        firstIndex(ofText: Array(name.utf8).span.bytes).map { String(decoding: value(at: $0)) }
    }

    // MARK: Removing

    public mutating func remove(at index: Int) {
        var field = field(at: index)
        guard !field.isRemoved else { return }
        field.isRemoved = true
        reserve(0)
        store(field, at: index)
        removedCount &+= 1
    }

    public mutating func remove(_ name: HeaderName) {
        var next = firstIndex(of: name)
        while let index = next {
            remove(at: index)
            next = firstIndex(of: name, from: index + 1)
        }
    }

    public mutating func remove(in names: HeaderNames) {
        var next = firstIndex(in: names)
        while let index = next {
            remove(at: index)
            next = firstIndex(in: names, from: index + 1)
        }
    }

    /// Removes the fields called `name` (lower case), known or not.
    public mutating func remove(text name: RawSpan) {
        var next = firstIndex(ofText: name)
        while let index = next {
            remove(at: index)
            next = firstIndex(ofText: name, from: index + 1)
        }
    }

    /// Takes the last field back as if it had never been appended.
    public mutating func removeLast() {
        precondition(fieldCount > 0)
        let field = field(at: endIndex &- 1)
        used = Int(field.offset)
        if field.isRemoved { removedCount &-= 1 }
        fieldCount &-= 1
    }

    // MARK: Writing

    /// Writes the live fields as HTTP/1 field lines, without the empty line that ends a head, and without those of the
    /// names in `excluded`.
    public func write(into out: inout ByteWriter, without excluded: HeaderNames = HeaderNames()) {
        var start = 0
        if removedCount > 0 || present & excluded.bits != 0 {
            for index in 0..<endIndex {
                let field = field(at: index)
                guard field.isRemoved || excluded.contains(field.name) else { continue }
                // Everything between two fields that are left out stands together in the block.
                let end = Int(field.offset)
                if end > start { out.append(bytes(at: start, end &- start)) }
                start = end &+ field.lineLength
            }
        }
        if used > start { out.append(bytes(at: start, used &- start)) }
    }

    /// Whether `value` may stand in a field: no control characters but tab (RFC 9110 §5.5).
    public static func isValidValue(_ value: RawSpan) -> Bool {
        var index = value.firstControl(from: 0)
        while index < value.byteCount {
            guard value[index] == 0x09 else { return false }
            index = value.firstControl(from: index &+ 1)
        }
        return true
    }

    // MARK: Memory

    @_lifetime(borrow self)
    private func bytes(at offset: Int, _ length: Int) -> RawSpan {
        guard let slab else { return RawSpan() }
        // `used` bounds every field: the index is written by `endField` alone.
        let span = RawSpan(_unsafeStart: UnsafeRawPointer(slab.base) + offset, byteCount: length)
        return _overrideLifetime(span, borrowing: self)
    }

    func field(at index: Int) -> Field {
        precondition(index >= 0 && index < endIndex)
        let slab = slab.unsafelyUnwrapped  // There is a slab as soon as there is a field.
        return slab.base.load(fromByteOffset: Self.place(of: index, in: slab.capacity), as: Field.self)
    }

    private mutating func store(_ field: Field, at index: Int) {
        let slab = slab.unsafelyUnwrapped
        slab.base.storeBytes(of: field, toByteOffset: Self.place(of: index, in: slab.capacity), as: Field.self)
    }

    private static func place(of index: Int, in capacity: Int) -> Int {
        capacity &- (index &+ 1) &* MemoryLayout<Field>.stride
    }

    /// Makes room for `extra` bytes (and a little slack) and more fields, in memory that nobody else sees.
    /// - Returns: The memory.
    @discardableResult
    mutating func reserve(_ extra: Int, fields: Int = 1) -> UnsafeMutableRawPointer {
        if isKnownUniquelyReferenced(&slab), let base = room(extra, fields: fields) { return base }
        return grow(to: need(extra, fields: fields))
    }

    /// The memory, if there is room for `extra` bytes and more fields.
    func room(_ extra: Int, fields: Int = 1) -> UnsafeMutableRawPointer? {
        guard let slab, slab.capacity >= need(extra, fields: fields) else { return nil }
        return slab.base
    }

    /// How many bytes of lines fit, slack apart, when so many fields shall fit too.
    func roomForLines(_ fields: Int) -> Int { (slab?.capacity ?? 0) &- need(0, fields: fields) }

    private func need(_ extra: Int, fields: Int) -> Int {
        used &+ extra &+ Self.slack &+ (endIndex &+ fields) &* MemoryLayout<Field>.stride
    }

    private mutating func grow(to need: Int) -> UnsafeMutableRawPointer {
        let old = slab
        let usual = old.map { $0.capacity < need ? $0.capacity * 2 : $0.capacity } ?? Self.usualCapacity
        let capacity = max(need, usual)
        let new = Slab(capacity: (capacity + 15) & ~15)
        if let old {
            let index = endIndex * MemoryLayout<Field>.stride
            // With what stands behind `used` already, of a field that is being added.
            new.base.copyMemory(from: old.base, byteCount: old.capacity - index)
            (new.base + new.capacity - index).copyMemory(from: old.base + old.capacity - index, byteCount: index)
        }
        slab = new
        return new.base
    }

    /// Whether a field of such lengths can be told of in the index. No message's line comes near, but nothing may wrap.
    func fitsIndex(nameLength: Int, valueLength: Int) -> Bool {
        nameLength <= UInt16.max && used &+ valueLength <= Int32.max
    }

    /// Ends a field whose name and value stand behind `used` already, and gives it its place in the index; the caller has
    /// seen to it that they fit the index (`fitsIndex`).
    @inline(__always)
    mutating func endField(_ name: HeaderName, nameLength: Int, valueLength: Int) {
        let field = Field(
            offset: UInt32(truncatingIfNeeded: used), valueLength: UInt32(truncatingIfNeeded: valueLength),
            nameLength: UInt16(truncatingIfNeeded: nameLength), name: name)
        used &+= field.lineLength
        fieldCount &+= 1
        present |= name.bit
        store(field, at: endIndex &- 1)
    }
}
