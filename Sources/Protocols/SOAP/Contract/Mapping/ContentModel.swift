internal import Canonical
internal import XMLCodec

/// Lays the particles of a complex type out as fields and rules (TRANSLATION R2, R5, R12, R15).
///
/// In mixed content (R13) JSON keeps the elements in their order between the text. So the same one may stand anywhere, and
/// a group that repeats is no array of its own: each of its elements may occur again.
struct ContentModel {
    private static let maximumDepth = 48
    private static let maximumParticles = 20_000

    private let mapper: TypeMapper
    /// The name of the type, which the names of the anonymous types inside begin with.
    private let owner: String
    private(set) var list: FieldList
    /// How many fields there were before: those of the base type.
    private let baseCount: Int
    private let isMixed: Bool
    /// Whether the elements may stand in any order: `all`, or the rounds of a repeating group in mixed content.
    private(set) var isUnordered = false
    private var groups: Set<QualifiedName> = []
    private var depth = 0
    private var particles = 0

    init(mapper: TypeMapper, owner: String, list: FieldList, isMixed: Bool = false) {
        self.mapper = mapper
        self.owner = owner
        self.list = list
        self.isMixed = isMixed
        baseCount = list.fields.count
    }

    /// Adds the fields of `particle` and returns the rules among them.
    mutating func read(_ particle: Component) throws(Diagnostic) -> [ContentRule] {
        let part = try self.part(particle, in: .once)
        if let first = part.slots.map(\.field).min(), first < baseCount {
            guard isMixed else { throw interleaved(particle) }
            isUnordered = true
        }
        settle(part)
        return part.rules
    }

    /// Gives the fields of the whole content their final cardinalities.
    private mutating func settle(_ part: Part) {
        let required = Set(part.required)
        for slot in part.slots {
            var occurrence = slot.occurrence
            if !required.contains(slot.field) { occurrence.minimum = 0 }
            if slot.field < baseCount { occurrence = Occurrence(list[slot.field].cardinality).followed(by: occurrence) }
            let isList = slot.isList || occurrence.isRepeated
            list.set(
                isList
                    ? .repeated(minimum: occurrence.minimum, maximum: occurrence.maximum) : occurrence.cardinality,
                at: slot.field)
        }
    }

    // MARK: Particles

    /// One particle with its own occurrence. `outer` is that of the choice it is a branch of, where that is unbounded.
    private mutating func part(_ particle: Component, in outer: Occurrence) throws(Diagnostic) -> Part {
        try enter(particle)
        defer { depth -= 1 }
        var occurrence = particle.occurrence(mapper.findings)
        guard !occurrence.isProhibited else { return Part() }
        // (a+ | b)* is (a | b)*, and so every item of an unbounded choice is one branch once.
        if outer.maximum == nil, occurrence.isRepeated { occurrence = .once }
        switch particle.element.local {
        case "element": return try element(particle, occurrence)
        case "any": return wildcard(particle, occurrence)
        case "group": return try groupReference(particle, occurrence)
        case "sequence", "all", "choice": return try group(particle, named: nil, occurrence)
        default:
            throw Diagnostic(
                .error, "xsd.content", "'\(particle.element.local)' is no particle.", at: particle.location)
        }
    }

    private mutating func enter(_ particle: Component) throws(Diagnostic) {
        depth += 1
        particles += 1
        guard depth <= Self.maximumDepth, particles <= Self.maximumParticles else {
            depth -= 1
            throw Diagnostic(.error, "xsd.too-large", "The content of '\(owner)' is too large.", at: particle.location)
        }
    }

    private mutating func element(_ particle: Component, _ occurrence: Occurrence) throws(Diagnostic) -> Part {
        let declaration = try mapper.element(particle, owner: owner)
        guard !declaration.isHead else { throw declaration.substitution(at: particle.location) }
        var field = Field(
            name: declaration.name.local, documentation: declaration.documentation, type: declaration.type,
            isNillable: declaration.isNillable)
        field.defaultValue = declaration.defaultValue
        field.fixedValue = declaration.fixedValue
        guard let known = list.index(of: declaration.name) else {
            return .single(list.add(element: declaration.name, field, in: particle.document), occurrence)
        }
        guard list[known].type.isSame(as: declaration.type) else {
            throw Diagnostic(
                .error, "xsd.inconsistent-element",
                "The element '\(declaration.name.local)' stands twice in one content with different types.",
                at: particle.location)
        }
        return .single(known, occurrence)
    }

