public import Canonical
public import Engine
internal import JSONCodec

/// One value of the request that comes from elsewhere than its own place in the body: a line of `map:`.
public struct FieldMapping: Sendable {
    public enum Source: Sendable {
        /// The place of the capture in the route's path.
        case path(Int)
        /// Several segments of the path with the slashes between them.
        case segments(PathSpan)
        case query(String)
        /// A field name in lower case.
        case header(String)
        /// The names from the body's root to the member that moves.
        case body([String])
    }

    /// A member of the input: the names from the root to it, and what kind of value it takes.
    public struct Target: Sendable {
        public var names: [String]
        /// How text becomes its value.
        public var form: JSONForm
        public var isRepeated: Bool
        /// Whether digits are a number, although it is text else: an enum's.
        var takesNumbers = false
    }

    public var source: Source
    public var target: Target

    /// - Parameters:
    ///   - target: Member names joined by dots, from the root of the operation's input.
    ///   - source: `path.id`, `query.name`, `header.name` or `body.name.name`.
    ///   - pattern: The route's path.
    ///   - collapsing: Whether fields of types that only wrap an array are the array itself.
    /// - Throws: A diagnostic without a location: unknown member, unknown source, or text for a member that is an object.
    public init(
        _ target: String, from source: String, in pattern: PathPattern, of operation: Operation, _ schema: Schema,
        collapsing: Bool = false
    ) throws(Diagnostic) {
        self.source = try Self.source(source, pattern)
        self.target = try Self.target(
            target, operation.input, schema, takesObjects: self.source.isBody, collapsing: collapsing)
    }

    init(source: Source, target: Target) {
        self.source = source
        self.target = target
    }

    private static func source(_ text: String, _ pattern: PathPattern) throws(Diagnostic) -> Source {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            switch parts[0] {
            case "path":
                if let index = pattern.captureNames.firstIndex(of: parts[1]) { return .path(index) }
                throw Diagnostic(
                    .error, "route.unknown-parameter", "the path \(pattern) has no parameter \"\(parts[1])\"")
            case "query": return .query(parts[1])
            case "header": return .header(parts[1].lowercased())
            case "body": return .body(parts[1].split(separator: ".").map(String.init))
            default: break
            }
        }
        throw Diagnostic(
            .error, "route.unknown-source",
            "\"\(text)\" is no source of a value; write path.x, query.x, header.x or body.x")
    }

    private static func target(
        _ text: String, _ input: ValueType, _ schema: Schema, takesObjects: Bool, collapsing: Bool
    ) throws(Diagnostic) -> Target {
        var type = input
        var names: [String] = []
        var isRepeated = false
        for name in text.split(separator: ".").map(String.init) {
            guard case .message(let id) = type, !isRepeated,
                let field = schema[id].fields.first(where: { $0.name == name })
            else { throw Diagnostic(.error, "route.unknown-field", "the input has no member \"\(text)\"") }
            names.append(name)
            (type, isRepeated) = shown(field, schema, collapsing: collapsing)
        }
        if case .scalar(let scalar) = type { return Target(names: names, scalar, isRepeated: isRepeated) }
        guard takesObjects, !names.isEmpty else {
            throw Diagnostic(.error, "route.not-a-value", "\"\(text)\" is an object; map its members one by one")
        }
        return Target(names: names, form: .varying, isRepeated: isRepeated)
    }

    /// The members at the root of `input` that a query parameter of the same name may set.
    static func queryTargets(of input: ValueType, _ schema: Schema, collapsing: Bool) -> [String: Target] {
        guard case .message(let id) = input else { return [:] }
        var targets: [String: Target] = [:]
        for field in schema[id].fields {
            let (type, isRepeated) = shown(field, schema, collapsing: collapsing)
            guard case .scalar(let scalar) = type else { continue }
            targets[field.name] = Target(names: [field.name], scalar, isRepeated: isRepeated)
        }
        return targets
    }

    /// What JSON shows as the values of `field`, and whether they stand in an array.
    private static func shown(_ field: Field, _ schema: Schema, collapsing: Bool) -> (ValueType, isRepeated: Bool) {
        if collapsing, !field.cardinality.isRepeated, case .message(let id) = field.type, schema[id].wrapsArray {
            return (schema[id].fields[0].type, true)
        }
        return (field.type, field.cardinality.isRepeated)
    }
}

extension FieldMapping.Target {
    init(names: [String], _ scalar: ScalarType, isRepeated: Bool) {
        self.init(names: names, form: ScalarCoder(scalar).jsonForm(NumberPolicy()), isRepeated: isRepeated)
    }
}

extension FieldMapping.Source {
    var isBody: Bool {
        if case .body = self { true } else { false }
    }
}
