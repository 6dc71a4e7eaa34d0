internal import Buffers

/// The values allowed, compared as values: numbers by amount, everything else by its text.
struct ScalarEnumeration: Sendable {
    private let texts: NameTable
    private let numbers: [NumberBound]
    private let isBoolean: Bool
    private let isBytes: Bool
    private let isHexadecimal: Bool

    init(_ literals: [String], _ form: ScalarCoder.Form) {
        isBoolean = form == .boolean
        isHexadecimal = form == .hexadecimal
        isBytes = form == .base64 || form == .hexadecimal
        var texts: [[UInt8]] = []
        var numbers: [NumberBound] = []
        for literal in literals {
            switch form {
            case .integer, .decimal, .float:
                if let number = NumberBound(literal) {
                    numbers.append(number)
                } else {
                    texts.append(Array(literal.utf8))
                }
            case .base64: texts.append(literal.utf8.compactMap(Base64Text.canonical))
            case .hexadecimal: texts.append(literal.utf8.map { $0 &- 0x61 < 6 ? $0 &- 0x20 : $0 })
            default: texts.append(Array(literal.utf8))
            }
        }
        self.texts = NameTable(texts)
        self.numbers = numbers
    }

    func contains(_ text: RawSpan) -> Bool {
        if isBytes { return texts.index(of: canonical(text).span.bytes) != nil }
        if texts.index(of: text) != nil { return true }
        guard isBoolean else { return false }
        // `1` is `true`.
        let other: StaticString =
            text.equals("true") ? "1" : text.equals("1") ? "true" : text.equals("0") ? "false" : "0"
        return texts.index(of: RawSpan(_unsafeStart: other.utf8Start, byteCount: other.utf8CodeUnitCount)) != nil
    }

    func contains(_ number: NumberText, _ text: RawSpan) -> Bool {
        numbers.contains { $0.position(of: number, text) == 0 }
    }

    /// Bytes text as its canonical form has it.
    private func canonical(_ text: RawSpan) -> [UInt8] {
        (0..<text.byteCount).compactMap { index in
            guard let byte = Base64Text.canonical(text[index]) else { return nil }
            return isHexadecimal && byte >= UInt8(ascii: "a") ? byte &- 0x20 : byte
        }
    }
}
