internal import Configuration

/// The configuration of the demo: the text that people may copy is the one that is served.
enum DemoConfiguration {
    static let text = """
        # The gateway of `dragoman demo`. To serve it yourself while the demo runs, on another port:
        #   dragoman demo --print-config > dragoman.yaml
        #   dragoman demo --print-contract > bank.wsdl
        #   PORT=8000 BANK=http://127.0.0.1:…/bank dragoman serve     # BANK as the demo prints it
        version: 1

        listeners:
          public:
            address: "127.0.0.1:${PORT:-8080}"

        upstreams:
          bank:
            contract: bank.wsdl                   # what the service can do
            endpoints:
              - "${BANK:-http://127.0.0.1:8081/bank}"
            timeout: 5s

        routes:
          # Every operation of the contract: POST /bank/get-account, POST /bank/transfer, …
          # with GET /bank/openapi.json and GET /bank/docs; and as gRPC, with GET /bank/contract.proto.
          - expose: bank.*
            as: [rest, grpc]
            under: /bank

          # Routes shaped by hand, for those who like resources better.
          - get: /accounts/:id
            call: bank.GetAccount
            map: { AccountId: path.id, Verbose: query.verbose }
            faults: { NoSuchAccount: 404 }
            respond: { unwrap: GetAccountResult }

          - get: /accounts
            call: bank.ListAccounts
            map: { Owner: query.owner, Currency: query.currency }
            respond: { unwrap: Account }

          - post: /transfers                      # the body's members keep their names
            call: bank.Transfer
            faults: { NoSuchAccount: 404, InsufficientFunds: 409 }
            respond: { status: 201 }

        """

    /// The configuration with the bank's address filled in, and the port to listen on.
    static func load(bank: String, port: UInt16) -> LoadedConfiguration {
        Configuration.parse(
            text, named: "dragoman.yaml", files: EmbeddedFiles(), environment: ["BANK": bank, "PORT": String(port)])
    }
}
