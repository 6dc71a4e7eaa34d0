// swift-tools-version: 6.2
import PackageDescription

// The program that the official protobuf conformance runner talks to; see Testee/main.swift. The modules are those of
// the gateway, built here once more because a package exports only its products.

let settings: [SwiftSetting] = [
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

func module(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: settings)
}

let package = Package(
    name: "conformance",
    targets: [
        module("Buffers", "Buffers", []),
        module("Canonical", "Canonical", ["Buffers"]),
        module("JSONCodec", "Codecs/JSON", ["Buffers", "Canonical"]),
        module("ProtobufSchema", "Codecs/Protobuf/Schema", ["Buffers", "Canonical"]),
        module("ProtobufCodec", "Codecs/Protobuf/Coder", ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema"]),
        .executableTarget(
            name: "testee",
            dependencies: ["Buffers", "Canonical", "JSONCodec", "ProtobufSchema", "ProtobufCodec"],
            path: "Testee", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
