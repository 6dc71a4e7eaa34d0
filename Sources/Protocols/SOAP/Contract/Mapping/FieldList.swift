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
        for field in base {
            if let name = field.elementName, name.local != field.name { hasClashes = true }
            append(field)
        }
    }

    subscript(index: Int) -> Field { fields[index] }

    func index(of element: QualifiedName) -> Int? {
        guard let first = names[element.local] else { return nil }
        if fields[first].elementName == element { return first }
        return hasClashes ? fields.firstIndex { $0.elementName == element } : nil
    }

    /// Adds a field under `field.name`; what is taken already becomes `prefix:name`.
    mutating func add(element name: QualifiedName, _ field: consuming Field, in document: ContractDocument) -> Int {
        field.annotations[XMLNode.self] = .element(name)
        if names[field.name] != nil {
            hasClashes = true
            field.name = unique("\(prefix(of: name.namespace, in: document)):\(name.local)")
        }
        return append(field)
    }

    /// Adds an attribute: `@name`, or `@prefix:name` when it is qualified.
    mutating func add(attribute name: QualifiedName, _ field: consuming Field, in document: ContractDocument) -> Int {
        field.annotations[XMLNode.self] = .attribute(name)
        let isQualified = !name.namespace.isEmpty
        field.name = unique(
            isQualified ? "@\(prefix(of: name.namespace, in: document)):\(name.local)" : "@\(name.local)")
        return append(field)
    }

    /// Adds what has no name of its own in XML: `$`, `$any`, `$items`, `@*`, or a group's name.
    mutating func add(_ node: XMLNode, _ field: consuming Field) -> Int {
        field.annotations[XMLNode.self] = node
        field.name = unique(field.name)
        return append(field)
    }

    mutating func set(_ cardinality: Cardinality, at index: Int) { fields[index].cardinality = cardinality }

    mutating func set(_ node: XMLNode, at index: Int) { fields[index].annotations[XMLNode.self] = node }

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

    /// `name`, followed by the first free number when it is taken: two wildcards of one type.
    private mutating func unique(_ name: String) -> String {
        guard names[name] != nil else { return name }
        var number = numbers[name] ?? 2
        while names["\(name)\(number)"] != nil { number += 1 }
        numbers[name] = number + 1
        return "\(name)\(number)"
    }

    @discardableResult
    private mutating func append(_ field: consuming Field) -> Int {
        names[field.name] = fields.count
        fields.append(field)
        return fields.count - 1
    }
}
