internal import Canonical

/// The simple types of XML Schema itself, for `xsi:type` on values whose declaration leaves the type open.
enum BuiltInTypes {
    static let namespace = "http://www.w3.org/2001/XMLSchema"

    static var all: [(name: String, type: ScalarType)] {
        kinds.map { name, kind in (name, ScalarType(kind, name: name)) } + strings
    }

    private static let kinds: [(String, ScalarKind)] = [
        ("string", .string), ("anySimpleType", .string), ("boolean", .boolean), ("decimal", .decimal),
        ("integer", .integer), ("long", .long), ("int", .int(bits: 32)), ("short", .int(bits: 16)),
        ("byte", .int(bits: 8)), ("unsignedLong", .unsignedLong), ("unsignedInt", .unsigned(bits: 32)),
        ("unsignedShort", .unsigned(bits: 16)), ("unsignedByte", .unsigned(bits: 8)), ("float", .float(bits: 32)),
        ("double", .float(bits: 64)), ("base64Binary", .bytes(.base64)), ("hexBinary", .bytes(.hexadecimal)),
        ("anyURI", .uri), ("QName", .qualifiedName), ("dateTime", .temporal(.dateTime)), ("date", .temporal(.date)),
        ("time", .temporal(.time)), ("duration", .temporal(.duration)), ("gYear", .temporal(.gYear)),
        ("gYearMonth", .temporal(.gYearMonth)), ("gMonth", .temporal(.gMonth)), ("gMonthDay", .temporal(.gMonthDay)),
        ("gDay", .temporal(.gDay)),
    ]

    private static var strings: [(name: String, type: ScalarType)] {
        var collapsed = Facets()
        collapsed.whitespace = .collapse
        var replaced = Facets()
        replaced.whitespace = .replace
        let names = ["token", "language", "NMTOKEN", "Name", "NCName", "ID", "IDREF", "ENTITY"]
        return names.map { ($0, ScalarType(.string, name: $0, facets: collapsed)) }
            + [("normalizedString", ScalarType(.string, name: "normalizedString", facets: replaced))]
    }
}
