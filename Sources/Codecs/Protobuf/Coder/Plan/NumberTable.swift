/// Finds the index of a number: at once where it is small, as those of fields mostly are.
struct NumberTable: Sendable {
    private static let size = 256
    /// Index plus one by number, 0 where nothing is.
    private var small: [UInt16]
    private let numbers: [Int]
    private let indices: [Int]

    /// The first of several with one number is found.
    init(_ numbers: [Int]) {
        let limit = min((numbers.filter { $0 >= 0 }.max() ?? 0) + 1, NumberTable.size)
        small = Array(repeating: 0, count: max(limit, 1))
        for (index, number) in numbers.enumerated().reversed() where small.indices.contains(number) {
            small[number] = UInt16(truncatingIfNeeded: index + 1)
        }
        let sorted = numbers.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
        self.numbers = sorted.map(\.element)
        indices = sorted.map(\.offset)
    }

    func index(of number: Int) -> Int? {
        if number >= 0, number < small.count {
            let index = Int(small[number])
            return index > 0 ? index &- 1 : nil
        }
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low &+ high) / 2
            if numbers[middle] < number { low = middle &+ 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number ? indices[low] : nil
    }
}
