internal import Canonical

/// Which namespaces the tags and types reachable from each message type are in; what a root must declare.
///
/// One bit per namespace and type, so that contracts with thousands of types and roots load quickly.
struct NamespaceReach: Sendable {
    /// Words per type.
    private let width: Int
    private var bits: [UInt64]

    init(_ schema: Schema, types: [TypePlan], fields: [FieldPlan], namespaces: Int) {
        width = (namespaces + 63) / 64
        bits = [UInt64](repeating: 0, count: types.count * width)
        var links: [(from: Int, to: Int)] = []
        for (index, type) in types.enumerated() {
            let message = schema.messages[index]
            links += message.derived.map { (index, $0.index) }
            // A type's name is written only where another type was declared.
            if !type.typeAttribute.isEmpty, message.isPolymorphic || message.base != nil {
                insert(type.namespace, index)
                insert(.xsi, index)
            }
            for field in fields[type.firstField..<type.firstField + type.fieldCount] {
                if field.role == .element || field.role == .attribute { insert(field.namespace, index) }
                if field.value.isNillable || field.value.content == .any { insert(.xsi, index) }
                if field.value.content == .message { links.append((index, Int(field.value.target))) }
            }
        }
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for link in links where spread(link.to, to: link.from) { isGrowing = true }
        }
    }

    /// The namespaces of everything reachable from message type `index`, in order.
    func namespaces(from index: Int) -> [NamespaceID] {
        (0..<width * 64).filter { bits[index * width + $0 / 64] >> UInt64($0 % 64) & 1 == 1 }
            .map { NamespaceID(rawValue: Int32($0)) }
    }

    private mutating func insert(_ namespace: NamespaceID, _ type: Int) {
        let id = Int(namespace.rawValue)
        bits[type * width + id / 64] |= 1 << UInt64(id % 64)
    }

    /// Adds what one type reaches to what another does; returns whether that was more.
    private mutating func spread(_ source: Int, to target: Int) -> Bool {
        var isMore = false
        for word in 0..<width {
            let union = bits[target * width + word] | bits[source * width + word]
            if union != bits[target * width + word] { isMore = true }
            bits[target * width + word] = union
        }
        return isMore
    }
}
