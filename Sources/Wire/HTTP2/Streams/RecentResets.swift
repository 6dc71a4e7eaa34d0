/// The streams that we reset last: what the peer sent before it knew is no fault of its (RFC 9113 §5.1, "closed").
struct RecentResets {
    private var numbers = [128 of Int32](repeating: 0)
    private var next = 0

    mutating func insert(_ number: Int32) {
        guard !contains(number) else { return }
        numbers[next] = number
        next = (next &+ 1) & 127
    }

    func contains(_ number: Int32) -> Bool {
        for index in numbers.indices where numbers[index] == number { return true }
        return false
    }
}
