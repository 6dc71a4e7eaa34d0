internal import Canonical

/// The field numbers of one message type: those of its lock, and the next free ones for what is new.
struct ProtoNumbers {
    /// What holds what a type has no place for stands behind all that it may ever get a place for.
    static let firstEscape = 18_000
    private static let kept = 19_000...19_999

    /// By field of the type.
    private(set) var numbers: [Int] = []
    let lock: ContractLock.MessageType?

    /// - Parameter lock: With numbers for all fields that it had when they were given out.
    init(_ type: MessageType, lock: ContractLock.MessageType?) {
        var lock = lock
        var taken = Set(lock?.fields.compactMap(\.number) ?? [])
        var found = type.fields.map { field in lock?.fields.first { !$0.isReserved && $0.name == field.name }?.number }
        // Elements before attributes: the numbers up to 15 take one byte.
        let order = type.fields.indices.sorted { left, right in
            let (isLeft, isRight) = (Self.rank(type.fields[left].name), Self.rank(type.fields[right].name))
            return isLeft == isRight ? left < right : isLeft < isRight
        }
        for index in order where found[index] == nil {
            let isEscape = Self.rank(type.fields[index].name) == 2
            let number = Self.next(isEscape ? Self.firstEscape : 1, after: taken)
            taken.insert(number)
            found[index] = number
        }
        numbers = found.map { $0 ?? 0 }
        for (field, number) in zip(type.fields, numbers) {
            guard let place = lock?.fields.firstIndex(where: { !$0.isReserved && $0.name == field.name }) else {
                continue
            }
            lock?.fields[place].number = number
        }
        self.lock = lock
    }

    private static func rank(_ name: String) -> Int {
        if ["$any", "@*", "$mixed"].contains(name) { return 2 }
        return name.hasPrefix("@") ? 1 : 0
    }

    /// The number behind the last of the range that was ever given away.
    private static func next(_ first: Int, after taken: Set<Int>) -> Int {
        let last = taken.filter { first == firstEscape ? $0 >= firstEscape : $0 < firstEscape || $0 > kept.upperBound }
            .max()
        var number = max((last ?? 0) + 1, first)
        if number >= firstEscape, first == 1, number <= kept.upperBound { number = kept.upperBound + 1 }
        if kept.contains(number) { number = kept.upperBound + 1 }
        while taken.contains(number) { number += 1 }
        return number
    }
}
