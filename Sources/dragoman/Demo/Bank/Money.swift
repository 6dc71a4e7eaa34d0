/// An amount and what it is counted in.
struct Money {
    enum Currency: String {
        case euro = "EUR"
        case franc = "CHF"
        case pound = "GBP"
        case dollar = "USD"
    }

    let amount: Amount
    let currency: Currency
}
