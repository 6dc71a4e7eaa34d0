internal import Canonical
internal import XMLCodec

/// The fields of one message type while it is read; gives them their property names (TRANSLATION R2, R3).
struct FieldList {
    private(set) var fields: [Field] = []
    /// Fields by property name.
    private var names: [String: Int] = [:]
    /// The next number for a name that is taken.
    private var numbers: [String: Int] = [:]
    /// Whether a name had to be changed, so that an element may stand under another one.
    private var hasClashes = false
    /// Namespaces without a usable prefix, in the order in which they needed one.
    private var numbered: [String] = []

    /// Continues the fields of a base type: they keep their places and names.
    init(continuing base: [Field] = []) {
        for field in base { append(field) }
    }

    subscript(index: Int) -> Field {
        get { fields[index] }
        set { fields[index] = newValue }
    }

    func index(of element: QualifiedName) -> Int? {
        guard let first = names[element.local] else { return nil }
        if fields[first].elementName == element { return first }
        return hasClashes ? fields.firstIndex { $0.elementName == element } : nil
    }

    /// Adds a field under `field.name`; what is taken already becomes `prefix:name`.
    mutating func add(element name: QualifiedName, _ field: Field, in document: ContractDocument) -> Int {
        var field = field
        field.annotations[XMLNode.self] = .element(name)
        if names[field.name] != nil { field.name = "\(prefix(of: name.namespace, in: document)):\(name.local)" }
        return append(unique(field))
    }

    /// Adds an attribute: `@name`, or `@prefix:name` when it is qualified.
    mutating func add(attribute name: QualifiedName, _ field: Field, in document: ContractDocument) -> Int {
        var field = field
        field.annotations[XMLNode.self] = .attribute(name)
        field.name =
            name.namespace.isEmpty ? "@\(name.local)" : "@\(prefix(of: name.namespace, in: document)):\(name.local)"
        return append(unique(field))
    }

    /// Adds what has no name of its own in XML: `$`, `$any`, `$items`, `@*`, or a group's name.
    mutating func add(_ node: XMLNode, _ field: Field) -> Int {
        var field = field
        field.annotations[XMLNode.self] = node
        return append(unique(field))
    }

    /// Replaces what a field says; its place, name and node stay.
    mutating func replace(at index: Int, by field: Field) {
        let old = fields[index]
        fields[index] = field
        fields[index].name = old.name
        fields[index].annotations = old.annotations
    }

    mutating func remove(at index: Int) {
        var rest = fields
        rest.remove(at: index)
        self = FieldList(continuing: rest)
    }

    // MARK: Names

    /// The prefix that a property name has for `namespace`: the one that the schema declares, else `ns1`, `ns2`…
    private mutating func prefix(of namespace: String, in document: ContractDocument) -> String {
        if let prefix = document.prefix(of: namespace) { return prefix }
        if let place = numbered.firstIndex(of: namespace) { return "ns\(place + 1)" }
        numbered.append(namespace)
        return "ns\(numbered.count)"
    }

    /// The field, its name followed by the first free number when it is taken even so: two wildcards of one type.
    private mutating func unique(_ field: Field) -> Field {
        var field = field
        let name = field.name
        var number = numbers[name] ?? 2
        while names[field.name] != nil {
            field.name = "\(name)\(number)"
            number += 1
            numbers[name] = number
        }
        return field
    }

    @discardableResult
    private mutating func append(_ field: Field) -> Int {
        names[field.name] = fields.count
        if let name = field.elementName, name.local != field.name { hasClashes = true }
        fields.append(field)
        return fields.count - 1
    }
}
