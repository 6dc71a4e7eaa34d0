/// Why the bank does not do what it was asked to.
enum BankFault: Error {
    /// There never was such an account, or it is closed and takes part in nothing any more.
    case noSuchAccount(Int64)
    case insufficientFunds(account: Int64, balance: Amount, missing: Money)
    /// Anything else that the caller did wrong, in one sentence.
    case refused(String)
    /// The message is an envelope of no version that is spoken here.
    case unknownVersion
    /// A header must be understood and is not.
    case headerNotUnderstood

    /// For people.
    var sentence: String {
        switch self {
        case .noSuchAccount(let id): "There is no account \(id)."
        case .insufficientFunds(let account, _, let missing):
            "Account \(account) is \(missing.amount) \(missing.currency.rawValue) short."
        case .refused(let sentence): sentence
        case .unknownVersion: "This service speaks SOAP 1.1 and 1.2."
        case .headerNotUnderstood: "A header that must be understood is not."
        }
    }
}
