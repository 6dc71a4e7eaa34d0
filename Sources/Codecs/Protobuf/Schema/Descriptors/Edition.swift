/// The version of the language that a file is written in; the raw value is that of `google.protobuf.Edition`.
public enum Edition: Int32, Sendable, Comparable {
    case proto2 = 998, proto3 = 999, edition2023 = 1000, edition2024 = 1001

    public static func < (left: Edition, right: Edition) -> Bool { left.rawValue < right.rawValue }

    /// Whether files of it say `edition` instead of `syntax`.
    public var usesFeatures: Bool { self >= .edition2023 }
}
