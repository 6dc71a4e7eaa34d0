internal import Canonical

/// The oneofs of a message that its file declares, and the rules that they make.
struct RealOneofs {
    private(set) var names: [String] = []
    private var fields: [[Int]] = []
    /// The place among the declared ones of each oneof of the descriptor; nil for one made for `optional`.
    private let places: [Int?]

    init(_ message: MessageDescriptor) {
        var synthetic: Set<Int32> = []
        for field in message.fields where field.isProto3Optional {
            if let index = field.oneofIndex { synthetic.insert(index) }
        }
        var places: [Int?] = []
        for (index, oneof) in message.oneofs.enumerated() {
            let isReal = !synthetic.contains(Int32(truncatingIfNeeded: index))
            places.append(isReal ? names.count : nil)
            if isReal { names.append(oneof.name) }
        }
        self.places = places
        fields = Array(repeating: [], count: names.count)
    }

    /// Puts the canonical field at `field` into the descriptor's oneof at `oneof`; returns the place of the oneof.
    mutating func add(field: Int, to oneof: Int) -> Int? {
        guard places.indices.contains(oneof), let place = places[oneof] else { return nil }
        fields[place].append(field)
        return place
    }

    var rules: [ContentRule] {
        fields.filter { $0.count > 1 }.map { fields in
            .choice(branches: fields.map { ContentRule.Branch(fields: [$0]) }, isRequired: false)
        }
    }
}
