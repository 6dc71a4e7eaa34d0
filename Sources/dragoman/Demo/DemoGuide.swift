internal import Configuration

/// What the demo says once it serves: where it is and what to try.
struct DemoGuide {
    private struct Example {
        var status: Int
        var title: String
        var command: String
    }

    /// The gateway's address, such as `http://127.0.0.1:8080`.
    let gateway: String
    let bank: String

    private var examples: [Example] {
        [
            Example(
                status: 200, title: "One account: money and long numbers stay exact, nil is null, one label is a list",
                command: "curl -s \(gateway)/accounts/1001"),
            Example(
                status: 200, title: "All accounts of one owner: a list, even of one",
                command: "curl -s '\(gateway)/accounts?owner=Grace%20Hopper'"),
            Example(
                status: 404, title: "A fault of the service is a problem (RFC 9457) with the fault's own members",
                command: "curl -s \(gateway)/accounts/4711"),
            Example(
                status: 400, title: "What breaks the contract never reaches the service: every finding at once",
                command: transfer(from: "\"me\"", amount: "1.005", currency: "DM")),
            Example(
                status: 201, title: "A transfer, to the cent",
                command: transfer(from: "1001", amount: "1200.10", currency: "EUR")),
            Example(
                status: 409, title: "Another fault, told apart by its type",
                command: transfer(from: "1001", amount: "99999.99", currency: "EUR")),
            Example(
                status: 200, title: "The same bank over gRPC, which curl can call in its JSON form (Connect)",
                command: "curl -s \(gateway)/com.example.bank.v1.Bank/GetAccount "
                    + "-H 'Content-Type: application/json' -d '{\"AccountId\": 1001}'"),
            Example(
                status: 200, title: "The contract as OpenAPI 3.1", command: "curl -s \(gateway)/bank/openapi.json"),
        ]
    }

    private func transfer(from account: String, amount: String, currency: String) -> String {
        let money = "{\"$\": \(amount), \"@currency\": \"\(currency)\"}"
        let body = "{\"From\": \(account), \"ToAccount\": 1002, \"Amount\": \(money)}"
        return "curl -s \(gateway)/transfers -H 'Content-Type: application/json' -d '\(body)'"
    }

    private var docs: String { "\(gateway)/bank/docs" }

    func text(asJSON: Bool) -> String {
        asJSON ? json.text() : (opening + examples.flatMap(lines) + closing).joined(separator: "\n")
    }

    private var opening: [String] {
        ["A bank that speaks SOAP   \(bank)", "The gateway before it     \(gateway)", "", "Try:", ""]
    }

    private func lines(of example: Example) -> [String] {
        ["  \(example.status)  \(example.title)", "       \(example.command)", ""]
    }

    private var closing: [String] {
        [
            "Documentation to read and try in a browser   \(docs)",
            "The configuration of this gateway            dragoman demo --print-config",
            "", "Ctrl-C ends it.",
        ]
    }

    private var json: JSON {
        [
            "gateway": .string(gateway), "bank": .string(bank), "docs": .string(docs),
            "examples": .array(
                examples.map { example in
                    [
                        "status": .integer(example.status), "title": .string(example.title),
                        "command": .string(example.command),
                    ]
                }),
        ]
    }
}
