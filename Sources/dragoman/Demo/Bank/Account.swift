/// One account, as the contract shows it.
struct Account {
    enum Status: String {
        case active, blocked, closed
    }

    let id: Int64
    let iban: String
    let owner: String
    var balance: Amount
    let currency: Money.Currency
    /// A day as `xs:date`.
    let opened: String
    /// Nil while the account is open.
    var closed: String?
    /// How far the balance may fall below zero.
    var overdraft: Amount?
    var status = Status.active
    var labels: [String] = []
    /// The latest ones, newest first.
    private(set) var transfers: [BookedTransfer] = []

    init(
        id: Int64, owner: String, balance: Amount, _ currency: Money.Currency, opened: String, labels: [String] = []
    ) {
        self.id = id
        iban = IBAN.number(of: id)
        self.owner = owner
        self.balance = balance
        self.currency = currency
        self.opened = opened
        self.labels = labels
    }

    /// What can be taken out.
    var available: Amount { balance + (overdraft ?? .zero) }

    mutating func show(_ transfer: BookedTransfer) {
        transfers = [transfer] + transfers.prefix(9)
    }
}
