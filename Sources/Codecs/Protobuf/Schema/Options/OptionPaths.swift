/// Which options have been set on one element.
struct OptionPaths {
    private var whole: Set<[Int32]> = []
    private var parts: Set<[Int32]> = []

    mutating func insert(_ fields: [FieldDescriptor], _ option: UninterpretedOption) throws(ProtoError) {
        guard let last = fields.last, !last.isRepeated else { return }
        let path = fields.map(\.number)
        guard !parts.contains(path), whole.insert(path).inserted else {
            throw ProtoError("'\(option.text)' is already set.", at: option.place, rule: "proto.option")
        }
        for length in path.indices.dropFirst() { parts.insert(Array(path[..<length])) }
    }
}
