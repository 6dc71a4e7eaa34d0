import Canonical

/// A schema with one of everything, for the tables of the other tests.
enum SampleSchema {
    static let schema = build().schema
    static let ids = build().ids

    static func scalar(_ kind: ScalarKind, _ change: (inout Facets) -> Void = { _ in }) -> ValueType {
        var facets = Facets()
        change(&facets)
        return .scalar(ScalarType(kind, facets: facets))
    }

    private static func build() -> (schema: Schema, ids: [String: MessageID]) {
        var builder = Schema.Builder()
        var ids: [String: MessageID] = [:]
        func add(_ type: MessageType) -> MessageID {
            let id = builder.add(type)
            ids[type.name] = id
            return id
        }
        let money = add(
            MessageType(
                name: "Money",
                fields: [
                    Field(name: "@currency", type: scalar(.string) { $0.length = 3 }, cardinality: .optional),
                    Field(name: "$", type: scalar(.decimal) { $0.fractionDigits = 2 }),
                ]))
        let weight = add(
            MessageType(
                name: "Weight",
                fields: [
                    Field(name: "@unit", type: scalar(.string)), Field(name: "$", type: scalar(.float(bits: 64))),
                ]))
        let party = builder.reserve()
        ids["Party"] = party
        let partyFields = [Field(name: "name", type: scalar(.string))]
        builder.define(party, MessageType(name: "Party", fields: partyFields, isAbstract: true))
        _ = add(
            MessageType(
                name: "Person",
                fields: partyFields + [Field(name: "born", type: scalar(.temporal(.date)), cardinality: .optional)],
                base: party))
        _ = add(
            MessageType(name: "Company", fields: partyFields + [Field(name: "vat", type: scalar(.long))], base: party))
        let mixed = add(
            MessageType(
                name: "Note",
                fields: [
                    Field(name: "@lang", type: scalar(.string), cardinality: .optional),
                    Field(name: "b", type: scalar(.string), cardinality: .repeated(minimum: 0, maximum: nil)),
                ], isMixed: true))
        let choice = add(choiceType())
        let everything = builder.reserve()
        ids["Everything"] = everything
        builder.define(
            everything,
            everythingType(
                everything, money: money, weight: weight, party: party, mixed: mixed, choice: choice))
        return (builder.build(), ids)
    }

    private static func choiceType() -> MessageType {
        let fields = [
            Field(name: "card", type: scalar(.string), cardinality: .optional),
            Field(name: "iban", type: scalar(.string), cardinality: .optional),
            Field(name: "bic", type: scalar(.string), cardinality: .optional),
            Field(name: "coins", type: scalar(.int(bits: 32)), cardinality: .repeated(minimum: 0, maximum: nil)),
        ]
        let branches = [
            ContentRule.Branch(fields: [0], required: [0]), ContentRule.Branch(fields: [1, 2], required: [1]),
            ContentRule.Branch(fields: [3]),
        ]
        return MessageType(name: "Payment", fields: fields, rules: [.choice(branches: branches, isRequired: true)])
    }

    private static func everythingType(
        _ id: MessageID, money: MessageID, weight: MessageID, party: MessageID, mixed: MessageID, choice: MessageID
    ) -> MessageType {
        let optional = Cardinality.optional
        let many = Cardinality.repeated(minimum: 0, maximum: nil)
        let union = ScalarKind.union(of: [ScalarType(.int(bits: 32)), ScalarType(.boolean), ScalarType(.string)])
        return MessageType(
            name: "Everything",
            fields: [
                Field(name: "@id", type: scalar(.int(bits: 32)), cardinality: optional),
                Field(name: "text", type: scalar(.string) { $0.maximumLength = 12 }, cardinality: optional),
                Field(name: "flag", type: scalar(.boolean), cardinality: optional),
                Field(name: "int", type: scalar(.int(bits: 32)), cardinality: optional),
                Field(name: "long", type: scalar(.long), cardinality: optional),
                Field(name: "integer", type: scalar(.integer), cardinality: optional),
                Field(
                    name: "small",
                    type: scalar(.integer) {
                        $0.minimum = .init("0"); $0.maximum = .init("99")
                    },
                    cardinality: optional),
                Field(name: "decimal", type: scalar(.decimal), cardinality: optional),
                Field(name: "double", type: scalar(.float(bits: 64)), cardinality: optional),
                Field(name: "bytes", type: scalar(.bytes(.base64)), cardinality: optional),
                Field(name: "hex", type: scalar(.bytes(.hexadecimal)), cardinality: optional),
                Field(name: "when", type: scalar(.temporal(.dateTime)), cardinality: optional),
                Field(name: "list", type: scalar(.list(of: ScalarType(.int(bits: 32)))), cardinality: optional),
                Field(name: "union", type: scalar(union), cardinality: optional),
                Field(name: "nil", type: scalar(.string), cardinality: optional, isNillable: true),
                Field(name: "lines", type: scalar(.int(bits: 32)), cardinality: many),
                Field(
                    name: "pairs", type: scalar(.string), cardinality: .repeated(minimum: 0, maximum: 3),
                    isNillable: true),
                Field(name: "money", type: .message(money), cardinality: optional, isNillable: true),
                Field(name: "weight", type: .message(weight), cardinality: optional, isNillable: true),
                Field(name: "party", type: .message(party), cardinality: optional),
                Field(name: "note", type: .message(mixed), cardinality: optional),
                Field(name: "payment", type: .message(choice), cardinality: optional),
                Field(name: "child", type: .message(id), cardinality: many),
                Field(name: "fixed", type: scalar(.decimal), cardinality: optional, fixedValue: "1.50"),
                Field(name: "$any", type: .any, cardinality: many),
            ])
    }
}
