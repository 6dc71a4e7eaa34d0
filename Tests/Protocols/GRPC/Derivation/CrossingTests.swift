import Buffers
import Canonical
import JSONCodec
import ProtobufCodec
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

/// Messages between a contract without protobuf and the .proto file that was made of it.
@Suite struct CrossingTests {
    static let derivation = try? ProtobufDerivation(BankContract.contract)
    static let nulls: ProtobufDerivation? = {
        var options = ProtobufDerivation.Options()
        options.nulls = .message
        return try? ProtobufDerivation(BankContract.contract, options: options)
    }()

    private func method(
        _ name: String, _ derivation: ProtobufDerivation? = Self.derivation
    ) throws -> GRPCMethod {
        let plan = GRPCPlan(try #require(derivation))
        return try GRPCMethod(try #require(BankContract.contract.operation(named: name)), plan: plan)
    }

    /// What a request in proto3 JSON is to the contract, by the contract's JSON.
    private func request(
        _ json: String, of operation: String = "transfer", _ derivation: ProtobufDerivation? = Self.derivation
    ) throws -> String {
        let method = try method(operation, derivation)
        let document = try method.request.json.decode(Bytes(json))
        // The same through protobuf's own bytes.
        let id = try #require(derivation?.contract.operations.first { $0.name == method.operation.name.capitalised })
        let input = try #require(id.annotations[ProtobufMethod.self]?.input)
        let schema = try #require(derivation).contract.schema
        var wire = ByteWriter()
        try ProtobufJSONLane(input, plan: ProtobufPlan(schema)).writeProtobuf(of: Bytes(json), into: &wire)
        let other = try method.request.protobuf.decode(wire.finish())
        #expect(try text(document, method.operation.input) == text(other, method.operation.input))
        return try text(document, method.operation.input)
    }

    private func text(_ document: Document, _ type: ValueType) throws -> String {
        var out = ByteWriter()
        try JSONCoder(type, schema: BankContract.contract.schema).encode(document, into: &out)
        return String(out.finish())
    }

    /// What an answer in the contract's JSON is as proto3 JSON.
    private func answer(
        _ json: String, of operation: String = "transfer", _ derivation: ProtobufDerivation? = Self.derivation
    ) throws -> String {
        let method = try method(operation, derivation)
        let document = try JSONCoder(method.operation.output, schema: BankContract.contract.schema).decode(Bytes(json))
        var out = ByteWriter()
        try method.response.write(.decoded(document), as: .json, into: &out)
        return String(out.finish())
    }

    private func violations(_ json: String, of operation: String = "transfer") throws -> [String] {
        do {
            _ = try request(json, of: operation)
            return []
        } catch let failure as Failure {
            #expect(failure.code == .invalidArgument && failure.reason == "request.invalid")
            return failure.violations.map { "\($0.pointer) \($0.rule)" }
        }
    }

    /// Both forms of one message.
    private static let values: [(proto: String, contract: String)] = [
        (#"{"@id":"x","AccountID":"7"}"#, #"{"@id":"x","AccountID":"7","Amount":[],"Memo":null,"Tags":[],"$any":[]}"#),
        (#"{"Amount":[{"@currency":"CURRENCY_US_D","$":"1.50"}]}"#, #"{"Amount":[{"@currency":"US-D","$":"1.50"}]}"#),
        (#"{"Flag":false,"Raw":"AQI=","Hex":"/wA="}"#, #"{"Flag":false,"Raw":"AQI=","Hex":"FF00"}"#),
        (#"{"Due":"2024-02-29","Codes":[1,65535]}"#, #"{"Due":"2024-02-29","Codes":[1,65535]}"#),
        (#"{"Card":"18446744073709551615"}"#, #"{"Card":"18446744073709551615"}"#),
        (#"{"Iban":""}"#, #"{"Iban":""}"#),
        (#"{"Payer":{"person":{"Name":"n"}}}"#, #"{"Payer":{"@type":"Person","Name":"n"}}"#),
        (
            #"{"Payer":{"clerk":{"Name":"n","Born":"1999-12-31","Desk":-1}}}"#,
            #"{"Payer":{"@type":"Clerk","Name":"n","Born":"1999-12-31","Desk":-1}}"#
        ),
        (#"{"Rate":0.1}"#, #"{"Rate":0.1}"#), (#"{"Rate":"-Infinity"}"#, #"{"Rate":"-INF"}"#),
        (#"{"Either":"5"}"#, #"{"Either":5}"#), (#"{"Either":"x"}"#, #"{"Either":"x"}"#),
        (#"{"Memo":"m","Note":"n","Tags":["","t"]}"#, #"{"Memo":"m","Note":"n","Tags":["","t"]}"#),
        (#"{"Status":"TRANSFER_REQUEST_STATUS_NDER_WAY"}"#, #"{"Status":"Ünder way"}"#),
        (#"{"Extras":{"a/b":"CURRENCY_EUR"}}"#, #"{"Extras":{"a/b":"EUR"}}"#),
        (
            #"{"$any":["t",{"{urn:x}y":{"$name":"z"}},null,1.5]}"#,
            #"{"$any":["t",{"{urn:x}y":{"$name":"z"}},null,1.5]}"#
        ),
        (#"{"id":"123456789012345678901234567890"}"#, #"{"id":"123456789012345678901234567890"}"#),
    ]

    @Test(arguments: values) func `values cross both ways`(proto: String, contract: String) throws {
        // What a message must have besides.
        let whole = contract.contains("AccountID") ? contract : #"{"AccountID":"0","# + contract.dropFirst()
        let members = try Set(members(of: request(proto)))
        #expect(members.isSuperset(of: try self.members(of: whole)), "\(members)")
        let back = try answer(whole.contains("Memo") ? whole : whole.dropLast() + #","Memo":null}"#)
        #expect(Set(try self.members(of: back)) == Set(try self.members(of: proto)))
    }

    /// The members of a JSON object, each as text.
    private func members(of json: String) throws -> [String] {
        let document = try UntypedJSON.coder.decode(Bytes(json))
        var members: [String] = []
        var name: String?
        for child in document.children(of: 0) {
            guard let key = name else {
                name = String(decoding: document.text(of: document.nodes[child]))
                continue
            }
            var out = ByteWriter()
            try UntypedJSON.coder.encode(document.part(at: child), into: &out)
            members.append("\(key): \(String(out.finish()))")
            name = nil
        }
        return members
    }

    @Test func `a value that is no object has a message around it`() throws {
        #expect(try request(#"{"value":"ä"}"#, of: "Plain") == #""ä""#)
        #expect(try request("{}", of: "Plain") == #""""#)
        #expect(try answer("[1,2]", of: "Plain") == #"{"value":[1,2]}"#)
        #expect(try answer("[]", of: "Plain") == "{}")
    }

    @Test func `a type that stands for others is one of them`() throws {
        #expect(try request(#"{"person":{"clerk":{"Name":"n","Desk":1}}}"#, of: "Anyone").contains(#""@type":"Clerk""#))
        #expect(try violations("{}", of: "Anyone") == [" required"])
        #expect(
            try violations(#"{"person":{"Name":"n","clerk":{"Name":"n","Desk":1}}}"#, of: "Anyone") == [" oneOf"])
    }

    @Test func `what breaks the contract is found where the contract has it`() throws {
        #expect(try violations(#"{"AccountID":"-1"}"#) == ["/AccountID minimum"])
        #expect(
            try violations(#"{"Amount":[{"$":"1"},{"@currency":2,"$":"1.005"}]}"#) == [
                "/Amount/0/@currency required", "/Amount/1/$ fractionDigits",
            ])
        #expect(
            try violations(#"{"Amount":[{"@currency":7}]}"#) == ["/Amount/0/@currency enum", "/Amount/0/$ required"])
        #expect(try violations(#"{"Codes":[1,65536],"Due":"2023-02-29"}"#) == ["/Codes/1 maximum", "/Due type"])
        #expect(try violations(#"{"Status":0,"Extras":{"a/b":0}}"#) == ["/Extras/a~1b enum"])
        #expect(try violations(#"{"Payer":{}}"#) == ["/Payer required"])
    }

    @Test func `fields that nobody knows are refused, or left out`() throws {
        var wire = ByteWriter()
        wire.append(field: 77, string: "new")
        let bytes = wire.finish()
        let failure = try #require(throws: Failure.self) { _ = try method("transfer").request.protobuf.decode(bytes) }
        #expect(failure.violations.map(\.rule) == ["unknown"])
        var options = ProtobufDerivation.Options()
        options.ignoresUnknownFields = true
        let lenient = try ProtobufDerivation(BankContract.contract, options: options)
        let document = try method("transfer", lenient).request.protobuf.decode(bytes)
        #expect(document.root.kind == .object)
    }

    @Test func `null and absent are two things where that is wanted`() throws {
        let json = #"{"Note":{"nil":true},"Tags":[{"value":""},{"nil":true}]}"#
        let contract = try request(json, Self.nulls)
        #expect(contract.contains(#""Note":null"#) && contract.contains(#""Tags":["",null]"#))
        #expect(try answer(contract, Self.nulls) == json)
        #expect(try request(#"{"Memo":"m"}"#, Self.nulls).contains(#""Memo":"m""#))
    }

    @Test func `what protobuf has no value for is a failure of the service`() throws {
        let null = try #require(throws: Failure.self) {
            _ = try answer(#"{"AccountID":"1","Memo":null,"Tags":["a",null]}"#)
        }
        #expect(null.code == .internal && null.violations.map(\.pointer) == ["/Tags/1"])
        let method = try method("transfer")
        var builder = DocumentBuilder()
        let input = try #require(BankContract.contract.schema.messages.firstIndex { $0.name == "Transfer.Request" })
        let object = builder.openObject(MessageID(input), field: Node.noField)
        builder.text(.string, "closed", field: 16)
        builder.close(object)
        let document = builder.finish()
        let unknown = try #require(throws: Failure.self) {
            var out = ByteWriter()
            try method.response.write(.decoded(document), as: .protobuf, into: &out)
        }
        #expect(
            unknown.origin == .upstream && unknown.violations.map { "\($0.pointer) \($0.rule)" } == ["/Status enum"])
    }

    // MARK: Calls

    @Test func `a call goes there and back, in every protocol`() throws {
        let method = try method("transfer")
        for type in ["application/grpc", "application/grpc-web"] {
            var wire = ByteWriter()
            wire.append(field: 1, varint: 7)
            let call = FaceCall(method).receive(type, [], [envelope(wire.finish())])
            let document = try #require(call.messages.first).document()
            #expect(try text(document, method.operation.input).hasPrefix(#"{"AccountID":"7""#))
            call.send([.message(.decoded(document)), .end(.success(trailers: nil))])
            #expect(envelopes(call.answer.body).first?.bytes.array == [8, 7])
        }
        let call = FaceCall(method).receive("application/json", [], [Bytes(#"{"AccountID":"7"}"#)])
        call.send([.message(try #require(call.messages.first)), .end(.success(trailers: nil))])
        #expect(String(call.answer.body) == #"{"AccountID":"7"}"#)
        #expect(method.path == "/com.example.bank.v2024.v1.Bank/Transfer")
    }

    @Test func `an operation of nothing takes and gives empty messages`() throws {
        let call = FaceCall(try method("Ping")).receive("application/grpc", [], [envelope(Bytes())])
        #expect(call.messages.count == 1 && call.isWhole)
        #expect(try call.messages[0].document().root.kind == .null)
        call.send([.end(.success(trailers: nil))])
        #expect(envelopes(call.answer.body).map(\.bytes.count) == [0])
        #expect(call.answer.trailing == ["grpc-status: 0"])
    }

    @Test func `a declared fault is a typed detail`() throws {
        let schema = BankContract.contract.schema
        let type = try #require(schema.messages.firstIndex { $0.name == "NoFunds" })
        let document = try JSONCoder(.message(MessageID(type)), schema: schema).decode(
            Bytes(#"{"Missing":"0.10","Currency":"EUR"}"#))
        let busy = try JSONCoder(BankContract.scalar(.int(bits: 32)), schema: schema).decode(Bytes("7"))
        let failure = Failure(
            .failedPrecondition, "soap.fault", "No.", origin: .upstream,
            details: [
                FailureDetail(typeName: "NoFunds", document: document), FailureDetail(typeName: "Busy", document: busy),
            ])
        let method = try method("transfer")
        let packed = method.statuses.packed(failure, faults: method.faults)
        #expect(
            packed.map(\.url) == [
                "type.googleapis.com/com.example.bank.v2024.v1.NoFunds",
                "type.googleapis.com/com.example.bank.v2024.v1.BusyDetail",
                "type.googleapis.com/google.rpc.ErrorInfo",
            ])
        #expect(packed[0].value.array == [10, 4] + Array("0.10".utf8) + [16, 1] && packed[1].value.array == [8, 7])
        let shown = method.statuses.debug(packed[0]).map { String($0) } ?? ""
        #expect(shown.contains(#""Missing":"0.10","Currency":"CURRENCY_EUR""#))
    }
}

extension String {
    /// As methods are named.
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
