/// What a caller asks of the bank: an operation with its flat arguments, read by the contract's types.
struct BankCall {
    struct Argument {
        let name: String
        let text: String
        /// The attribute of a `Money`.
        let currency: String?
    }

    let operation: String
    var arguments: [Argument] = []

    func text(_ name: String) throws(BankFault) -> String {
        try required(name).text
    }

    func optionalText(_ name: String) -> String? {
        argument(name)?.text
    }

    func texts(_ name: String) -> [String] {
        arguments.filter { $0.name == name }.map(\.text)
    }

    func accountID(_ name: String) throws(BankFault) -> Int64 {
        let text = try required(name).text.trimmed
        guard let id = Int64(text), id >= 1 else { throw .refused("\(name) must be a whole number from 1 on.") }
        return id
    }

    func optionalFlag(_ name: String) throws(BankFault) -> Bool {
        switch argument(name)?.text.trimmed {
        case nil, "false", "0": return false
        case "true", "1": return true
        default: throw .refused("\(name) must be true or false.")
        }
    }

    func optionalAmount(_ name: String) throws(BankFault) -> Amount? {
        guard let argument = argument(name) else { return nil }
        return try amount(of: argument)
    }

    func money(_ name: String) throws(BankFault) -> Money {
        let argument = try required(name)
        guard let currency = argument.currency else { throw .refused("\(name) has no currency.") }
        return Money(amount: try amount(of: argument), currency: try self.currency(currency))
    }

    func currency(_ text: String) throws(BankFault) -> Money.Currency {
        guard let currency = Money.Currency(rawValue: text.trimmed) else {
            throw .refused("The bank keeps no accounts in \"\(text)\".")
        }
        return currency
    }

    private func argument(_ name: String) -> Argument? {
        arguments.first { $0.name == name }
    }

    private func required(_ name: String) throws(BankFault) -> Argument {
        guard let argument = argument(name) else { throw .refused("\(name) is missing.") }
        return argument
    }

    private func amount(of argument: Argument) throws(BankFault) -> Amount {
        guard let amount = Amount(argument.text.trimmed) else {
            throw .refused("\(argument.name) must be an amount of money with at most two decimals.")
        }
        return amount
    }
}

extension String {
    /// Without the white space around it, which means nothing in values that are no strings.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
