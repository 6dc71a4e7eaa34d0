public import Buffers

/// The options of an element: a message of `google/protobuf/descriptor.proto` such as `FieldOptions`, as bytes, so that
/// options which nobody here knows are kept as they are. Read at load, not per message.
public struct DescriptorOptions: Sendable, Equatable {
    /// The encoded message; nil where the element has no options at all.
    public var encoded: Bytes?
    /// What the file says, until it is interpreted.
    var uninterpreted: [UninterpretedOption] = []

    public init(_ encoded: Bytes? = nil) {
        self.encoded = encoded
    }

    public static func == (left: DescriptorOptions, right: DescriptorOptions) -> Bool {
        left.encoded == right.encoded
    }

    /// The last value of the varint field `number`.
    public func integer(_ number: Int) -> Int64? {
        var found: Int64?
        forEach(number) { tag, reader throws(WireError) in
            if tag.type == .varint { found = Int64(bitPattern: try reader.varint()) } else { try reader.skip(tag) }
        }
        return found
    }

    public func boolean(_ number: Int) -> Bool? {
        integer(number).map { $0 != 0 }
    }

    /// The last value of the string field `number`.
    public func string(_ number: Int) -> String? {
        contents(number).last.map { String($0) }
    }

    /// The values of the repeated message, string or bytes field `number`.
    public func contents(_ number: Int) -> [Bytes] {
        guard let encoded else { return [] }
        var found: [Bytes] = []
        forEach(number) { tag, reader throws(WireError) in
            switch tag.type {
            case .lengthDelimited: found.append(encoded[try reader.content()])
            case .startGroup: found.append(encoded[try reader.group(tag.number)])
            default: try reader.skip(tag)
            }
        }
        return found
    }

    /// The singular message field `number`; what stands in several pieces is one message.
    public func message(_ number: Int) -> DescriptorOptions? {
        let pieces = contents(number)
        guard let first = pieces.first else { return nil }
        guard pieces.count > 1 else { return DescriptorOptions(first) }
        var whole = ByteWriter()
        for piece in pieces { whole.append(piece) }
        return DescriptorOptions(whole.finish())
    }

    /// Calls `body` at the value of every field `number`; ends where the bytes are no message any more.
    private func forEach(_ number: Int, _ body: (WireTag, inout WireReader) throws(WireError) -> Void) {
        guard let encoded else { return }
        var reader = WireReader(encoded.span)
        do throws(WireError) {
            while let tag = try reader.tag() {
                if tag.number == number { try body(tag, &reader) } else { try reader.skip(tag) }
            }
        } catch {
            return
        }
    }
}
