import Buffers
import Canonical
import HTTP
import JSONCodec
import ProtobufSchema
import Testing

@testable import GRPC

/// What goes with a failure, there and back.
@Suite struct StatusTests {
    private let types = StatusTypes(Echo.contract)
    private let untyped = JSONCoder(.any, schema: Schema.Builder().build())

    private func any(_ url: String, _ value: Bytes) throws -> PackedDetail {
        var out = ByteWriter()
        out.append(field: 1, string: url)
        out.append(field: 2, content: value.span)
        return try PackedDetail(out.finish())
    }

    private func json(_ document: Document) throws -> String {
        var out = ByteWriter()
        try untyped.encode(document, into: &out)
        return String(out.finish())
    }

    @Test func `details of known types are shown by their fields`() throws {
        let own = try any("type.googleapis.com/test.v1.Hint", note("look there"))
        #expect(
            try json(types.detail(own).document) == #"{"@type":"type.googleapis.com/test.v1.Hint","text":"look there"}"#
        )
        var info = ByteWriter()
        info.append(field: 1, string: "WHY")
        info.append(field: 3, content: Bytes([0x0A, 1, 0x6B, 0x12, 1, 0x76]).span)
        let usual = try any("type.googleapis.com/google.rpc.ErrorInfo", info.finish())
        let shown = types.detail(usual)
        #expect(shown.typeName == "google.rpc.ErrorInfo")
        let expected = #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"WHY","metadata":{"k":"v"}}"#
        #expect(try json(shown.document) == expected)
    }

    @Test func `a body as it came is a detail for contracts that never heard of it, too`() throws {
        let text = #"{"@type":"type.googleapis.com/google.api.HttpBody","contentType":"text/plain","data":"aGk="}"#
        let detail = FailureDetail(typeName: "google.api.HttpBody", document: try untyped.decode(Bytes(text)))
        let packed = types.packed(Failure(.unknown, Failure.statusReason, "", details: [detail]), faults: [:])
        #expect(packed.map(\.url) == ["type.googleapis.com/google.api.HttpBody"])
        var body = ByteWriter()
        body.append(field: 1, string: "text/plain")
        body.append(field: 2, string: "hi")
        #expect(packed.map(\.value) == [body.finish()])
    }

    @Test func `details that nobody can show keep their bytes`() throws {
        var newer = ByteWriter()
        newer.append(field: 1, string: "a")
        newer.append(field: 77, varint: 5)
        let details = [
            try any("type.googleapis.com/other.Thing", Bytes([1, 2, 3])),
            try any("type.googleapis.com/test.v1.Hint", newer.finish()),
            try any("type.googleapis.com/test.v1.Hint", Bytes([0xFF])), try any("", Bytes()),
        ]
        #expect(
            try json(types.detail(details[0]).document)
                == #"{"@type":"type.googleapis.com/other.Thing","value":"AQID"}"#)
        for detail in details {
            let failure = Failure(.aborted, Failure.statusReason, "", details: [types.detail(detail)])
            let packed = types.packed(failure, faults: [:])
            #expect(packed.map(\.url) == [detail.url] && packed.map(\.value) == [detail.value])
        }
    }

    @Test func `a status goes through with its details byte by byte`() throws {
        var status = ByteWriter()
        status.append(field: 1, varint: 9)
        status.append(field: 2, string: "no")
        let details = [
            try any("type.googleapis.com/test.v1.Hint", note("x")), try any("t/other.Thing", Bytes([9])),
            try any("type.googleapis.com/google.protobuf.StringValue", note("boxed")),
        ]
        for detail in details {
            var any = ByteWriter()
            detail.write(into: &any)
            status.append(field: 3, content: any.written)
        }
        let bytes = status.finish()
        var trailers = Headers([("grpc-status", "9"), ("grpc-message", "no")])
        trailers.append("grpc-status-details-bin", Base64Text.encode(bytes))
        guard case .failure(let failure) = GRPCStatus(trailers, types) else { return #expect(Bool(false)) }
        #expect(failure.details.count == 3)
        #expect(types.status(of: failure, faults: [:]) == bytes)
        var again = Headers()
        failure.append(to: &again, try Echo.method("Unary"))
        #expect(again.lines == trailers.lines)
    }

    @Test func `a status that breaks off keeps what was whole`() throws {
        var any = ByteWriter()
        try self.any("type.googleapis.com/test.v1.Hint", note("x")).write(into: &any)
        var status = ByteWriter()
        status.append(field: 3, content: any.written)
        status.append(field: 3, content: any.written)
        let bytes = status.finish()
        for cut in 0..<bytes.count {
            #expect(types.details(of: bytes[0..<cut]).count == (cut < bytes.count / 2 ? 0 : 1))
        }
    }

    @Test func `what the gateway refuses says why and where`() throws {
        let failure = Failure(
            .invalidArgument, "request.invalid", "No.", origin: .client,
            violations: [Violation(pointer: "/a/0", rule: "maxLength", detail: "is too long")])
        let shown = types.packed(failure, faults: [:]).compactMap { types.debug($0) }.map { String($0) }
        #expect(
            shown == [
                #"{"@type":"type.googleapis.com/google.rpc.BadRequest","#
                    + #""fieldViolations":[{"field":"/a/0","description":"is too long","reason":"maxLength"}]}"#,
                #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"request.invalid","domain":"dragoman"}"#,
            ])
    }

    @Test func `details of other formats become structures`() throws {
        let document = try untyped.decode(Bytes(#"{"code":7,"inner":{"list":[true,null]}}"#))
        let failure = Failure(
            .notFound, "soap.fault", "No.", details: [FailureDetail(typeName: "NoAccount", document: document)])
        let packed = types.packed(failure, faults: [:])
        #expect(packed.first?.typeName == "google.protobuf.Struct")
        let shown = try #require(packed.first.flatMap { types.debug($0) })
        #expect(
            String(shown) == #"{"@type":"type.googleapis.com/google.protobuf.Struct","#
                + #""value":{"code":7,"inner":{"list":[true,null]}}}"#)
    }

    @Test func `details that no client could take are left out`() throws {
        let large = try any("t/other.Thing", Bytes([UInt8](repeating: 1, count: 6000)))
        let failure = Failure(.aborted, Failure.statusReason, "", details: [types.detail(large)])
        #expect(types.status(of: failure, faults: [:]) == nil)
    }
}
