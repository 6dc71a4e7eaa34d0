internal import Canonical

/// The simple types of a plan, one coder each, however many fields have them; and the maps of its fields.
struct ScalarTable: Sendable {
    private(set) var scalars: [ScalarPlan] = []
    private(set) var maps: [MapPlan] = []
    private var indices: [ObjectIdentifier: Int] = [:]
    private let options: JSONOptions

    init(options: JSONOptions) {
        self.options = options
    }

    /// The plan of a value of `type`.
    mutating func plan(_ type: ValueType, fixed: String? = nil) -> FieldPlan {
        switch type {
        case .message(let id): FieldPlan(.message, index: id.index)
        case .map(let key, let value): add(MapPlan(key: plan(key), value: plan(value)))
        case .any: FieldPlan(.any)
        case .nothing: FieldPlan(.nothing)
        case .scalar(let type): fixed.map { add(coder(type, fixed: $0)) } ?? plan(type)
        }
    }

    private mutating func plan(_ type: ScalarType) -> FieldPlan {
        if let index = indices[ObjectIdentifier(type)] { return scalars[index].plan }
        let plan = add(ScalarCoder(type, isLenient: true))
        indices[ObjectIdentifier(type)] = plan.index
        return plan
    }

    private mutating func add(_ coder: ScalarCoder) -> FieldPlan {
        let members = coder.members.map { add($0) }
        let plan = FieldPlan(coder, index: scalars.count, options: options)
        scalars.append(ScalarPlan(coder: coder, plan: plan, members: members))
        return plan
    }

    private mutating func add(_ map: MapPlan) -> FieldPlan {
        maps.append(map)
        return FieldPlan(.map, index: maps.count - 1)
    }

    /// The type that allows one value only.
    private func coder(_ type: ScalarType, fixed literal: String) -> ScalarCoder {
        var facets = type.facets
        facets.enumeration = [Facets.EnumerationValue(literal)]
        return ScalarCoder(ScalarType(type.kind, name: type.name, facets: facets), isLenient: true)
    }
}

/// A simple type, for what the field's own plan cannot tell.
final class ScalarPlan: Sendable {
    let coder: ScalarCoder
    let plan: FieldPlan
    /// The items of a list, the members of a union.
    let members: [FieldPlan]

    init(coder: ScalarCoder, plan: FieldPlan, members: [FieldPlan]) {
        self.coder = coder
        self.plan = plan
        self.members = members
    }
}

/// What the keys and the values of a map are.
struct MapPlan: Sendable {
    let key: FieldPlan
    let value: FieldPlan
}
