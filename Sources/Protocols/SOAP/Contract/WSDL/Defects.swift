internal import Canonical

/// Which types meet a construct that cannot be carried faithfully: their own, or that of a type inside them.
struct Defects {
    private var reasons: [Int: Diagnostic] = [:]

    /// Looks at all types of a mapper that has finished.
    init(_ mapper: TypeMapper) {
        var users: [Int: [Int]] = [:]
        var queue: [Int] = []
        for index in 0..<mapper.builder.count {
            let id = MessageID(index)
            if let reason = mapper.defect(at: id) {
                reasons[index] = reason
                queue.append(index)
            }
        }
        // The rule, not the exception: nothing to trace.
        guard !queue.isEmpty else { return }
        for index in 0..<mapper.builder.count {
            for field in mapper.builder[MessageID(index)]?.fields ?? [] {
                if case .message(let inner) = field.type { users[inner.index, default: []].append(index) }
            }
        }
        while let broken = queue.popLast() {
            for user in users[broken] ?? [] where reasons[user] == nil {
                reasons[user] = reasons[broken]
                queue.append(user)
            }
        }
    }

    func reason(for type: ValueType) -> Diagnostic? {
        if case .message(let id) = type { reasons[id.index] } else { nil }
    }

    /// Why the operation is refused; its faults do not decide.
    func reason(for draft: DraftOperation) -> Diagnostic? {
        reason(for: draft.input.content) ?? draft.output.flatMap { reason(for: $0.content) }
    }
}
