/// What a full name stands for.
struct Symbol {
    enum Kind {
        case package, message, enumeration, enumerationValue, field, `extension`, oneof, service, method

        var isType: Bool { self == .message || self == .enumeration }

        /// Whether other names stand in it.
        var isScope: Bool { self == .package || self == .message || self == .enumeration || self == .service }

        var text: String {
            switch self {
            case .package: "a package"
            case .message: "a message"
            case .enumeration: "an enum"
            case .enumerationValue: "a value of an enum"
            case .field: "a field"
            case .extension: "an extension"
            case .oneof: "a oneof"
            case .service: "a service"
            case .method: "a method"
            }
        }
    }

    var kind: Kind
    /// The file that declares it; a package has several.
    var files: Set<Int>
}
