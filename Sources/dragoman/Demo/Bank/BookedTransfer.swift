/// Money that has been moved.
struct BookedTransfer {
    enum Target {
        case account(Int64)
        /// In this bank or another.
        case iban(String)
    }

    let id: Int64
    let from: Int64
    let target: Target
    let money: Money
    let purpose: String?
    /// When, as `xs:dateTime` in UTC.
    let booked: String
}
