internal import Buffers

/// One simple type, compiled: reads lexical text into nodes, and says how nodes are written.
///
/// The rules of XSD 1.0 part 2 hold for every format: white space first, then the lexical space of the kind, then the
/// facets, exactly (no number passes through Double). What JSON cannot show as it stands is made canonical on the way
/// in: `+1` is 1, `.5` is 0.5, hexadecimal is upper-case, base64 loses its line breaks. All digits are kept.
public final class ScalarCoder: Sendable {
    enum Form: Sendable, Equatable {
        case string, uri, qualifiedName
        case boolean, integer, decimal, float
        case base64, hexadecimal
        case temporal(TemporalKind)
        case list, union
    }

    public let type: ScalarType
    /// The coder of a list's items or of a union's members.
    public let members: [ScalarCoder]
    let form: Form
    let whitespace: Facets.Whitespace
    let isLenient: Bool
    let minimum: NumberBound?
    let maximum: NumberBound?
    let earliest: TemporalBound?
    let latest: TemporalBound?
    let enumeration: ScalarEnumeration?
    /// Facets beyond the lexical space and the range; most types have none.
    public let hasFacets: Bool
    /// Text of up to so many bytes is a value as it stands, whatever it says; nil when that takes a closer look.
    public let easyTextLength: Int?
    /// Integers in this range are values when they are written without needless signs and zeros; nil when even that takes
    /// a closer look. For readers that know the number already.
    public let easyIntegers: ClosedRange<Int64>?
    /// The facets that are counts, at hand.
    let limits: ScalarLimits
    /// As `easyIntegers`, but the digits are to be counted.
    let easyRange: ClosedRange<Int64>?

    /// - Parameter isLenient: Takes what JSON's users write too: URL-safe and unpadded base64, decimals with exponents.
    public init(_ type: ScalarType, isLenient: Bool = false) {
        self.type = type
        self.isLenient = isLenient
        let form = Form(type.kind)
        self.form = form
        whitespace = type.facets.whitespace ?? (form == .string ? .preserve : .collapse)
        members =
            switch type.kind {
            case .list(let item): [ScalarCoder(item, isLenient: isLenient)]
            case .union(let types): types.map { ScalarCoder($0, isLenient: isLenient) }
            default: []
            }
        let bounds = ScalarCoder.bounds(type)
        minimum = bounds.minimum
        maximum = bounds.maximum
        let facets = type.facets
        earliest = TemporalBound(facets.minimum, type.kind)
        latest = TemporalBound(facets.maximum, type.kind)
        enumeration = facets.enumeration.map { ScalarEnumeration($0.map(\.literal), form) }
        limits = ScalarLimits(facets)
        let isChosen = facets.enumeration != nil || !facets.patterns.isEmpty
        hasFacets = isChosen || !limits.areOpen
        let isAnyText = form == .string && whitespace == .preserve && !isChosen && limits.least == 0
        easyTextLength = isAnyText ? limits.most : nil
        easyRange = isChosen ? nil : ScalarCoder.integers(form, minimum, maximum)
        easyIntegers = hasFacets ? nil : easyRange
    }

    /// Reads `text` as a value of this type and appends its node: a string, boolean, number, bytes or list.
    ///
    /// Text that needs no change stays where it is; what must change is made anew in the builder's side area.
    /// - Throws: The first rule that the value breaks; the builder then is as before, save for its side area.
    public func append(
        _ text: LexicalText, field: UInt16, to builder: inout DocumentBuilder
    ) throws(ScalarViolation) {
        switch form {
        case .integer, .decimal:
            if builder.withText(text, isEasyNumber) {
                builder.text(.number, text, flags: .isPlain, field: field)
            } else {
                let text = builder.trim(text)
                let isDecimal = isLenient && form == .decimal
                try appendAtom(isDecimal ? builder.withoutExponent(text) : text, field: field, to: &builder)
            }
        case .boolean, .float, .base64, .hexadecimal, .temporal:
            try appendAtom(builder.trim(text), field: field, to: &builder)
        case .string, .uri, .qualifiedName:
            let text = whitespace == .preserve ? text : builder.normalise(text, whitespace)
            try appendAtom(text, field: field, to: &builder)
        case .list: try appendList(text, field: field, to: &builder)
        case .union: try appendUnion(text, field: field, to: &builder)
        }
    }

