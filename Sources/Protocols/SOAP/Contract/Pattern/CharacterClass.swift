/// A set of characters as a pattern writes it (XSD 1.0 part 2 §F.1).
indirect enum CharacterClass: Sendable {
    case ranges([ClosedRange<UInt32>])
    /// Unicode general categories by their two-letter names.
    case category(Set<String>)
    case complement(CharacterClass)
    case union([CharacterClass])
    case difference(CharacterClass, CharacterClass)

    static func character(_ scalar: UInt32) -> CharacterClass { .ranges([scalar...scalar]) }

    func contains(_ scalar: UInt32) -> Bool {
        switch self {
        case .ranges(let ranges): ranges.contains { $0.contains(scalar) }
        case .category(let names):
            Unicode.Scalar(scalar).map { names.contains($0.properties.generalCategory.shortName) } ?? false
        case .complement(let other): !other.contains(scalar)
        case .union(let parts): parts.contains { $0.contains(scalar) }
        case .difference(let left, let right): left.contains(scalar) && !right.contains(scalar)
        }
    }
}

extension CharacterClass {
    /// `.`: anything but the ends of lines.
    static let anyInLine = CharacterClass.complement(.ranges([0x0A...0x0A, 0x0D...0x0D]))
    static let space = CharacterClass.ranges([0x09...0x0A, 0x0D...0x0D, 0x20...0x20])
    static let digit = CharacterClass.category(["Nd"])
    /// All but punctuation, separators and others.
    static let word = CharacterClass.complement(
        .category([
            "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
        ]))
    /// What begins a name (XML 1.0 fifth edition, NameStartChar).
    static let nameStart = CharacterClass.ranges([
        0x3A...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
        0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF,
        0xFDF0...0xFFFD, 0x10000...0xEFFFF,
    ])
    static let name = CharacterClass.union([
        nameStart, .ranges([0x2D...0x2E, 0x30...0x39, 0xB7...0xB7, 0x300...0x36F, 0x203F...0x2040]),
    ])

    /// What `\p{name}` stands for: a category, a group of them such as `L`, or a block such as `IsGreek`.
    static func property(_ name: String) -> CharacterClass? {
        if name.hasPrefix("Is") { return blocks[String(name.dropFirst(2))].map { .ranges([$0]) } }
        let all = Unicode.GeneralCategory.shortNames
        let named = all.filter { name.count == 1 ? $0.hasPrefix(name) : $0 == name }
        return named.isEmpty ? nil : .category(named)
    }

    /// The blocks that schemas name in practice (XSD 1.0 part 2 §F.1.1); others make a pattern unsupported.
    private static let blocks: [String: ClosedRange<UInt32>] = [
        "BasicLatin": 0x0000...0x007F, "Latin-1Supplement": 0x0080...0x00FF, "LatinExtended-A": 0x0100...0x017F,
        "LatinExtended-B": 0x0180...0x024F, "IPAExtensions": 0x0250...0x02AF,
        "SpacingModifierLetters": 0x02B0...0x02FF, "CombiningDiacriticalMarks": 0x0300...0x036F,
        "Greek": 0x0370...0x03FF, "Cyrillic": 0x0400...0x04FF, "Armenian": 0x0530...0x058F,
        "Hebrew": 0x0590...0x05FF, "Arabic": 0x0600...0x06FF, "Devanagari": 0x0900...0x097F,
        "Bengali": 0x0980...0x09FF, "Thai": 0x0E00...0x0E7F, "Georgian": 0x10A0...0x10FF,
        "HangulJamo": 0x1100...0x11FF, "LatinExtendedAdditional": 0x1E00...0x1EFF, "GreekExtended": 0x1F00...0x1FFF,
        "GeneralPunctuation": 0x2000...0x206F, "SuperscriptsandSubscripts": 0x2070...0x209F,
        "CurrencySymbols": 0x20A0...0x20CF, "LetterlikeSymbols": 0x2100...0x214F, "NumberForms": 0x2150...0x218F,
        "Arrows": 0x2190...0x21FF, "MathematicalOperators": 0x2200...0x22FF, "BoxDrawing": 0x2500...0x257F,
        "CJKSymbolsandPunctuation": 0x3000...0x303F, "Hiragana": 0x3040...0x309F, "Katakana": 0x30A0...0x30FF,
        "CJKUnifiedIdeographs": 0x4E00...0x9FFF, "HangulSyllables": 0xAC00...0xD7A3, "PrivateUse": 0xE000...0xF8FF,
        "HalfwidthandFullwidthForms": 0xFF00...0xFFEF, "Specials": 0xFFF0...0xFFFD,
    ]
}

extension Unicode.GeneralCategory {
    fileprivate static let shortNames: Set<String> = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
    ]

    fileprivate var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
