import Buffers
import Canonical
import HTTP
import JSONCodec
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

/// Contracts without protobuf, over gRPC.
@Suite struct DerivationTests {
    /// A service of a WSDL, as its reader leaves it.
    static let contract: Contract = {
        var builder = Schema.Builder()
        var currency = Facets()
        currency.enumeration = ["EUR", "US-D"].map { Facets.EnumerationValue($0) }
        let base = builder.add(
            MessageType(name: "Party", fields: [Field(name: "Name", type: .scalar(ScalarType(.string)))]))
        _ = builder.add(
            MessageType(name: "Person", fields: [Field(name: "Name", type: .scalar(ScalarType(.string)))], base: base))
        let amount = builder.add(
            MessageType(
                name: "amount", documentation: "Money.\nOf some kind.",
                fields: [
                    Field(name: "@currency", type: .scalar(ScalarType(.string, facets: currency))),
                    Field(name: "$", type: .scalar(ScalarType(.decimal))),
                ]))
        let many = Cardinality.repeated(minimum: 0, maximum: nil)
        let transfer = builder.add(
            MessageType(
                name: "Transfer.Request",
                fields: [
                    Field(name: "AccountID", type: .scalar(ScalarType(.long))),
                    Field(name: "Amount", type: .message(amount), cardinality: many),
                    Field(name: "Flag", type: .scalar(ScalarType(.boolean)), cardinality: .optional),
                    Field(name: "Small", type: .scalar(ScalarType(.int(bits: 32))), cardinality: .optional),
                    Field(name: "Raw", type: .scalar(ScalarType(.bytes(.base64))), cardinality: .optional),
                    Field(name: "Due", type: .scalar(ScalarType(.temporal(.date))), cardinality: .optional),
                    Field(
                        name: "Codes", type: .scalar(ScalarType(.list(of: ScalarType(.int(bits: 32))))),
                        cardinality: .optional),
                    Field(name: "Iban", type: .scalar(ScalarType(.string)), cardinality: .optional),
                    Field(name: "Card", type: .scalar(ScalarType(.string)), cardinality: .optional),
                    Field(name: "Payer", type: .message(base), cardinality: .optional),
                    Field(name: "$any", type: .any, cardinality: many),
                    Field(name: "@id", type: .scalar(ScalarType(.string)), cardinality: .optional),
                    Field(name: "id", type: .scalar(ScalarType(.integer)), cardinality: .optional),
                ],
                rules: [.choice(branches: [.init(fields: [7]), .init(fields: [8])], isRequired: false)]))
        let operations = [
            Operation(
                name: "transfer", service: "Bank", documentation: "Moves it.", input: .message(transfer),
                output: .message(amount)),
            Operation(name: "Ping", service: "Bank", input: .nothing, output: .nothing, interaction: .oneWay),
            Operation(name: "Plain", service: "Bank", input: .scalar(ScalarType(.string)), output: .nothing),
        ]
        return Contract(
            name: "Bank", namespace: "http://www.example.com/bank/2024/v1", schema: builder.build(),
            operations: operations)
    }()

    private static let expected = """
        // Bank, as protobuf. Made from its contract; field numbers are kept in its lock.
        syntax = "proto3";

        package com.example.bank.v2024.v1;

        import "google/protobuf/empty.proto";
        import "google/protobuf/struct.proto";

        service Bank {
          // Moves it.
          rpc Transfer(Transfer_Request) returns (Amount);
          rpc Ping(google.protobuf.Empty) returns (google.protobuf.Empty);
        }

        // Money.
        // Of some kind.
        message Amount {
          // One of: EUR, US-D.
          // Required.
          optional string currency = 2 [json_name = "@currency"];
          // Required.
          optional string value = 1 [json_name = "$"];
        }

        message Transfer_Request {
          // Required.
          optional int64 account_id = 1 [json_name = "AccountID"];
          repeated Amount amount = 2 [json_name = "Amount"];
          optional bool flag = 3 [json_name = "Flag"];
          optional int32 small = 4 [json_name = "Small"];
          optional bytes raw = 5 [json_name = "Raw"];
          optional string due = 6 [json_name = "Due"];
          repeated int32 codes = 7 [json_name = "Codes"];
          oneof choice {
            string iban = 8 [json_name = "Iban"];
            string card = 9 [json_name = "Card"];
          }
          optional google.protobuf.Struct payer = 10 [json_name = "Payer"];
          repeated google.protobuf.Value any = 18000 [json_name = "$any"];
          optional string id = 12 [json_name = "@id"];
          optional string id2 = 11 [json_name = "id"];
        }

        """

