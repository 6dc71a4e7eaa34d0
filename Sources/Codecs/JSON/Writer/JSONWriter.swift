public import Buffers

/// Writes JSON by hand: problems, OpenAPI documents, whatever has no schema. Places the commas.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///     json.member("status", 404)
///     json.member("errors") { json in json.array { json in json.value("none") } }
/// }
/// let bytes = json.finish()
/// ```
/// Every name must be followed by one value; the writer does not check that.
public struct JSONWriter: ~Copyable {
    private var out: ByteWriter
    private var needsComma = false

    public init(capacity: Int = 256) {
        out = ByteWriter(capacity: capacity)
    }

    /// Writes behind what `writer` has already.
    public init(_ writer: consuming ByteWriter) {
        out = writer
    }

    /// What was written, as bytes; the writer is empty afterwards.
    public mutating func finish() -> Bytes {
        needsComma = false
        return out.finish()
    }

    // MARK: Structure

    public mutating func object<E: Error>(_ members: (inout JSONWriter) throws(E) -> Void) throws(E) {
        open(UInt8(ascii: "{"))
        try members(&self)
        close(UInt8(ascii: "}"))
    }

    public mutating func array<E: Error>(_ items: (inout JSONWriter) throws(E) -> Void) throws(E) {
        open(UInt8(ascii: "["))
        try items(&self)
        close(UInt8(ascii: "]"))
    }

    /// The name of the next value in an object.
    public mutating func name(_ name: String) {
        separate()
        out.append(json: name)
        out.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func member<E: Error>(
        _ name: String, _ value: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        self.name(name)
        try value(&self)
    }

    public mutating func member(_ name: String, _ value: String) {
        self.name(name)
        self.value(value)
    }

    public mutating func member(_ name: String, _ value: Int) {
        self.name(name)
        self.value(value)
    }

    public mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        self.value(value)
    }

    // MARK: Values

    public mutating func value(_ string: String) {
        separate()
        out.append(json: string)
    }

    public mutating func value(_ number: Int) {
        separate()
        out.append(decimal: number)
    }

    public mutating func value(_ boolean: Bool) {
        separate()
        out.append(json: boolean)
    }

    public mutating func null() {
        separate()
        out.append("null")
    }

    /// A string whose text is `text`, valid UTF-8.
    public mutating func string(_ text: RawSpan) {
        separate()
        out.append(json: text)
    }

    /// A number as it is written; the caller knows that `text` is a JSON number.
    public mutating func number(_ text: String) {
        separate()
        out.append(text)
    }

    /// A whole value that is JSON already.
    public mutating func raw(_ json: RawSpan) {
        separate()
        out.append(json)
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        out.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        out.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { out.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
