import Canonical
import ProtobufSchema
import Testing

@testable import GRPC

/// The .proto files that are made of contracts without protobuf.
@Suite struct DerivationTests {
    private static let expected = """
        // Bank, as protobuf. Made from its contract; field numbers are kept in its lock.
        syntax = "proto3";

        package com.example.bank.v2024.v1;

        import "google/protobuf/empty.proto";
        import "google/protobuf/struct.proto";

        service Bank {
          // Moves it.
          // Details of failures: NoFunds, BusyDetail.
          rpc Transfer(Transfer_Request) returns (Transfer_Request);
          rpc Ping(google.protobuf.Empty) returns (google.protobuf.Empty);
          rpc Plain(PlainRequest) returns (PlainResponse);
          rpc Anyone(Party) returns (Party);
        }

        // Money.
        // Of some kind.
        message Amount {
          // Required.
          Currency currency = 2 [json_name = "@currency"];
          // A decimal number. At most 2 digits after the point.
          // Required.
          string value = 1 [json_name = "$"];
        }

        message BusyDetail {
          int32 value = 1;
        }

        message Clerk {
          // Required.
          string name = 1 [json_name = "Name"];
          // A date of XML Schema.
          optional string born = 2 [json_name = "Born"];
          // 16 bits.
          // Required.
          int32 desk = 3 [json_name = "Desk"];
        }

        message NoFunds {
          // A decimal number.
          // Required.
          string missing = 1 [json_name = "Missing"];
          // Required.
          Currency currency = 2 [json_name = "Currency"];
        }

        message Party {
          oneof derived {
            Person person = 2;
            Clerk clerk = 3;
          }
        }

        message Person {
          // Required.
          string name = 1 [json_name = "Name"];
          // A date of XML Schema.
          optional string born = 2 [json_name = "Born"];
          oneof derived {
            Clerk clerk = 3;
          }
        }

        message PlainRequest {
          string value = 1;
        }

        message PlainResponse {
          repeated int32 value = 1;
        }

        message Transfer_Request {
          optional string attr_id = 19 [json_name = "@id"];
          // At least 0.
          // Required.
          int64 account_id = 1 [json_name = "AccountID"];
          repeated Amount amount = 2 [json_name = "Amount"];
          optional bool flag = 3 [json_name = "Flag"];
          optional bytes raw = 4 [json_name = "Raw"];
          optional bytes hex = 5 [json_name = "Hex"];
          // A date of XML Schema.
          optional string due = 6 [json_name = "Due"];
          // 16 bits.
          repeated uint32 codes = 7 [json_name = "Codes"];
          oneof choice {
            // At most 34 characters.
            string iban = 8 [json_name = "Iban"];
            uint64 card = 9 [json_name = "Card"];
          }
          Party payer = 10 [json_name = "Payer"];
          optional float rate = 11 [json_name = "Rate"];
          // One of several simple types, as text.
          optional string either = 12 [json_name = "Either"];
          optional string note = 13 [json_name = "Note"];
          // Null where it is not set.
          optional string memo = 14 [json_name = "Memo"];
          repeated string tags = 15 [json_name = "Tags"];
          optional Transfer_RequestStatus status = 16 [json_name = "Status"];
          map<string, Currency> extras = 17 [json_name = "Extras"];
          repeated google.protobuf.Value any = 18000 [json_name = "$any"];
          // An integer.
          optional string id = 18;
        }

        enum Currency {
          CURRENCY_UNSPECIFIED = 0;
          // "EUR"
          CURRENCY_EUR = 1;
          // "US-D"
          CURRENCY_US_D = 2;
        }

        enum Transfer_RequestStatus {
          TRANSFER_REQUEST_STATUS_UNSPECIFIED = 0;
          // "open"
          TRANSFER_REQUEST_STATUS_OPEN = 1;
          // "Ünder way"
          TRANSFER_REQUEST_STATUS_NDER_WAY = 2;
        }

        """

    @Test func `a contract is a .proto file`() throws {
        let derivation = try ProtobufDerivation(BankContract.contract)
        #expect(derivation.text == Self.expected)
        let files = derivation.contract.annotations[ProtobufContract.self]?.files.map(\.name)
        #expect(files?.last == "com/example/bank/v2024/v1.proto")
    }

    @Test func `null has a message of its own where that is wanted`() throws {
        var options = ProtobufDerivation.Options()
        options.nulls = .message
        let lines = try ProtobufDerivation(BankContract.contract, options: options).text.split(separator: "\n")
        for line in [
            "  NillableString note = 13 [json_name = \"Note\"];", "  optional string memo = 14 [json_name = \"Memo\"];",
            "  repeated NillableString tags = 15 [json_name = \"Tags\"];", "message NillableString {",
            "  bool nil = 1;", "  optional string value = 2;",
        ] { #expect(lines.contains(Substring(line)), "\(line)") }
    }

    @Test func `a package may be given, and google's own names are found in any`() throws {
        var options = ProtobufDerivation.Options()
        options.package = "com.google.bank"
        let derivation = try ProtobufDerivation(BankContract.contract, options: options)
        #expect(derivation.text.contains("rpc Ping(.google.protobuf.Empty) returns (.google.protobuf.Empty);"))
        #expect(derivation.contract.namespace == "com.google.bank")
    }

    @Test func `messages give way to services and fields to what was there before`() throws {
        var builder = Schema.Builder()
        let message = builder.add(
            MessageType(
                name: "Bank",
                fields: ["Choice", "a.b", "a-b", "derived", "class", "Größe"].map {
                    Field(name: $0, type: BankContract.scalar(.string))
                }))
        let operation = Operation(name: "get", service: "bank", input: .message(message), output: .nothing)
        let twin = Operation(name: "Get", service: "bank", input: .message(message), output: .nothing)
        let contract = Contract(
            name: "b", namespace: "urn:b", schema: builder.build(), operations: [operation, twin])
        let text = try ProtobufDerivation(contract).text
        for part in [
            "service Bank {", "rpc Get(BankMessage)", "rpc Get2(BankMessage)", "string a_b = 2 [json_name = \"a.b\"]",
            "string a_b2 = 3 [json_name = \"a-b\"]", "string gr_e = 6 [json_name = \"Größe\"]",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
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
