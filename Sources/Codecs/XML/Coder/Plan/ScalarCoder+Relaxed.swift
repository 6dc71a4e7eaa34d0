internal import Canonical

extension ScalarCoder {
    /// Itself, or when its type has rules beyond its kind, a coder that does not ask for them.
    var relaxed: ScalarCoder {
        let relaxed = type.relaxed
        return relaxed === type ? self : ScalarCoder(relaxed)
    }

    /// Whether facets decide what a value is: the members of unions have their turn until one takes it.
    var isChosenByFacets: Bool {
        switch type.kind {
        case .union: true
        case .list: members.contains(where: \.isChosenByFacets)
        default: false
        }
    }
}

extension ScalarType {
    /// The type of the same JSON shape with no rules but those of its kind.
    fileprivate var relaxed: ScalarType {
        var facets = Facets()
        facets.whitespace = self.facets.whitespace
        switch kind {
        case .int, .unsigned, .long, .unsignedLong, .integer: return ScalarType(.integer, name: name)
        case .list(let item): return ScalarType(.list(of: item.relaxed), name: name)
        case .union(let members): return ScalarType(.union(of: members.map(\.relaxed)), name: name)
        case .string, .boolean, .decimal, .float, .bytes, .temporal, .uri, .qualifiedName:
            return hasRules ? ScalarType(kind, name: name, facets: facets) : self
        }
    }

    /// Whether there are facets beside that for white space.
    var hasRules: Bool {
        facets.length != nil || facets.minimumLength != nil || facets.maximumLength != nil || facets.minimum != nil
            || facets.maximum != nil || facets.totalDigits != nil || facets.fractionDigits != nil
            || facets.enumeration != nil || !facets.patterns.isEmpty
    }
}
