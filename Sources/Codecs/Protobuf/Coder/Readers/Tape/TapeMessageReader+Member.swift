internal import Canonical

extension TapeMessageReader where Sink == JSONSink {
    /// Reads one field of the root as a value of its own; what an absent one means is shown.
    mutating func readMember(_ number: Int, of message: MessagePlan) throws(Failure) {
        let run = TapeRun(children(of: 0, number))
        guard message.fields.indices.contains(number) else { return sink.writeNull() }
        let field = message.fields[number]
        let before = sink.mark
        sink.unnamed()
        if run.count > 0, !isAbsent(run, field) {
            do throws(Failure) {
                try readValues(run, field, at: Node.noField)
            } catch {
                throw error.within(message.fieldNames[number])
            }
        }
        if JSONSink.isSame(before, sink.mark) { sink.writeDefault(field) }
    }

    private func children(of index: Int, _ number: Int) -> [Int] {
        var found: [Int] = []
        var child = index &+ 1
        let end = self.index(after: index)
        while child < end {
            if Int(nodes[child].field) == number { found.append(child) }
            child = self.index(after: child)
        }
        return found
    }
}
