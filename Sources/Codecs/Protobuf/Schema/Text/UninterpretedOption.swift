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

    var isTrue: Bool {
        if case .identifier("true") = value.content { true } else { false }
    }
}
