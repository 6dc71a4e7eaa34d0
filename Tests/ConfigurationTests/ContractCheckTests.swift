import Canonical
import Configuration
import Testing

@Suite struct ContractCheckTests {
    private let contract: Contract = {
        let unit = ValueType.scalar(ScalarType(.string))
        let fault = FaultType(name: "NoSuchAccount", type: unit)
        let operations = ["GetAccount", "CloseAccount"].map {
            Operation(name: $0, service: "Accounts", input: unit, output: unit, faults: [fault])
        }
        return Contract(name: "Bank", namespace: "urn:bank", schema: Schema.Builder().build(), operations: operations)
    }()

    private func findings(_ routes: String) -> [String] {
        let loaded = Configuration.parse(whole(routes))
        let findings = loaded.configuration?.check(contracts: ["bank": contract], sources: loaded.sources) ?? []
        return findings.map { "\($0.location.map { "\($0.line):\($0.column) " } ?? "")[\($0.rule)] \($0.message)" }
    }

    @Test(arguments: ["bank.*", "bank.GetAccount", "bank.Accounts.GetAccount", "bank.Accounts"])
    func `operations that the contract has are in order`(reference: String) {
        #expect(findings("routes: [ { expose: \(reference) } ]").isEmpty)
    }

    @Test func `an operation that the contract lacks is a finding`() {
        #expect(
            findings("routes:\n  - expose: bank.GetAcount\n  - get: /a\n    call: bank.Close\n") == [
                #"7:13 [route.unknown-operation] routes[0].expose: the contract "Bank" has no operation "GetAcount"; did you mean "GetAccount"?"#,
                #"9:11 [route.unknown-operation] routes[1].call: the contract "Bank" has no operation "Close""#,
            ])
    }

    @Test func `a fault that the operation does not declare is a finding`() {
        #expect(
            findings(
                "routes:\n  - get: /a\n    call: bank.GetAccount\n    faults: { NoSuchAcount: 404, NoSuchAccount: 404 }\n"
            ) == [
                #"9:15 [route.unknown-fault] routes[0].faults.NoSuchAcount: the operation "GetAccount" declares no such fault; did you mean "NoSuchAccount"?"#
            ])
    }
}
