internal import Canonical

/// XSD's built-in simple types (XSD 1.0 part 2 §3), by local name.
enum BuiltInTypes {
    static func scalar(_ local: String) -> ScalarType? { types[local] }

    static let string = ScalarType(.string)

    private static let types: [String: ScalarType] = {
        var types = numbers
        types.merge(texts) { first, _ in first }
        types["boolean"] = ScalarType(.boolean)
        types["base64Binary"] = ScalarType(.bytes(.base64))
        types["hexBinary"] = ScalarType(.bytes(.hexadecimal))
        types["anyURI"] = ScalarType(.uri)
        types["QName"] = ScalarType(.qualifiedName)
        types["NOTATION"] = ScalarType(.qualifiedName)
        for kind: TemporalKind in [.dateTime, .date, .time, .duration, .gYear, .gYearMonth, .gMonth, .gMonthDay, .gDay]
        {
            types[kind.rawValue] = ScalarType(.temporal(kind))
        }
        // XSD 1.1, and what the drafts of 1.0 called them.
        types["dateTimeStamp"] = ScalarType(.temporal(.dateTime))
        types["timeInstant"] = ScalarType(.temporal(.dateTime))
        types["dayTimeDuration"] = ScalarType(.temporal(.duration))
        types["yearMonthDuration"] = ScalarType(.temporal(.duration))
        types["timeDuration"] = ScalarType(.temporal(.duration))
        types["uriReference"] = ScalarType(.uri)
        types["binary"] = ScalarType(.bytes(.base64))
        return types
    }()

    private static let numbers: [String: ScalarType] = [
        "byte": ScalarType(.int(bits: 8)), "short": ScalarType(.int(bits: 16)), "int": ScalarType(.int(bits: 32)),
        "long": ScalarType(.long), "unsignedByte": ScalarType(.unsigned(bits: 8)),
        "unsignedShort": ScalarType(.unsigned(bits: 16)), "unsignedInt": ScalarType(.unsigned(bits: 32)),
        "unsignedLong": ScalarType(.unsignedLong), "integer": ScalarType(.integer),
        "nonNegativeInteger": ScalarType(.integer, facets: bounded(minimum: "0")),
        "positiveInteger": ScalarType(.integer, facets: bounded(minimum: "1")),
        "nonPositiveInteger": ScalarType(.integer, facets: bounded(maximum: "0")),
        "negativeInteger": ScalarType(.integer, facets: bounded(maximum: "-1")),
        "decimal": ScalarType(.decimal), "float": ScalarType(.float(bits: 32)), "double": ScalarType(.float(bits: 64)),
    ]

    private static let texts: [String: ScalarType] = {
        var replaced = Facets()
        replaced.whitespace = .replace
        var several = Facets()
        several.minimumLength = 1
        let name = token(#"\i\c*"#)
        let nmtoken = token(#"\c+"#)
        let ncName = token(#"[\i-[:]][\c-[:]]*"#)
        return [
            "string": string, "anySimpleType": string, "anyAtomicType": string,
            "normalizedString": ScalarType(.string, facets: replaced),
            "CDATA": ScalarType(.string, facets: replaced), "token": token(nil),
            "language": token("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"), "Name": name, "NMTOKEN": nmtoken,
            "NCName": ncName, "ID": ncName, "IDREF": ncName, "ENTITY": ncName,
            "NMTOKENS": ScalarType(.list(of: nmtoken), facets: several),
            "IDREFS": ScalarType(.list(of: ncName), facets: several),
            "ENTITIES": ScalarType(.list(of: ncName), facets: several),
        ]
    }()

    private static func bounded(minimum: String? = nil, maximum: String? = nil) -> Facets {
        var facets = Facets()
        facets.minimum = minimum.map { Facets.Bound($0) }
        facets.maximum = maximum.map { Facets.Bound($0) }
        return facets
    }

    private static func token(_ pattern: String?) -> ScalarType {
        var facets = Facets()
        facets.whitespace = .collapse
        if let pattern, let matcher = try? PatternParser.compile(pattern) {
            facets.patterns = [Facets.Pattern(source: pattern, matcher: matcher)]
        }
        return ScalarType(.string, facets: facets)
    }
}
