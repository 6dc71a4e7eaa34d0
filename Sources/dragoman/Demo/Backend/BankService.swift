internal import Buffers
internal import FoundationEssentials
internal import Reactor
internal import SOAP
internal import XMLCodec

/// The contract's operations over SOAP: an envelope in, an envelope out. One bank, on one worker.
final class BankService {
    struct Answer {
        var status: Int
        var version: SOAPVersion
        /// Nothing after an operation that nobody waits for.
        var body: Bytes
    }

    private var bank = Bank.withCustomers

    func answer(_ body: Bytes) -> Answer {
        var version = SOAPVersion.v11
        do throws(BankFault) {
            let call = try read(body, &version)
            var out = EnvelopeWriter(version)
            let hasReply = try perform(call, &out)
            return Answer(status: hasReply ? 200 : 202, version: version, body: hasReply ? out.finish() : Bytes())
        } catch {
            var out = EnvelopeWriter(version)
            out.fault(error, version)
            return Answer(status: error.status(version), version: version, body: out.finish())
        }
    }

    private func read(_ body: Bytes, _ version: inout SOAPVersion) throws(BankFault) -> BankCall {
        let source: Bytes
        do throws(XMLError) {
            source = try XMLCharset.utf8(body)
        } catch {
            throw .refused(error.message)
        }
        var reader = EnvelopeReader(source)
        defer { version = reader.version }
        return try reader.read()
    }

    /// False when the operation has no reply.
    private func perform(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) -> Bool {
        switch call.operation {
        case "GetAccount": try getAccount(call, &out)
        case "ListAccounts": try listAccounts(call, &out)
        case "OpenAccount": try openAccount(call, &out)
        case "CloseAccount": try closeAccount(call, &out)
        case "Transfer": try transfer(call, &out)
        // The auditors of a demo have heard it.
        case "NotifyAudit": return false
        default: throw .refused("The bank does not know what \(call.operation) is.")
        }
        return true
    }

    private func getAccount(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) {
        let isVerbose = try call.optionalFlag("Verbose")
        let account = try bank.account(call.accountID("AccountId"))
        out.message("GetAccountResponse") { $0.account("GetAccountResult", account, withTransfers: isVerbose) }
    }

    private func listAccounts(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) {
        var currencies: Set<Money.Currency> = []
        for text in call.texts("Currency") { currencies.insert(try call.currency(text)) }
        let accounts = bank.accounts(of: call.optionalText("Owner"), in: currencies)
        out.message("ListAccountsResponse") { out in
            for account in accounts { out.account("Account", account) }
        }
    }

    private func openAccount(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) {
        let account = try bank.open(
            for: call.text("Owner"), call.currency(call.text("Currency")),
            deposit: call.optionalAmount("Deposit") ?? .zero, labels: call.texts("Label"), on: Self.today)
        out.message("OpenAccountResponse") { out in
            out.element("AccountId", String(account.id))
            out.element("Iban", account.iban)
        }
    }

    private func closeAccount(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) {
        try bank.close(call.accountID("AccountId"), on: Self.today)
        out.message("CloseAccountResponse") { _ in }
    }

    private func transfer(_ call: BankCall, _ out: inout EnvelopeWriter) throws(BankFault) {
        let target: BookedTransfer.Target =
            if let iban = call.optionalText("ToIban") { .iban(iban) } else { .account(try call.accountID("ToAccount")) }
        let (transfer, balance) = try bank.transfer(
            call.money("Amount"), from: call.accountID("From"), to: target, purpose: call.optionalText("Purpose"),
            at: Self.now)
        let receipt = "\(transfer.booked) #\(transfer.id): \(transfer.money.amount) \(transfer.money.currency.rawValue)"
        out.message("TransferResponse") { out in
            out.element("TransferId", String(transfer.id))
            out.element("Balance", balance.description)
            out.element("Receipt", Data(receipt.utf8).base64EncodedString())
        }
    }

    /// The time as `xs:dateTime` in UTC.
    private static var now: String {
        Date(timeIntervalSince1970: Double(WallTime.current().seconds)).formatted(.iso8601)
    }

    /// The day as `xs:date`.
    private static var today: String { String(now.prefix(10)) }
}
