/// Gives replies out in the order of their messages, whatever the order in which they come.
struct ReplyOrder<Reply> {
    private let isOrdered: Bool
    /// Messages that are not dealt with, in their order, with what waits for those before them.
    private var open: [(number: Int, held: [Reply], isFinished: Bool)] = []

    init(isOrdered: Bool) {
        self.isOrdered = isOrdered
    }

    /// A message has come; its number is higher than all before.
    mutating func expect(_ number: Int) {
        if isOrdered { open.append((number, [], false)) }
    }

    /// - Returns: What is to be sent now.
    mutating func add(_ reply: Reply, to number: Int) -> [Reply] {
        guard let place = place(of: number), place > 0 else { return [reply] }
        open[place].held.append(reply)
        return []
    }

    /// No reply to the message follows.
    mutating func finish(_ number: Int) -> [Reply] {
        guard let place = place(of: number) else { return [] }
        open[place].isFinished = true
        var replies: [Reply] = []
        while let first = open.first {
            replies += first.held
            open[0].held = []
            guard first.isFinished else { break }
            open.removeFirst()
        }
        return replies
    }

    /// The replies to the message keep no order: others need not wait for them.
    mutating func release(_ number: Int) -> [Reply] { finish(number) }

    private func place(of number: Int) -> Int? { open.firstIndex { $0.number == number } }
}
