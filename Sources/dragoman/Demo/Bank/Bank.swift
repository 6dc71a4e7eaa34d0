/// The bank behind the demo: accounts in memory and what can be done with them. A value; it reads no clock.
struct Bank {
    private static let mostAccounts = 1000

    private var accounts: [Int64: Account]
    private var lastAccount: Int64 = 2000
    private var lastTransfer: Int64 = 70_000

    init(_ accounts: [Account]) {
        self.accounts = Dictionary(accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A closed account can still be looked at.
    func account(_ id: Int64) throws(BankFault) -> Account {
        guard let account = accounts[id] else { throw .noSuchAccount(id) }
        return account
    }

    /// All accounts, or those of one owner or of some currencies, by number.
    func accounts(of owner: String?, in currencies: Set<Money.Currency>) -> [Account] {
        accounts.values
            .filter { owner == nil || $0.owner == owner }
            .filter { currencies.isEmpty || currencies.contains($0.currency) }
            .sorted { $0.id < $1.id }
    }

    mutating func open(
        for owner: String, _ currency: Money.Currency, deposit: Amount, labels: [String], on day: String
    ) throws(BankFault) -> Account {
        guard !owner.isEmpty, owner.unicodeScalars.count <= 70 else {
            throw .refused("The owner's name must have 1 to 70 characters.")
        }
        guard deposit >= .zero else { throw .refused("A deposit cannot be negative.") }
        guard accounts.count < Self.mostAccounts else { throw .refused("The bank has all the customers it can serve.") }
        lastAccount += 1
        let account = Account(
            id: lastAccount, owner: owner, balance: deposit, currency, opened: day, labels: labels)
        accounts[account.id] = account
        return account
    }

    mutating func close(_ id: Int64, on day: String) throws(BankFault) {
        var account = try openAccount(id)
        account.status = .closed
        account.closed = day
        accounts[id] = account
    }

    /// Moves money to an account here, or to an IBAN anywhere.
    mutating func transfer(
        _ money: Money, from id: Int64, to target: BookedTransfer.Target, purpose: String?, at time: String
    ) throws(BankFault) -> (transfer: BookedTransfer, balance: Amount) {
        var source = try openAccount(id)
        guard money.amount > .zero else { throw .refused("The amount must be more than zero.") }
        try check(source, for: money)
        let receiver = try receiver(of: target)
        if let receiver { try check(receiver, for: money) }
        guard receiver?.id != id else { throw .refused("Both ends of the transfer are account \(id).") }
        guard money.amount <= source.available else {
            let missing = Money(amount: money.amount - source.available, currency: money.currency)
            throw .insufficientFunds(account: id, balance: source.balance, missing: missing)
        }
        lastTransfer += 1
        let transfer = BookedTransfer(
            id: lastTransfer, from: id, target: target, money: money, purpose: purpose, booked: time)
        source.balance = source.balance - money.amount
        source.show(transfer)
        accounts[id] = source
        if var receiver {
            receiver.balance = receiver.balance + money.amount
            receiver.show(transfer)
            accounts[receiver.id] = receiver
        }
        return (transfer, source.balance)
    }

    private func openAccount(_ id: Int64) throws(BankFault) -> Account {
        let account = try account(id)
        guard account.status != .closed else { throw .noSuchAccount(id) }
        return account
    }

    private func check(_ account: Account, for money: Money) throws(BankFault) {
        guard account.status == .active else { throw .refused("Account \(account.id) is blocked.") }
        guard account.currency == money.currency else {
            throw .refused("Account \(account.id) is kept in \(account.currency.rawValue).")
        }
    }

    /// The account here that gets the money, or nil when it leaves the bank.
    private func receiver(of target: BookedTransfer.Target) throws(BankFault) -> Account? {
        switch target {
        case .account(let id): return try openAccount(id)
        case .iban(let iban):
            guard IBAN.isNumber(iban) else { throw .refused("\"\(iban)\" is no IBAN.") }
            return accounts.values.first { $0.iban == iban && $0.status != .closed }
        }
    }
}
