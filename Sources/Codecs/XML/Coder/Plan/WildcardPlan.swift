/// A wildcard with its namespaces as numbers.
struct WildcardPlan: Sendable {
    enum Namespaces {
        case any
        case other(than: NamespaceID)
        case among([NamespaceID])
    }

    let namespaces: Namespaces
    let process: XMLWildcard.Process

    func admits(_ namespace: NamespaceID) -> Bool {
        switch namespaces {
        case .any: true
        case .other(let excluded): namespace != excluded && namespace != .none
        case .among(let ids): ids.contains(namespace)
        }
    }
}
