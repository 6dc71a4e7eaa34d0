// swift-tools-version: 6.2
import PackageDescription

// The codec benchmark. The modules are those of the gateway, built here once more because a package exports only its
// products, and the gateway's only product is the executable.

let settings: [SwiftSetting] = [
    .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

func module(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: settings)
}

let package = Package(
    name: "benchmarks",
    targets: [
        .target(name: "CLinux", path: "Sources/CLinux"),
        .systemLibrary(name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0"),
        module("Buffers", "Buffers", []),
        module("Canonical", "Canonical", ["Buffers"]),
        module("JSONCodec", "Codecs/JSON", ["Buffers", "Canonical"]),
        module("XMLCodec", "Codecs/XML", ["Buffers", "Canonical", "JSONCodec", "CLibXML2"]),
        module("ProtobufSchema", "Codecs/Protobuf/Schema", ["Buffers", "Canonical"]),
        module("ProtobufCodec", "Codecs/Protobuf/Coder", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema"]),
        module("HTTP", "HTTP", ["Buffers"]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
        module("Compression", "Compression", ["Buffers", "CZlib"]),
        module("WebSocket", "Wire/WebSocket", ["Buffers", "HTTP", "Compression"]),
        .systemLibrary(name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "openssl"),
        module("Reactor", "Reactor", ["Buffers", "CLinux", "COpenSSL"]),
        module("Engine", "Engine", ["Buffers", "Canonical", "HTTP", "Reactor"]),
        module("SOAP", "Protocols/SOAP", ["Buffers", "Canonical", "XMLCodec", "CLibXML2", "Engine", "HTTP"]),
        module("REST", "Protocols/REST", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema", "Engine", "HTTP"]),
        .target(
            name: "TestSupport", dependencies: ["Buffers", "COpenSSL", "Reactor"], path: "Support",
            swiftSettings: settings),
        .executableTarget(
            name: "codec",
            dependencies: [
                "Buffers", "Canonical", "JSONCodec", "XMLCodec", "ProtobufSchema", "ProtobufCodec", "Engine", "HTTP",
                "REST", "SOAP", "WebSocket", "TestSupport",
            ],
            path: "Codec", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
