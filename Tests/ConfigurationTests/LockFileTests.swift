import Canonical
import Configuration
import Testing

@Suite struct LockFileTests {
    private let lock = ContractLock(
        services: [
            .init(
                key: "{urn:b}Bank", name: "Bank", segment: "",
                operations: [
                    .init(key: "Get(GetIn)", name: "Get", address: "get"),
                    .init(key: "Old(OldIn)", name: "Old", address: "old", isReserved: true),
                ]),
            .init(key: "{urn:b}Gone", name: "Gone", segment: "gone", isReserved: true),
        ],
        types: [
            .init(
                key: "{urn:b}Account", name: "Account",
                fields: [
                    .init(key: "{urn:b}Id", name: "Id"), .init(key: "@currency", name: "@currency"),
                    .init(key: "{urn:o}Id", name: "o:Id", number: 3),
                    .init(key: "{urn:b}no", name: "no", isReserved: true),
                    .init(key: "$", name: "$", number: 4, protobufName: "value2"),
                ], variants: [.init(key: "{urn:b}Loan", name: "Loan", number: 5)]),
            .init(key: "/{urn:b}Empty", name: "Empty", protobufName: "Empty2"),
        ],
        enumerations: [
            .init(
                key: "{urn:b}Unit", name: "Unit",
                values: [
                    .init(literal: "m²", name: "UNIT_M", number: 1),
                    .init(literal: "", name: "UNIT_VALUE", number: 2, isReserved: true),
                ]), .init(key: "{urn:b}None", name: "None", isReserved: true),
        ])

    private func findings(_ text: String) -> [String] {
        LockFile.read(Array(text.utf8), named: "bank.lock").findings.map { finding in
            "\(finding.location?.line ?? 0):\(finding.location?.column ?? 0) \(finding.rule) \(finding.message)"
        }
    }

    @Test func `what is written is read again`() {
        let text = LockFile.text(lock, of: "bank.wsdl")
        let (again, findings) = LockFile.read(Array(text.utf8), named: "bank.lock")
        #expect(again == lock && findings.isEmpty)
        let (empty, _) = LockFile.read(Array(LockFile.text(ContractLock(), of: "x").utf8), named: "bank.lock")
        #expect(empty == ContractLock())
    }

    @Test func `every name has a line, in the order of the lock`() {
        let lines = LockFile.text(lock, of: "bank.wsdl").split(separator: "\n").map(String.init)
        #expect(
            lines.first
                == "# The names by which clients know what is in bank.wsdl: a change of the contract does not change them."
        )
        #expect(
            lines[3...11].joined(separator: "\n") == #"""
                services:
                  "{urn:b}Bank":
                    name: Bank
                    operations:
                      "Get(GetIn)": { name: Get, address: get }
                      "Old(OldIn)": { name: Old, address: old, reserved: true }
                  "{urn:b}Gone":
                    name: Gone
                    segment: gone
                """#)
        #expect(lines.contains(#"      "{urn:b}no": { name: "no", reserved: true }"#))
        #expect(lines.contains(#"      "{urn:o}Id": { name: "o:Id", number: 3 }"#))
        #expect(
            lines.suffix(17).joined(separator: "\n") == #"""
                      "$": { name: "$", number: 4, protobuf: value2 }
                    variants:
                      "{urn:b}Loan": { name: Loan, number: 5 }
                  "/{urn:b}Empty":
                    name: Empty
                    protobuf: Empty2
                    fields: {}
                enumerations:
                  "{urn:b}Unit":
                    name: Unit
                    values:
                      "m²": { name: UNIT_M, number: 1 }
                      "": { name: UNIT_VALUE, number: 2, reserved: true }
                  "{urn:b}None":
                    name: None
                    reserved: true
                    values: {}
                """#)
    }

    @Test func `a lock that makes no sense is refused with the place`() {
        #expect(findings("") == ["1:1 config.syntax the file says nothing"])
        #expect(
            findings("version: 2\nservices: {}\ntypes: []\n") == [
                "1:10 config.wrong-type version: expected 1, found \"2\"",
                "3:8 config.wrong-type types: expected a mapping, found a list",
            ])
        let twice = """
            version: 1
            services: {}
            types:
              T: { name: T, fields: { a: x, b: x } }
              U: { name: T, fields: {}, feilds: {} }
            """
        #expect(
            findings(twice) == [
                "4:36 lock.duplicate-name types.T.fields.b: \"x\" is the name of a already",
                "5:29 config.unknown-key types.U.feilds: unknown key; did you mean \"fields\"?",
                "5:6 lock.duplicate-name types.U: \"T\" is the name of T already",
            ])
    }

    @Test func `the lock of a contract stands beside it`() {
        #expect(LockFile.path(besides: "wsdl/bank.wsdl") == "wsdl/bank.wsdl.lock")
    }
}
