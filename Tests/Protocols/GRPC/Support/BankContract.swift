import Canonical

/// A contract without protobuf, as the reader of a WSDL leaves it.
enum BankContract {
    static let many = Cardinality.repeated(minimum: 0, maximum: nil)

    static func scalar(_ kind: ScalarKind, _ facets: (inout Facets) -> Void = { _ in }) -> ValueType {
        var made = Facets()
        facets(&made)
        return .scalar(ScalarType(kind, facets: made))
    }

    static let currency: ScalarType = {
        var facets = Facets()
        facets.enumeration = ["EUR", "US-D"].map { Facets.EnumerationValue($0) }
        return ScalarType(.string, name: "b:Currency", facets: facets)
    }()

    static let contract: Contract = {
        var builder = Schema.Builder()
        let amount = builder.add(
            MessageType(
                name: "amount", documentation: "Money.\nOf some kind.",
                fields: [
                    Field(name: "@currency", type: .scalar(currency)),
                    Field(name: "$", type: scalar(.decimal) { $0.fractionDigits = 2 }),
                ]))
        let party = parties(in: &builder)
        let noFunds = BankContract.noFunds(in: &builder)
        let transfer = builder.add(BankContract.transfer(amount, party))
        let operations = [
            Operation(
                name: "transfer", service: "Bank", documentation: "Moves it.", input: .message(transfer),
                output: .message(transfer),
                faults: [
                    FaultType(name: "NoFunds", type: .message(noFunds)),
                    FaultType(name: "Busy", type: scalar(.int(bits: 32))),
                ]),
            Operation(name: "Ping", service: "Bank", input: .nothing, output: .nothing, interaction: .oneWay),
            Operation(
                name: "Plain", service: "Bank", input: scalar(.string),
                output: .scalar(ScalarType(.list(of: ScalarType(.int(bits: 32)))))),
            Operation(name: "Anyone", service: "Bank", input: .message(party), output: .message(party)),
        ]
        return Contract(
            name: "Bank", namespace: "http://www.example.com/bank/2024/v1", schema: builder.build(),
            operations: operations)
    }()

    /// An abstract type, one that is derived from it, and one from that.
    private static func parties(in builder: inout Schema.Builder) -> MessageID {
        let name = Field(name: "Name", type: scalar(.string))
        let party = builder.add(MessageType(name: "Party", fields: [name], isAbstract: true))
        let born = Field(name: "Born", type: scalar(.temporal(.date)), cardinality: .optional)
        let person = builder.add(MessageType(name: "Person", fields: [name, born], base: party))
        _ = builder.add(
            MessageType(
                name: "Clerk", fields: [name, born, Field(name: "Desk", type: scalar(.int(bits: 16)))], base: person))
        return party
    }

    private static func noFunds(in builder: inout Schema.Builder) -> MessageID {
        builder.add(
            MessageType(
                name: "NoFunds",
                fields: [
                    Field(name: "Missing", type: scalar(.decimal)), Field(name: "Currency", type: .scalar(currency)),
                ]))
    }

    private static func transfer(_ amount: MessageID, _ party: MessageID) -> MessageType {
        func optional(_ name: String, _ type: ValueType, isNillable: Bool = false) -> Field {
            Field(name: name, type: type, cardinality: .optional, isNillable: isNillable)
        }
        let union = ScalarKind.union(of: [ScalarType(.int(bits: 32)), ScalarType(.string)])
        return MessageType(
            name: "Transfer.Request",
            fields: [
                optional("@id", scalar(.string)),
                Field(name: "AccountID", type: scalar(.long) { $0.minimum = Facets.Bound("0") }),
                Field(name: "Amount", type: .message(amount), cardinality: many),
                optional("Flag", scalar(.boolean)),
                optional("Raw", scalar(.bytes(.base64))),
                optional("Hex", scalar(.bytes(.hexadecimal))),
                optional("Due", scalar(.temporal(.date))),
                optional("Codes", .scalar(ScalarType(.list(of: ScalarType(.unsigned(bits: 16)))))),
                optional("Iban", scalar(.string) { $0.maximumLength = 34 }),
                optional("Card", scalar(.unsignedLong)),
                optional("Payer", .message(party)),
                optional("Rate", scalar(.float(bits: 32))),
                optional("Either", .scalar(ScalarType(union))),
                optional("Note", scalar(.string), isNillable: true),
                Field(name: "Memo", type: scalar(.string), isNillable: true),
                Field(name: "Tags", type: scalar(.string), cardinality: many, isNillable: true),
                optional("Status", scalar(.string) { $0.enumeration = [.init("open"), .init("Ünder way")] }),
                optional("Extras", .map(key: ScalarType(.string), value: .scalar(currency))),
                Field(name: "$any", type: .any, cardinality: many),
                optional("id", scalar(.integer)),
            ],
            rules: [.choice(branches: [.init(fields: [8]), .init(fields: [9])], isRequired: false)])
    }
}
