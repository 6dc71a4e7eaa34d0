import Canonical

/// A small contract with one of everything that a description shows.
enum Bank {
    static let contract = build()

    static var schema: Schema { contract.schema }

    static func operation(_ name: String) -> Operation {
        guard let operation = contract.operation(named: name) else { preconditionFailure("no operation \(name)") }
        return operation
    }

    static func type(_ name: String) -> ValueType {
        guard let index = schema.messages.firstIndex(where: { $0.name == name }) else { return .nothing }
        return .message(MessageID(index))
    }

    static func scalar(_ kind: ScalarKind, name: String? = nil, _ change: (inout Facets) -> Void = { _ in })
        -> ValueType
    {
        var facets = Facets()
        change(&facets)
        return .scalar(ScalarType(kind, name: name, facets: facets))
    }

    private static let many = Cardinality.repeated(minimum: 0, maximum: nil)

    private static func build() -> Contract {
        var builder = Schema.Builder()
        let money = builder.add(moneyType())
        let party = builder.reserve()
        let name = Field(name: "name", type: scalar(.string))
        builder.define(party, MessageType(name: "Party", fields: [name], isAbstract: true))
        _ = builder.add(MessageType(name: "Person", fields: [name], base: party))
        _ = builder.add(
            MessageType(name: "Company", fields: [name, Field(name: "vat", type: scalar(.long))], base: party))
        let account = builder.add(accountType(money: money, party: party))
        let period = builder.add(periodType())
        let codes = builder.add(
            MessageType(
                name: "ArrayOfCode", fields: [Field(name: "code", type: scalar(.int(bits: 32)), cardinality: many)]))
        let get = builder.add(getType(period: period, codes: codes))
        let got = builder.add(
            MessageType(
                name: "GetAccountResponse",
                fields: [
                    Field(name: "GetAccountResult", type: .message(account), cardinality: .optional),
                    Field(name: "Warnings", type: scalar(.string), cardinality: many),
                ]))
        let payment = builder.add(paymentType())
        let missing = builder.add(
            MessageType(name: "NoSuchAccount", fields: [Field(name: "id", type: scalar(.int(bits: 32)))]))
        let note = builder.add(
            MessageType(
                name: "Note",
                fields: [
                    Field(name: "@lang", type: scalar(.string), cardinality: .optional),
                    Field(name: "b", type: scalar(.string), cardinality: many),
                ], isMixed: true))
        let fault = FaultType(name: "NoSuchAccount", type: .message(missing))
        return Contract(
            name: "Bank", namespace: "urn:bank", documentation: "Accounts & <payments>.", schema: builder.build(),
            operations: [
                Operation(
                    name: "GetAccount", service: "Accounts", documentation: "Looks an account up.",
                    input: .message(get), output: .message(got), faults: [fault]),
                Operation(
                    name: "Pay", service: "Accounts", input: .message(payment), output: .nothing, faults: [fault]),
                Operation(
                    name: "Notify", service: "Accounts", input: .message(note), output: .nothing,
                    interaction: .oneWay),
                Operation(name: "Ping", service: "Accounts", input: .nothing, output: scalar(.string)),
            ])
    }

    private static func moneyType() -> MessageType {
        MessageType(
            name: "Money",
            fields: [
                Field(name: "@currency", type: scalar(.string) { $0.length = 3 }, cardinality: .optional),
                Field(name: "$", type: scalar(.decimal)),
            ])
    }

    private static func accountType(money: MessageID, party: MessageID) -> MessageType {
        MessageType(
            name: "Account", documentation: "What the bank owes.",
            fields: [
                Field(name: "id", type: scalar(.int(bits: 32)) { $0.minimum = .init("1") }),
                Field(
                    name: "kind",
                    type: scalar(.string, name: "tns:Kind") { $0.enumeration = [.init("current"), .init("savings")] }),
                Field(name: "balance", type: .message(money), cardinality: .optional, isNillable: true),
                Field(name: "owner", documentation: "Who has it.", type: .message(party)),
                Field(name: "opened", type: scalar(.temporal(.date)), cardinality: .optional),
                Field(name: "limits", type: scalar(.list(of: ScalarType(.int(bits: 32)))), cardinality: .optional),
                Field(name: "tags", type: scalar(.string), cardinality: .repeated(minimum: 0, maximum: 3)),
            ])
    }

    private static func periodType() -> MessageType {
        MessageType(
            name: "Period",
            fields: [
                Field(name: "from", type: scalar(.temporal(.date)), cardinality: .optional),
                Field(name: "to", type: scalar(.temporal(.date)), cardinality: .optional),
            ])
    }

    private static func getType(period: MessageID, codes: MessageID) -> MessageType {
        MessageType(
            name: "GetAccount",
            fields: [
                Field(name: "AccountId", type: scalar(.int(bits: 32))),
                Field(name: "Verbose", type: scalar(.boolean), cardinality: .optional),
                Field(name: "Limit", type: scalar(.long), cardinality: .optional),
                Field(name: "Rate", type: scalar(.float(bits: 64)), cardinality: .optional),
                Field(name: "Note", type: scalar(.string), cardinality: .optional),
                Field(name: "Tags", type: scalar(.string), cardinality: many),
                Field(name: "Places", type: scalar(.list(of: ScalarType(.int(bits: 32)))), cardinality: .optional),
                Field(name: "Period", type: .message(period), cardinality: .optional),
                Field(name: "Codes", type: .message(codes), cardinality: .optional, isNillable: true),
            ])
    }

    private static func paymentType() -> MessageType {
        MessageType(
            name: "Payment",
            fields: [
                Field(name: "card", type: scalar(.string), cardinality: .optional),
                Field(name: "iban", type: scalar(.string), cardinality: .optional),
                Field(name: "bic", type: scalar(.string), cardinality: .optional),
            ],
            rules: [
                .choice(
                    branches: [.init(fields: [0], required: [0]), .init(fields: [1, 2], required: [1])],
                    isRequired: true)
            ])
    }
}