    private mutating func wildcard(_ particle: Component, _ occurrence: Occurrence) -> Part {
        let field = Field(name: "$any", documentation: particle.element.documentation, type: .any)
        return .single(list.add(.wildcard(particle.wildcard), field), occurrence, isList: true)
    }

    private mutating func groupReference(_ particle: Component, _ occurrence: Occurrence) throws(Diagnostic) -> Part {
        guard let reference = particle.element.value("ref") else { return Part() }
        let name = try particle.document.name(reference, at: particle.element)
        let (found, definition) = try mapper.schemas.find(.group, name, from: particle)
        guard groups.insert(found).inserted else {
            throw Diagnostic(
                .error, "xsd.circular-group", "The group '\(found.local)' is made of itself.", at: particle.location)
        }
        defer { groups.remove(found) }
        guard let model = definition.element.particle else { return Part() }
        return try group(definition.child(model), named: found.local, occurrence)
    }

    private func interleaved(_ particle: Component) -> Diagnostic {
        Diagnostic(
            .error, "xsd.interleaved-element",
            "An element stands at two places of the content of '\(owner)'; JSON cannot keep their order.",
            at: particle.location)
    }

    // MARK: Groups

    private mutating func group(
        _ model: Component, named name: String?, _ occurrence: Occurrence
    ) throws(Diagnostic) -> Part {
        if occurrence.isRepeated { return try repeatedGroup(model, named: name, occurrence) }
        let part = try members(of: model, in: .once)
        return occurrence.minimum == 0 ? part.optional() : part
    }

    /// What is inside a group, once.
    private mutating func members(of model: Component, in outer: Occurrence) throws(Diagnostic) -> Part {
        if model.element.local == "choice" {
            var parts: [Part] = []
            for child in model.element.children where child.isParticle {
                parts.append(try part(model.child(child), in: outer))
            }
            // A choice of nothing allows nothing.
            return parts.isEmpty ? Part() : .choice(of: parts, isRequired: true)
        }
        if model.element.local == "all" { isUnordered = true }
        var result = Part()
        for child in model.element.children where child.isParticle {
            let next = try part(model.child(child), in: .once)
            if !result.canBeFollowed(by: next) {
                guard isMixed else { throw interleaved(model.child(child)) }
                isUnordered = true
            }
            result.append(next)
        }
        return result
    }

    /// A repeating group: an array of what one round has, or of plain values when that is always the same element.
    private mutating func repeatedGroup(
        _ model: Component, named name: String?, _ occurrence: Occurrence
    ) throws(Diagnostic) -> Part {
        if isMixed {
            isUnordered = true
            return try members(of: model, in: occurrence).repeated(occurrence)
        }
        let property = name ?? "$items"
        var inner = ContentModel(mapper: mapper, owner: "\(owner).\(name ?? "items")", list: FieldList())
        inner.groups = groups
        inner.depth = depth
        inner.particles = particles
        let part = try inner.members(of: model, in: occurrence)
        particles = inner.particles
        guard let first = part.slots.first else { return Part() }
        if part.slots.count == 1 {
            var one = first.occurrence
            if part.required.isEmpty { one.minimum = 0 }
            let index = adopt(inner.list[first.field], from: model)
            return .single(index, one.inside(occurrence), isList: first.isList)
        }
        inner.settle(part)
        let type = mapper.builder.add(MessageType(name: inner.owner, fields: inner.list.fields, rules: part.rules))
        try mapper.count(inner.list.fields.count, at: model)
        let index = list.add(.group, Field(name: property, type: .message(type)))
        var round = occurrence
        if part.isEmptiable { round.minimum = 0 }
        return .single(index, round, isList: true)
    }

    /// The only field of a repeating group, as a field of the type itself.
    private mutating func adopt(_ field: Field, from model: Component) -> Int {
        if case .element(let name) = field.annotations[XMLNode.self] {
            return list.index(of: name) ?? list.add(element: name, field, in: model.document)
        }
        return list.add(field.annotations[XMLNode.self] ?? .text, field)
    }
}

extension ValueType {
    /// Whether both are one and the same type.
    func isSame(as other: ValueType) -> Bool {
        switch (self, other) {
        case (.scalar(let left), .scalar(let right)): left === right
        case (.message(let left), .message(let right)): left == right
        case (.any, .any), (.nothing, .nothing): true
        default: false
        }
    }
}

extension ContractElement {
    /// The model group that a complex type, an extension or a group definition has.
    var particle: ContractElement? {
        children.first { $0.isParticle && $0.local != "element" && $0.local != "any" }
    }

    var isParticle: Bool {
        switch local {
        case "element", "any", "group", "sequence", "choice", "all": isSchemaElement
        default: false
        }
    }
}
