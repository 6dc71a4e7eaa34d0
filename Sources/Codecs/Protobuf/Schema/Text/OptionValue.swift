/// An option as the file says it, before it is known what it means.
struct UninterpretedOption: Sendable {
    struct Part: Sendable {
        /// Without the parentheses of extensions.
        let name: String
        let isExtension: Bool
        let place: Range<Int>
    }

    var name: [Part]
    var value: OptionValue
    /// The whole name.
    var place: Range<Int> { (name.first?.place.lowerBound ?? 0)..<(name.last?.place.upperBound ?? 0) }

    /// The name as it is written.
    var text: String {
        name.map { $0.isExtension ? "(\($0.name))" : $0.name }.joined(separator: ".")
    }

    /// Whether it needs extensions of options.
    var isCustom: Bool { name.contains(where: \.isExtension) }

    func isNamed(_ word: String) -> Bool {
        name.count == 1 && !name[0].isExtension && name[0].name == word
    }
}

/// A value in an option, or in a message in text format.
struct OptionValue: Sendable {
    enum Content: Sendable {
        case identifier(String)
        /// An integer's amount and sign.
        case integer(UInt64, isNegative: Bool)
        case float(Double)
        case string([UInt8])
        case message([TextField])
    }

    var content: Content
    var place: Range<Int>
}

/// A field of a message in text format with the values that stand behind it.
///
/// Source: protobuf.dev, "Text Format Language Specification".
struct TextField: Sendable {
    enum Name: Sendable {
        case field(String)
        /// `[full.name]`
        case `extension`(String)
        /// `[host/full.name]`: the content of an `Any`.
        case any(host: String, type: String)
    }

    var name: Name
    var place: Range<Int>
    var values: [OptionValue]
    /// The values stood between brackets.
    var isList: Bool
}
