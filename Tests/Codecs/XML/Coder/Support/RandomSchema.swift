import Canonical
import XMLCodec

/// A schema made by dice, and values that belong to it.
struct RandomSchema {
    let codec: Codec
    private let root: MessageID
    private var dice: Dice

    private static let scalars: [ValueType] = [.text, .int, .decimal, .boolean, .name, .date, .token]
    private static let words = [
        "a", "", " b ", "<&>", "\"'", "line\nfeed", "tab\t", "return\r", "é日本\u{10FFFD}", "]]>", "x y", "0", "-",
    ]

    init(seed: Int, options: XMLOptions = .request) {
        var dice = Dice(seed)
        var builder = Schema.Builder()
        var types: [MessageID] = []
        for number in 0..<(2 + dice.roll(4)) { types.append(RandomSchema.type(number, types, &builder, &dice)) }
        root = types[types.count - 1]
        codec = Codec(builder.build(), .message(root), options: options, isNillable: dice.chance(20))
        self.dice = dice
    }

    // MARK: Types

    private static func type(
        _ number: Int, _ known: [MessageID], _ builder: inout Schema.Builder, _ dice: inout Dice
    ) -> MessageID {
        var fields: [Field] = []
        for place in 0..<dice.roll(4) { fields.append(.attribute("a\(place)", dice.pick(scalars))) }
        if dice.chance(15) { fields.append(.attributeWildcard(.other(than: tns))) }
        if dice.chance(15) { return builder.add(.named("T\(number)", fields + [.content(dice.pick(scalars))])) }
        for place in 0..<(1 + dice.roll(6)) { fields.append(field("e\(number)_\(place)", known, &builder, &dice)) }
        if dice.chance(20) { fields.append(.wildcard(.other(than: tns))) }
        let id = builder.add(.named("T\(number)", fields))
        if dice.chance(25) {
            let more = field("d\(number)", known, &builder, &dice)
            _ = builder.add(.named("D\(number)", fields + [more], base: id))
        }
        return id
    }

    private static func field(
        _ name: String, _ known: [MessageID], _ builder: inout Schema.Builder, _ dice: inout Dice
    ) -> Field {
        if dice.chance(15) { return group(name, known, &builder, &dice) }
        let type = dice.chance(40) && !known.isEmpty ? ValueType.message(dice.pick(known)) : dice.pick(scalars)
        let cardinality = dice.pick([Cardinality.required, .optional, .many])
        let long = dice.chance(20) ? name + "_of_a_great_length" : name
        return .element(
            long, type, cardinality, namespace: dice.pick([tns, tns, "", "urn:x"]), nillable: dice.chance(20))
    }

    /// A repeating choice, or a repeating sequence that begins with an element that must be there.
    private static func group(
        _ name: String, _ known: [MessageID], _ builder: inout Schema.Builder, _ dice: inout Dice
    ) -> Field {
        let isChoice = dice.chance(50)
        let fields = (0..<3).map { place in
            let cardinality: Cardinality = isChoice || place > 0 ? .optional : .required
            return Field.element("\(name)_g\(place)", dice.pick(scalars), cardinality)
        }
        let rules: [ContentRule] = isChoice ? [.choice(0, 1, 2)] : []
        return .group(builder.add(MessageType(name: "Group", fields: fields, rules: rules)), named: name)
    }

    // MARK: Values

    mutating func value() -> Shape { object(root, depth: 0) }

    private mutating func object(_ declared: MessageID, depth: Int) -> Shape {
        let schema = codec.schema
        let type = dice.chance(30) ? dice.pick([declared] + schema[declared].derived) : declared
        var members: [(String, Shape)] = []
        if schema[declared].isPolymorphic || type != declared { members.append(("@type", .string(schema[type].name))) }
        let isChoice = !schema[type].rules.isEmpty
        let chosen = dice.roll(schema[type].fields.count)
        for (place, field) in schema[type].fields.enumerated() {
            if isChoice && place != chosen { continue }
            let isNeeded = isChoice || field.cardinality.isRequired
            if let value = member(field, isNeeded: isNeeded, depth) { members.append((field.name, value)) }
        }
        members.shuffle(using: &dice)
        return .object(members)
    }

    private mutating func member(_ field: Field, isNeeded: Bool, _ depth: Int) -> Shape? {
        if field.name == "@*" { return dice.chance(50) ? .member("{urn:x}b", .string(dice.pick(Self.words))) : nil }
        guard field.cardinality.isRepeated else {
            if !isNeeded, depth > 4 || dice.chance(40) { return nil }
            return one(field, depth)
        }
        let count = depth > 3 ? 0 : dice.roll(4)
        if count == 0 { return nil }
        return .array((0..<count).map { _ in one(field, depth) })
    }

    private mutating func one(_ field: Field, _ depth: Int) -> Shape {
        if field.isNillable, dice.chance(30) { return nil }
        return switch field.type {
        case .scalar(let scalar): simple(scalar.kind, scalar.facets.whitespace == .collapse)
        case .message(let id): object(id, depth: depth + 1)
        case .any, .map, .nothing: .member(dice.pick(["{urn:x}w", "{urn:y}w"]), generic(depth))
        }
    }

    private mutating func simple(_ kind: ScalarKind, _ isToken: Bool) -> Shape {
        switch kind {
        case .boolean: .boolean(dice.chance(50))
        case .int: .number("\(dice.roll(2001) - 1000)")
        case .decimal: .number(dice.pick(["0.5", "-17.500", "100", "12345678901234567890.1"]))
        case .qualifiedName: .string(dice.pick(["plain", "{urn:shop}a", "{urn:x}b", "{urn:new}c"]))
        case .temporal: .string(dice.pick(["2015-03-26", "2015-03-26+01:00", "2000-02-29Z"]))
        default: isToken ? .string(dice.pick(["", "a", "a b"])) : .string(dice.pick(Self.words))
        }
    }

    private mutating func generic(_ depth: Int) -> Shape {
        dice.chance(50) ? .string(dice.pick(Self.words)) : nil
    }
}
