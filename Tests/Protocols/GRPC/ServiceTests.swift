import Buffers
import Canonical
import HTTP
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

/// Health and reflection, through their faces.
@Suite struct ServiceTests {
    private let services = GRPCServices([GRPCServices.Offer(Echo.contract)])

    /// What a method answers to JSON messages: the messages, and whether the call is over.
    private func call(_ path: String, _ requests: String...) throws -> (texts: [String], isOver: Bool) {
        let method = try #require(services.methods.first { $0.path == path })
        let face = method.face.makeFace(.test())
        let service = method.service.makeService(.test())
        var (inbox, outbox, wire) = (Outbox<RequestPart>(), Outbox<ResponsePart>(), Outbox<HTTPResponsePart>())
        var received: [HTTPRequestPart] = [
            .head(HTTPRequestHead(.post, path, [("content-type", "application/grpc+json")]))
        ]
        received += requests.map { .body(envelope(Bytes($0))) }
        received.append(.end(trailers: nil))
        do throws(Failure) {
            for part in received { try face.decode(part, into: &inbox) }
            while let part = inbox.popFirst() { try service.receive(part, into: &outbox) }
            while let part = outbox.popFirst() { try face.encode(part, into: &wire) }
        } catch {
            try face.encode(.end(.failure(error)), into: &wire)
        }
        var (body, isOver, status) = ([UInt8](), false, "")
        while let part = wire.popFirst() {
            switch part {
            case .head(let head): status = head.headers[.grpcStatus] ?? ""
            case .body(let bytes): body += bytes.array
            case .end: isOver = true
            case .interim: break
            }
        }
        let texts = envelopes(Bytes(body)).map { String($0.bytes) }
        return (status.isEmpty ? texts : texts + ["status \(status)"], isOver)
    }

    @Test func `the gateway offers health and both reflections`() {
        #expect(
            services.methods.map(\.path) == [
                "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
                "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            ])
    }

    @Test func `services that there are serve`() throws {
        for name in ["", "test.v1.Echo", "grpc.health.v1.Health"] {
            let (texts, isOver) = try call("/grpc.health.v1.Health/Check", #"{"service":"\#(name)"}"#)
            #expect(texts == [#"{"status":"SERVING"}"#] && isOver)
        }
        #expect(try call("/grpc.health.v1.Health/Check", #"{"service":"none"}"#).texts == ["status 5"])
    }

    @Test func `a watch tells what it knows and stays open`() throws {
        let known = try call("/grpc.health.v1.Health/Watch", #"{"service":"test.v1.Echo"}"#)
        #expect(known.texts == [#"{"status":"SERVING"}"#] && !known.isOver)
        let unknown = try call("/grpc.health.v1.Health/Watch", #"{"service":"none"}"#)
        #expect(unknown.texts == [#"{"status":"SERVICE_UNKNOWN"}"#] && !unknown.isOver)
    }

    @Test(arguments: ["v1", "v1alpha"])
    func `services are listed`(version: String) throws {
        let path = "/grpc.reflection.\(version).ServerReflection/ServerReflectionInfo"
        let (texts, isOver) = try call(path, #"{"host":"h","listServices":"*"}"#)
        let names = [
            "test.v1.Echo", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
        ].map { "{\"name\":\"\($0)\"}" }.joined(separator: ",")
        #expect(
            texts == [
                #"{"validHost":"h","originalRequest":{"host":"h","listServices":"*"},"#
                    + #""listServicesResponse":{"service":[\#(names)]}}"#
            ])
        #expect(isOver)
    }

    @Test func `files are found by name, symbol and extension, with what they import`() throws {
        let index = ReflectionIndex([GRPCServices.Offer(try Self.extended())])
        func names(_ files: [Bytes]?) throws -> [String]? {
            try files?.map { file in
                try WireField.all(of: file).first { $0.tag.number == 1 }?.text ?? ""
            }
        }
        let own = ["own.proto", "google/protobuf/descriptor.proto"]
        #expect(try names(index.files(named: "own.proto")) == own)
        for symbol in ["own.A", "own.A.B", "own.E", "own.S", "own.S.M", "own.extra"] {
            #expect(try names(index.files(declaring: symbol)) == own)
        }
        let field = ReflectionIndex.Extension(type: "google.protobuf.FieldOptions", number: 50_000)
        #expect(try names(index.files(with: field)) == own)
        #expect(index.extensionNumbers(of: "google.protobuf.FieldOptions") == [50_000])
        #expect(index.extensionNumbers(of: "own.A") == [])
        #expect(index.extensionNumbers(of: "none") == nil && index.files(named: "none") == nil)
        #expect(index.files(declaring: "") == nil)
    }

    @Test func `each request of a stream is answered, also one that finds nothing`() throws {
        let (texts, _) = try call(
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", #"{"fileContainingSymbol":"test.v1.Note"}"#,
            #"{"fileByFilename":"none.proto"}"#, #"{"allExtensionNumbersOfType":"test.v1.Note"}"#,
            #"{"fileContainingExtension":{"containingType":"test.v1.Note","extensionNumber":7}}"#,
            #"{"fileContainingSymbol":"google.rpc.BadRequest"}"#)
        #expect(texts.count == 5)
        #expect(texts[0].contains(#""fileDescriptorResponse":{"fileDescriptorProto":[""#))
        #expect(texts[1].contains(#""errorResponse":{"errorCode":5,"#))
        #expect(texts[2].contains(#""allExtensionNumbersResponse":{"baseTypeName":"test.v1.Note"}"#))
        #expect(texts[3].contains(#""errorResponse":{"errorCode":5,"#))
        #expect(texts[4].contains(#""fileDescriptorResponse":{"fileDescriptorProto":[""#))
    }

    private static func extended() throws -> Contract {
        struct NoFiles: DocumentLoader {
            func load(_ path: String) -> Bytes? { nil }
        }
        let text = """
            syntax = "proto3"; package own; import "google/protobuf/descriptor.proto";
            message A { message B {} enum C { Z = 0; } } enum E { X = 0; } service S { rpc M(A) returns (A); }
            extend google.protobuf.FieldOptions { string extra = 50000; }
            """
        return try ProtobufCompiler(importPaths: [], loader: NoFiles()).compile(Bytes(text), named: "own.proto").0
            .contract(of: ["own.proto"])
    }
}
