import Canonical
import Testing

@testable import GRPC

/// Names and numbers that protobuf has for a contract, while that changes.
@Suite struct DerivationLockTests {
    private struct Version {
        var fields: [String]
        var literals = ["a", "b"]
        var derived: [String] = []
        var name = "Order"
    }

    /// A contract with one message, as one of its versions has it.
    private func contract(_ version: Version) -> Contract {
        var builder = Schema.Builder()
        var facets = Facets()
        facets.enumeration = version.literals.map { Facets.EnumerationValue($0) }
        let kind = ScalarType(.string, facets: facets)
        let fields =
            version.fields.map { Field(name: $0, type: BankContract.scalar(.string)) }
            + [Field(name: "Kind", type: .scalar(kind))]
        let order = builder.add(MessageType(name: version.name, fields: fields))
        for name in version.derived { _ = builder.add(MessageType(name: name, fields: fields, base: order)) }
        return Contract(
            name: "Shop", namespace: "urn:shop", schema: builder.build(),
            operations: [Operation(name: "Put", service: "Shop", input: .message(order), output: .nothing)])
    }

    /// The lock of a version, after that of an earlier one.
    private func lock(_ version: Version, after earlier: ContractLock? = nil) -> (Contract, ContractLock) {
        let contract = contract(version)
        let types = contract.schema.messages.map { type in
            ContractKeys.MessageType(key: type.name, fields: type.fields.map { ContractKeys.Field(key: $0.name) })
        }
        let keys = ContractKeys(types: types, operations: [.init(service: "Shop", key: "Put()")])
        let locker = ContractLocker(
            contract, keys: keys, lock: earlier, addresses: .init(operation: { $0 }, service: { $0 }))
        return (locker.contract, ProtobufDerivation.complete(locker.lock, of: locker.contract, scalars: [:]))
    }

    private func text(_ versions: Version...) throws -> (text: String, lock: ContractLock) {
        var lock: ContractLock?
        var contract: Contract?
        for version in versions { (contract, lock) = self.lock(version, after: lock) }
        let last = try #require(contract)
        return (try ProtobufDerivation(last, lock: lock).text, try #require(lock))
    }

    @Test func `numbers are given once, and what is gone is reserved`() throws {
        let (text, lock) = try text(Version(fields: ["A", "B"]), Version(fields: ["New", "B", "@a"]))
        for part in [
            "reserved 1;\n  reserved \"a\";", "string new = 4 ", "string b = 2 ", "string attr_a = 5 ",
            "OrderKind kind = 3 ",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(lock.types[0].fields.map(\.number) == [1, 2, 3, 4, 5])
        #expect(lock.types[0].fields.map(\.protobufName) == [nil, nil, nil, nil, "attr_a"])
    }

    @Test func `what comes back has its number again`() throws {
        let before = Version(fields: ["A", "B"])
        let (text, _) = try text(before, Version(fields: ["B"]), before)
        #expect(text.contains("string a = 1 ") && !text.contains("reserved"))
    }

    @Test func `a newcomer does not take a name that is in use`() throws {
        let (text, _) = try text(Version(fields: ["@id"]), Version(fields: ["@id", "Id"]))
        #expect(
            text.contains("string id = 2 [json_name = \"@id\"]") && text.contains("string id2 = 3 [json_name = \"Id\"]")
        )
    }

    @Test func `an enum keeps its numbers and names`() throws {
        let (text, lock) = try text(
            Version(fields: [], literals: ["a", "A", "b"]), Version(fields: [], literals: ["new", "A", "b"]))
        for part in [
            "reserved 1;\n  reserved \"ORDER_KIND_A\";", "ORDER_KIND_A2 = 2;", "ORDER_KIND_B = 3;",
            "ORDER_KIND_NEW = 4;",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(lock.enumerations.map(\.key) == ["Order/Kind"])
    }

    @Test func `a type without a name keeps its enum when its owner is renamed`() throws {
        let (text, lock) = try text(Version(fields: ["A"]), Version(fields: ["A"], name: "Purchase"))
        #expect(text.contains("message Purchase {") && text.contains("PurchaseKind kind = 2"))
        #expect(lock.enumerations.filter { !$0.isReserved }.map(\.name) == ["PurchaseKind"])
    }

    @Test func `derived types have numbers of their own`() throws {
        let (text, lock) = try text(
            Version(fields: ["A"], derived: ["Rush", "Gift"]), Version(fields: ["A", "B"], derived: ["Bulk", "Gift"]))
        let order = text.components(from: "message Order {")
        for part in [
            "reserved 3;\n  reserved \"rush\";", "string b = 5 ", "Gift gift = 4;", "Bulk bulk = 6;", "oneof derived {",
        ] { #expect(order.contains(part), "\(part)\n\(order)") }
        #expect(lock.types[0].variants.map(\.isReserved) == [true, false, false])
    }

    @Test func `a complete lock is as it is`() throws {
        let version = Version(fields: ["A", "@A", "$any"], derived: ["Rush"])
        let (contract, lock) = lock(version)
        #expect(ProtobufDerivation.complete(lock, of: contract, scalars: [:]) == lock)
        #expect(try ProtobufDerivation(contract, lock: lock).text == ProtobufDerivation(contract).text)
    }

    @Test func `numbers stay out of the ranges that are kept`() {
        var numbers = ProtoNumbers([17_999, 18_999])
        #expect(numbers.next(isEscape: false) == 20_000)
        #expect(numbers.next(isEscape: true) == 20_001)
        #expect(numbers.next(isEscape: false) == 20_002)
    }
}

extension String {
    /// From `start` to the end of the message that begins there.
    fileprivate func components(from start: String) -> String {
        guard let range = firstRange(of: start) else { return "" }
        let rest = self[range.lowerBound...]
        return String(rest.firstRange(of: "\n}\n").map { rest[..<$0.lowerBound] } ?? rest)
    }
}
