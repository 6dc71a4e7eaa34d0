internal import SOAP

extension EnvelopeWriter {
    /// The reply to a call that failed (SOAP 1.1 §4.4, SOAP 1.2 part 1 §5.4).
    mutating func fault(_ fault: BankFault, _ version: SOAPVersion) {
        element("soap:Fault") { out in
            switch version {
            case .v11:
                out.element("faultcode", "soap:" + fault.code(version))
                out.element("faultstring", fault.sentence)
                if fault.hasDetail { out.element("detail") { $0.detail(of: fault) } }
            case .v12:
                out.element("soap:Code") { $0.element("soap:Value", "soap:" + fault.code(version)) }
                out.element("soap:Reason") { $0.element("soap:Text", fault.sentence, attributes: " xml:lang=\"en\"") }
                if fault.hasDetail { out.element("soap:Detail") { $0.detail(of: fault) } }
            }
        }
    }

    private mutating func detail(of fault: BankFault) {
        switch fault {
        case .noSuchAccount(let id):
            message("NoSuchAccount") { $0.element("AccountId", String(id)) }
        case .insufficientFunds(let account, let balance, let missing):
            message("InsufficientFunds") { out in
                out.element("AccountId", String(account))
                out.element("Balance", balance.description)
                out.element("Missing", missing)
            }
        case .refused, .unknownVersion, .headerNotUnderstood: break
        }
    }
}

extension BankFault {
    /// Whether the contract has an element that says more.
    fileprivate var hasDetail: Bool {
        switch self {
        case .noSuchAccount, .insufficientFunds: true
        case .refused, .unknownVersion, .headerNotUnderstood: false
        }
    }

    fileprivate func code(_ version: SOAPVersion) -> String {
        switch self {
        case .noSuchAccount, .insufficientFunds, .refused: version == .v11 ? "Client" : "Sender"
        case .unknownVersion: "VersionMismatch"
        case .headerNotUnderstood: "MustUnderstand"
        }
    }

    /// The HTTP status that a fault travels with (SOAP 1.1 §6.2, SOAP 1.2 part 2 §7.5.2.2).
    func status(_ version: SOAPVersion) -> Int {
        code(version) == "Sender" ? 400 : 500
    }
}