    @Test func `a contract is a .proto file`() throws {
        let derivation = try ProtobufDerivation(Self.contract)
        #expect(derivation.text == Self.expected)
        #expect(derivation.findings.map(\.rule) == ["grpc.no-message"])
        #expect(
            derivation.contract.annotations[ProtobufContract.self]?.files.first?.name == "google/protobuf/empty.proto")
    }

    @Test func `numbers are those of the lock, and what is gone stays reserved`() throws {
        func lock(_ fields: [ContractLock.Field]) -> ContractLock {
            ContractLock(types: [ContractLock.MessageType(key: "k", name: "amount", fields: fields)])
        }
        let old = lock([
            ContractLock.Field(key: "1", name: "Gone", number: 3, isReserved: true),
            ContractLock.Field(key: "2", name: "$", number: 7), ContractLock.Field(key: "3", name: "@currency"),
        ])
        let derivation = try ProtobufDerivation(Self.contract, lock: old)
        #expect(derivation.lock.types[0].fields.map(\.number) == [3, 7, 8])
        #expect(derivation.text.contains("  reserved 3;\n  reserved \"gone\";\n"))
        #expect(derivation.text.contains("value = 7 ") && derivation.text.contains("currency = 8 "))
        #expect(try ProtobufDerivation(Self.contract, lock: derivation.lock).text == derivation.text)
    }

    // MARK: Calls

    private func call(_ operation: String, _ type: String, _ body: [Bytes]) throws -> FaceCall {
        let plan = GRPCPlan(try ProtobufDerivation(Self.contract))
        let found = try #require(Self.contract.operation(named: operation))
        return FaceCall(try GRPCMethod(found, plan: plan)).receive(type, [], body)
    }

    /// A message of the derived contract, by its JSON.
    private func protobuf(_ json: String, _ call: FaceCall) throws -> Bytes {
        var out = ByteWriter()
        try call.method.request.write(.encoded(Bytes(json), by: call.method.request.json), as: .protobuf, into: &out)
        return out.finish()
    }

    private let request =
        #"{"AccountID":"7","Amount":[{"@currency":"EUR","$":"1.50"}],"Flag":false,"Small":0,"Raw":"AQI=","#
        + #""Due":"2024-02-29","Codes":[1,2],"Iban":"x","Payer":{"@type":"Person","Name":"n"},"$any":[],"#
        + #""@id":"","id":"123456789012345678901234567890"}"#

    @Test func `a message goes there as the contract's own`() throws {
        let blank = try call("transfer", "application/grpc", [])
        let wire = try protobuf(request, blank)
        for type in ["application/grpc", "application/grpc-web"] {
            let call = try call("transfer", type, [envelope(wire)])
            let message = try #require(call.messages.first)
            var out = ByteWriter()
            try call.method.request.json.encode(try message.document(), into: &out)
            #expect(String(out.finish()) == request)
        }
        #expect(blank.method.path == "/com.example.bank.v2024.v1.Bank/Transfer")
    }

    @Test func `what breaks the contract is found where the contract has it`() throws {
        let blank = try call("transfer", "application/grpc", [])
        let broken = request.replacing("EUR", with: "XYZ")
        let call = try call("transfer", "application/grpc", [envelope(try protobuf(broken, blank))])
        let failure = try #require(throws: Failure.self) { _ = try call.messages[0].document() }
        #expect(failure.code == .invalidArgument && failure.violations.map(\.pointer) == ["/Amount/0/@currency"])
    }

    @Test func `an answer comes back as protobuf and as JSON`() throws {
        let json = #"{"@currency":"EUR","$":"1.50"}"#
        for (type, isProtobuf) in [("application/grpc", true), ("application/grpc+json", false)] {
            let call = try call("transfer", type, [])
            let document = try call.method.response.json.decode(Bytes(json))
            _ = call.send([.message(.decoded(document)), .end(.success(trailers: nil))])
            var expected = ByteWriter()
            if isProtobuf {
                expected.append(field: 2, string: "EUR")
                expected.append(field: 1, string: "1.50")
            } else {
                expected.append(json)
            }
            #expect(envelopes(call.answer.body).map { $0.bytes.array.sorted() } == [expected.finish().array.sorted()])
        }
    }

    @Test func `an operation of nothing takes and gives empty messages`() throws {
        let call = try call("Ping", "application/grpc", [envelope(Bytes())])
        #expect(call.messages.count == 1 && call.isWhole)
        let document = try? call.messages[0].document()
        #expect(document != nil)
        _ = call.send([.end(.success(trailers: nil))])
        #expect(envelopes(call.answer.body).map(\.bytes.count) == [0])
        #expect(call.answer.trailing == ["grpc-status: 0"])
    }

    @Test func `an operation without messages is no method`() throws {
        let plan = GRPCPlan(try ProtobufDerivation(Self.contract))
        let plain = try #require(Self.contract.operation(named: "Plain"))
        #expect(throws: Diagnostic.self) { _ = try GRPCMethod(plain, plan: plan) }
    }

    // MARK: Names

    @Test(arguments: [
        ("AccountID", "account_id"), ("HTTPServer", "http_server"), ("a.b-c", "a_b_c"), ("@lang", "lang"),
        ("$", "value"),
        ("2nd", "f2nd"), ("Größe", "gr_e"), ("XMLHttp2Go", "xml_http2_go"), ("already_snake", "already_snake"),
    ])
    func `fields are named as .proto files name them`(name: String, field: String) {
        #expect(ProtoNames.field(name) == field)
    }

    @Test(arguments: [
        ("http://tempuri.org/", "org.tempuri"), ("urn:acme:bank", "acme.bank"), ("", "bank"), ("urn:7:x", "v7.x"),
        ("https://www.example.com:8080/a-b/C.wsdl?x#y", "com.example.a_b.c.wsdl.x.y"), ("http://", "bank"),
    ])
    func `a namespace is a package`(namespace: String, package: String) {
        #expect(ProtoNames.package(namespace, "Bank") == package)
    }
}
