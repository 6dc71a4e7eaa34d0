// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    // Public declarations are inlined across modules without annotations (docs/decisions/0002-cross-module.md).
    // Debug builds and tests check exclusivity; in release it was half of the instructions of a turn.
    // Swift's own libraries become part of the gateway (docs/decisions/0009-linking.md).
    .unsafeFlags(
        ["-cross-module-optimization", "-enforce-exclusivity=unchecked", "-static-stdlib"],
        .when(configuration: .release)),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Spans are returned from properties; the compiler checks that they do not outlive their owner.
    .enableExperimentalFeature("Lifetimes"),
]

/// One module of the house. Its folder is its place in the architecture (docs/architecture.md §4).
func module(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: strict)
}

func tests(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/" + path, swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/" + name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "dragoman",
    products: [.executable(name: "dragoman", targets: ["dragoman"])],
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
    targets: [
        .target(name: "CLinux", path: "Sources/CLinux"),
        system("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
        system("CNGHTTP2", pkgConfig: "libnghttp2", apt: "libnghttp2-dev"),
        system("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("CLibYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),

        module("Buffers", "Buffers", []),
        module("Canonical", "Canonical", ["Buffers"]),
        module("JSONCodec", "Codecs/JSON", ["Buffers", "Canonical"]),
        module("XMLCodec", "Codecs/XML", ["Buffers", "Canonical", "JSONCodec"]),
        module("ProtobufSchema", "Codecs/Protobuf/Schema", ["Buffers", "Canonical"]),
        module("ProtobufCodec", "Codecs/Protobuf/Coder", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema"]),
        module("Compression", "Compression", ["Buffers", "CZlib"]),
        module("HTTP", "HTTP", ["Buffers"]),
        module("HTTP1", "Wire/HTTP1", ["Buffers", "HTTP"]),
        module("HTTP2", "Wire/HTTP2", ["Buffers", "HTTP", "CNGHTTP2"]),
        module("WebSocket", "Wire/WebSocket", ["Buffers", "HTTP", "Compression"]),
        module("Reactor", "Reactor", ["Buffers", "CLinux", "COpenSSL"]),
        module("Engine", "Engine", ["Buffers", "Canonical", "HTTP", "Reactor"]),
        module(
            "Transports", "Transports",
            ["Buffers", "Canonical", "Engine", "HTTP", "HTTP1", "HTTP2", "Reactor", "WebSocket"]),
        module(
            "REST", "Protocols/REST", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema", "Engine", "HTTP"]),
        module("SOAP", "Protocols/SOAP", ["Buffers", "Canonical", "XMLCodec", "Engine", "HTTP"]),
        module(
            "GRPC", "Protocols/GRPC",
            [
                "Buffers", "Canonical", "Compression", "JSONCodec", "ProtobufSchema", "ProtobufCodec", "Engine", "HTTP",
            ]),
        module("Relay", "Protocols/Relay", ["Buffers", "Canonical", "Engine", "HTTP"]),
        module(
            "Messaging", "Protocols/Messaging",
            ["Buffers", "Canonical", "JSONCodec", "Engine", "HTTP", "Reactor", "WebSocket"]),
        module(
            "Admin", "Admin",
            ["Buffers", "Canonical", "JSONCodec", "Engine", "HTTP", "Reactor", "WebSocket"]),
        module("Configuration", "Configuration", ["Canonical", "CLibYAML"]),
        .executableTarget(
            name: "dragoman",
            dependencies: [
                "Buffers", "Canonical", "JSONCodec", "XMLCodec", "ProtobufSchema", "ProtobufCodec", "HTTP", "HTTP1",
                "HTTP2",
                "Reactor", "Engine", "Transports", "REST", "SOAP", "GRPC", "Relay", "Messaging", "Admin",
                "Configuration",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/dragoman", resources: [.embedInCode("Demo/bank.wsdl")], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

        // What several test targets need.
        .target(
            name: "TestSupport", dependencies: ["Buffers", "Reactor", "COpenSSL"], path: "Tests/Support",
            swiftSettings: strict),
        tests("BuffersTests", "BuffersTests", ["Buffers"]),
        tests("CanonicalTests", "CanonicalTests", ["Buffers", "Canonical"]),
        tests("JSONCodecTests", "Codecs/JSON", ["Buffers", "Canonical", "JSONCodec", "TestSupport"]),
        tests(
            "XMLCodecTests", "Codecs/XML",
            ["Buffers", "Canonical", "JSONCodec", "XMLCodec", "CLibXML2", "TestSupport"]),
        tests(
            "ProtobufSchemaTests", "Codecs/Protobuf/Schema", ["Buffers", "Canonical", "ProtobufSchema", "TestSupport"]),
        tests(
            "ProtobufCodecTests", "Codecs/Protobuf/Coder",
            ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema", "ProtobufCodec", "TestSupport"]),
        tests("CompressionTests", "CompressionTests", ["Buffers", "Compression"]),
        tests("HTTPTests", "HTTPTests", ["Buffers", "HTTP"]),
        tests("HTTP1Tests", "Wire/HTTP1", ["Buffers", "HTTP", "HTTP1", "TestSupport"]),
        tests("HTTP2Tests", "Wire/HTTP2", ["Buffers", "HTTP", "HTTP2", "CNGHTTP2"]),
        tests("WebSocketTests", "Wire/WebSocket", ["Buffers", "HTTP", "HTTP1", "Compression", "WebSocket"]),
        tests("ReactorTests", "ReactorTests", ["Buffers", "Reactor", "CLinux", "COpenSSL", "TestSupport"]),
        tests("EngineTests", "EngineTests", ["Buffers", "Canonical", "Engine", "HTTP", "Reactor", "TestSupport"]),
        tests(
            "TransportsTests", "TransportsTests",
            [
                "Buffers", "Canonical", "JSONCodec", "Engine", "HTTP", "HTTP1", "HTTP2", "Messaging", "Reactor",
                "Relay", "Transports", "WebSocket", "COpenSSL",
            ]),
        tests(
            "RESTTests", "Protocols/REST",
            [
                "Buffers", "Canonical", "JSONCodec", "ProtobufSchema", "ProtobufCodec", "Engine", "HTTP", "REST",
                "TestSupport",
            ]),
        tests(
            "SOAPTests", "Protocols/SOAP",
            ["Buffers", "Canonical", "JSONCodec", "XMLCodec", "Engine", "HTTP", "SOAP", "TestSupport"]),
        tests(
            "GRPCTests", "Protocols/GRPC",
            [
                "Buffers", "Canonical", "Compression", "JSONCodec", "ProtobufSchema", "ProtobufCodec", "Engine", "HTTP",
                "GRPC",
            ]),
        tests(
            "MessagingTests", "Protocols/Messaging",
            [
                "Buffers", "Canonical", "JSONCodec", "Engine", "HTTP", "Reactor", "WebSocket", "Messaging",
                "TestSupport",
            ]),
        tests(
            "AdminTests", "AdminTests",
            ["Buffers", "Canonical", "JSONCodec", "Engine", "HTTP", "Reactor", "Admin"]),
        tests("ConfigurationTests", "ConfigurationTests", ["Canonical", "Configuration"]),
        tests(
            "DragomanTests", "DragomanTests",
            [
                "Buffers", "Canonical", "Configuration", "Engine", "GRPC", "HTTP", "JSONCodec", "ProtobufSchema",
                "Reactor", "SOAP", "TestSupport", "dragoman",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