    private func appendAtom(
        _ text: LexicalText, field: UInt16, to builder: inout DocumentBuilder
    ) throws(ScalarViolation) {
        let reading = try builder.withText(text) { span throws(ScalarViolation) in
            try read(span, isPlain: text.isPlain)
        }
        switch reading {
        case .boolean(let value): builder.boolean(value, field: field)
        case .text(let kind, let flags): builder.text(kind, text, flags: flags, field: field)
        case .number(let grammar): builder.number(grammar, written: text, field: field)
        case .base64: builder.base64(text, field: field)
        case .hexadecimal: builder.hexadecimal(text, field: field)
        }
    }

    private func appendList(
        _ text: LexicalText, field: UInt16, to builder: inout DocumentBuilder
    ) throws(ScalarViolation) {
        let text = builder.normalise(text, .collapse)
        let list = builder.openList(field: field)
        let side = builder.side.count
        do {
            var rest = text.range
            var count = 0
            while !rest.isEmpty {
                let end = builder.withText(text) { span in
                    span.firstIndex(of: 0x20, from: rest.lowerBound &- text.range.lowerBound)
                }
                let item = rest.lowerBound..<(end.map { $0 &+ text.range.lowerBound } ?? rest.upperBound)
                var piece = text
                piece.range = item
                try members[0].append(piece, field: Node.noField, to: &builder)
                count &+= 1
                rest = min(item.upperBound &+ 1, rest.upperBound)..<rest.upperBound
            }
            builder.close(list)
            if hasFacets { try builder.withText(text) { span throws(ScalarViolation) in try checkList(span, count) } }
        } catch {
            builder.rollBack(nodes: list, side: side)
            throw error
        }
    }

    private func appendUnion(
        _ text: LexicalText, field: UInt16, to builder: inout DocumentBuilder
    ) throws(ScalarViolation) {
        if hasFacets { try builder.withText(text) { span throws(ScalarViolation) in try checkText(span) } }
        for member in members where (try? member.append(text, field: field, to: &builder)) != nil { return }
        throw ScalarViolation(rule: .type, coder: self)
    }
}

extension ScalarCoder.Form {
    init(_ kind: ScalarKind) {
        self =
            switch kind {
            case .string: .string
            case .boolean: .boolean
            case .int, .unsigned, .long, .unsignedLong, .integer: .integer
            case .decimal: .decimal
            case .float: .float
            case .bytes(let form): form == .base64 ? .base64 : .hexadecimal
            case .temporal(let kind): .temporal(kind)
            case .uri: .uri
            case .qualifiedName: .qualifiedName
            case .list: .list
            case .union: .union
            }
    }
}

extension ScalarCoder {
    /// The integers within the bounds, as far as Int64 can tell.
    private static func integers(
        _ form: Form, _ minimum: NumberBound?, _ maximum: NumberBound?
    ) -> ClosedRange<Int64>? {
        guard form == .integer || form == .decimal || form == .float else { return nil }
        var range = Int64.min...Int64.max
        if let minimum {
            guard !minimum.isExclusive, let value = Int64(minimum.value) else { return nil }
            range = value...Int64.max
        }
        if let maximum {
            guard !maximum.isExclusive, let value = UInt64(maximum.value) else { return nil }
            let limit = Int64(clamping: value)
            guard range.lowerBound <= limit else { return nil }
            range = range.lowerBound...limit
        }
        return range
    }

    /// The narrower of the kind's own range and the facets'.
    private static func bounds(_ type: ScalarType) -> (minimum: NumberBound?, maximum: NumberBound?) {
        var minimum: NumberBound?
        var maximum: NumberBound?
        switch type.kind {
        case .int(let bits):
            let limit = Int64(1) << Int64(min(max(bits, 1), 63) - 1)
            minimum = NumberBound(String(-limit))
            maximum = NumberBound(String(limit - 1))
        case .unsigned(let bits):
            minimum = NumberBound("0")
            maximum = NumberBound(String((Int64(1) << Int64(min(max(bits, 1), 62))) - 1))
        case .long:
            minimum = NumberBound(String(Int64.min))
            maximum = NumberBound(String(Int64.max))
        case .unsignedLong:
            minimum = NumberBound("0")
            maximum = NumberBound(String(UInt64.max))
        case .integer, .decimal, .float: break
        case .string, .boolean, .bytes, .temporal, .uri, .qualifiedName, .list, .union: return (nil, nil)
        }
        if let facet = type.facets.minimum.flatMap({ NumberBound($0.value, isExclusive: $0.isExclusive) }),
            minimum.map({ facet.compare($0) >= 0 }) ?? true
        {
            minimum = facet
        }
        if let facet = type.facets.maximum.flatMap({ NumberBound($0.value, isExclusive: $0.isExclusive) }),
            maximum.map({ facet.compare($0) <= 0 }) ?? true
        {
            maximum = facet
        }
        return (minimum, maximum)
    }
}
