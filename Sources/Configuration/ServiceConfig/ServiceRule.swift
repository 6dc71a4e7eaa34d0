public import Canonical

/// How one method is called over HTTP, by a service configuration.
public struct ServiceRule: Configurable {
    /// The full name of the method: `package.Service.Method`.
    public private(set) var selector = ""
    public private(set) var binding = HTTPBindingEntry()
    /// Other ways to call it.
    public private(set) var additional: [HTTPBindingEntry] = []
    /// Where it stands.
    public private(set) var location = SourceLocation(file: "", line: 1, column: 1)

    public init() {}

    static let keys: [Key<ServiceRule>] = [
        .required("selector", \.selector, .text, "The method, by its full name."),
        .optional("additional_bindings", \.additional, .list(of: .mapping), "Other ways to call it."),
        .optional("additionalBindings", \.additional, .list(of: .mapping), "Other ways to call it."),
    ]

    /// A rule with the keys of its first binding among its own.
    static let shape = Shape<ServiceRule>(schema: (descriptions + HTTPBindingEntry.descriptions).schema) {
        node, reader in
        guard case .mapping = node.content else {
            reader.expect("a rule", found: node)
            return nil
        }
        var rule = ServiceRule()
        rule.location = node["selector"]?.value.location ?? node.location
        rule.fill(from: node, reader: &reader)
        rule.binding.fill(from: node, reader: &reader)
        (descriptions + HTTPBindingEntry.descriptions).check(node, reader: &reader)
        rule.binding.inspect(node, reader: &reader)
        return rule
    }
}
