// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets for everything that reads bytes from a network; see run. The modules are those of the gateway, built
// here once more because coverage needs them instrumented.

let instrumented: [SwiftSetting] = [
    .unsafeFlags(["-sanitize=fuzzer,address"]),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

func module(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: instrumented)
}

let package = Package(
    name: "fuzz",
    targets: [
        .systemLibrary(name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0"),
        module("Buffers", "Buffers", []),
        module("Canonical", "Canonical", ["Buffers"]),
        module("JSONCodec", "Codecs/JSON", ["Buffers", "Canonical"]),
        module("XMLCodec", "Codecs/XML", ["Buffers", "Canonical", "JSONCodec", "CLibXML2"]),
        module("ProtobufSchema", "Codecs/Protobuf/Schema", ["Buffers", "Canonical"]),
        module("ProtobufCodec", "Codecs/Protobuf/Coder", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema"]),
        module("HTTP", "HTTP", ["Buffers"]),
        module("HTTP1", "Wire/HTTP1", ["Buffers", "HTTP"]),
        .systemLibrary(name: "CNGHTTP2", path: "Sources/CNGHTTP2", pkgConfig: "libnghttp2"),
        module("HTTP2", "Wire/HTTP2", ["Buffers", "HTTP", "CNGHTTP2"]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
        module("Compression", "Compression", ["Buffers", "CZlib"]),
        module("WebSocket", "Wire/WebSocket", ["Buffers", "HTTP", "Compression"]),
        .target(name: "CLinux", path: "Sources/CLinux"),
        .systemLibrary(name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "openssl"),
        module("Reactor", "Reactor", ["Buffers", "CLinux", "COpenSSL"]),
        module("Engine", "Engine", ["Buffers", "Canonical", "HTTP", "Reactor"]),
        module(
            "GRPC", "Protocols/GRPC",
            [
                "Buffers", "Canonical", "Compression", "JSONCodec", "ProtobufSchema", "ProtobufCodec", "Engine", "HTTP",
            ]),
        .target(name: "CFuzzer", path: "CFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzer", "Buffers", "Canonical", "JSONCodec", "XMLCodec", "ProtobufSchema", "ProtobufCodec",
                "HTTP", "HTTP1", "HTTP2", "WebSocket", "GRPC",
            ],
            path: "Targets", swiftSettings: instrumented,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ],
    swiftLanguageModes: [.v6]
)
