import Buffers
import Canonical
import Configuration
import GRPC
import ProtobufSchema

@testable import dragoman

/// Services as they say themselves what they are.
enum Described {
    /// A descriptor set of a service `stock.v1.Stock` with these methods.
    static func stock(_ methods: String...) throws -> ReflectedContract {
        let methods = methods.map { "rpc \($0)(Quote) returns (Quote);" }.joined(separator: " ")
        return try set(
            #"syntax = "proto3"; package stock.v1; message Quote { string symbol = 1; } service Stock { \#(methods) }"#)
    }

    static func set(_ proto: String) throws -> ReflectedContract {
        struct Nothing: DocumentLoader {
            func load(_ path: String) -> Bytes? { nil }
        }
        let compiler = ProtobufCompiler(importPaths: [], loader: Nothing())
        let contract = try compiler.compile(Bytes(proto), named: "s.proto").0.contract()
        var out = ByteWriter()
        for file in contract.annotations[ProtobufContract.self]?.files ?? [] {
            out.append(field: 1, content: file.descriptor.span)
        }
        return ReflectedContract(descriptors: out.finish())
    }

    /// A configuration with an upstream that is asked, and one that is not.
    static func configuration(_ settings: String = "", expose: String = "s.*") -> LoadedConfiguration {
        Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams:
              s: { contract: reflection, endpoints: ["grpc://h:1"]\(settings) }
              t: { contract: t.proto, endpoints: ["grpc://t:1"] }
            routes:
              - { expose: \(expose), as: grpc }
              - { expose: t.*, as: grpc }
            """, named: "dragoman.yaml")
    }

    static let files = MemoryFiles(files: [
        "t.proto": #"syntax = "proto3"; package t; message M {} service T { rpc Do(M) returns (M); }"#
    ])

    static let silence = ReflectionClient.Answer.failure(
        ReflectionClient.Problem(endpoint: "grpc://h:1", error: .failed("h:1: connection refused")))
}
