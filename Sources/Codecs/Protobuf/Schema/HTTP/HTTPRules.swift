public import Canonical

/// An HTTP rule from elsewhere than a .proto file, which takes the place of the method's own.
public struct HTTPRuleOverride: Sendable {
    /// The full name of the method: `package.Service.Method`.
    public var selector: String
    public var rule: HTTPRule
    /// Where it stands.
    public var location: SourceLocation?

    public init(selector: String, rule: HTTPRule, location: SourceLocation? = nil) {
        self.selector = selector
        self.rule = rule
        self.location = location
    }
}

/// The HTTP rules of methods: their own, or those that take their place.
struct HTTPRules {
    private let overrides: [String: HTTPRuleOverride]

    /// - Parameter overrides: The last one for a method counts.
    init(_ overrides: [HTTPRuleOverride] = []) {
        self.overrides = Dictionary(overrides.map { ($0.selector, $0) }) { $1 }
    }

    func rule(of method: MethodDescriptor) -> HTTPRule? {
        overrides[method.fullName]?.rule ?? method.httpRule
    }

    /// Where the rule of `method` stands; nil where it is its own.
    func location(of method: MethodDescriptor) -> SourceLocation? {
        overrides[method.fullName]?.location
    }

    /// Those for methods that are not among `names`.
    func strays(among names: Set<String>) -> [HTTPRuleOverride] {
        overrides.values.filter { !names.contains($0.selector) }.sorted { $0.selector < $1.selector }
    }
}
