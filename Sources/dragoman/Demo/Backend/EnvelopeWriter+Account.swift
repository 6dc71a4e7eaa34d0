// The contract's complex types.
extension EnvelopeWriter {
    /// - Parameter withTransfers: The latest transfers are told too.
    mutating func account(_ name: StaticString, _ account: Account, withTransfers: Bool = false) {
        element(name, " status=\"\(account.status.rawValue)\"") { out in
            out.element("AccountId", String(account.id))
            out.element("Iban", account.iban)
            out.element("Owner", account.owner)
            out.element("Balance", account.balance.description)
            out.element("Currency", account.currency.rawValue)
            out.element("Opened", account.opened)
            if let closed = account.closed {
                out.element("Closed", closed)
            } else {
                out.element(
                    "Closed", "",
                    attributes: " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"")
            }
            if let overdraft = account.overdraft {
                out.element("Overdraft", Money(amount: overdraft, currency: account.currency))
            }
            for label in account.labels { out.element("Label", label) }
            guard withTransfers else { return }
            for transfer in account.transfers { out.transfer(transfer) }
        }
    }

    private mutating func transfer(_ transfer: BookedTransfer) {
        element("Transfer") { out in
            out.element("TransferId", String(transfer.id))
            out.element("From", String(transfer.from))
            switch transfer.target {
            case .account(let id): out.element("ToAccount", String(id))
            case .iban(let iban): out.element("ToIban", iban)
            }
            out.element("Amount", transfer.money)
            if let purpose = transfer.purpose { out.element("Purpose", purpose) }
            out.element("Booked", transfer.booked)
        }
    }
}
