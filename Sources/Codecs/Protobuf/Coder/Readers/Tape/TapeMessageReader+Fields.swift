internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Fields: values, lists and maps.
extension TapeMessageReader where Sink: ~Copyable {
    /// Reads the nodes of one field.
    mutating func readField(
        _ run: TapeRun, _ number: Int, _ message: MessagePlan, _ present: inout FieldSet, _ oneofs: inout FieldSet
    ) throws(Failure) {
        guard number < message.fields.count else { return }
        let field = message.fields[number]
        let place = UInt16(truncatingIfNeeded: number)
        do throws(Failure) {
            if isAbsent(run, field) { return }
            if field.oneof >= 0, !oneofs.insert(field.oneof) {
                throw plan.failure("protobuf.oneof", "Another member of the same oneof has a value.")
            }
            present.insert(number)
            sink.member(number, of: message)
            try readValues(run, field, at: place)
        } catch {
            throw error.within(message.fieldNames[number])
        }
    }

    /// Null is absence, unless the field has a null of its own.
    func isAbsent(_ run: TapeRun, _ field: FieldPlan) -> Bool {
        switch field.shape {
        case .list, .packed: false
        case .single: nodes[run.first].kind == .null && !field.takesNull
        case .map: nodes[run.first].kind == .null
        }
    }

    mutating func readValues(_ run: TapeRun, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard run.count == 1 || field.shape == .list || field.shape == .packed else { throw unexpected("one value") }
        switch field.shape {
        case .list, .packed: try readList(run, field, at: place)
        case .single: try readValue(run.first, field, at: place)
        case .map: try readMap(run.first, field, at: place)
        }
    }

    private mutating func readList(_ run: TapeRun, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let start = sink.openList(field)
        var child = run.first
        for item in 0..<run.count {
            if let children = run.children { child = children[item] }
            do throws(Failure) {
                guard nodes[child].kind != .null || field.takesNull else { throw unexpected("no null") }
                sink.item()
                try readValue(child, field, at: place)
            } catch {
                throw error.within(item: item)
            }
            child = index(after: child)
        }
        sink.closeList(start, field)
    }

    // MARK: Maps

    private mutating func readMap(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard nodes[index].kind == .object, nodes[index].message == nil else { throw unexpected("a map") }
        let map = plan.maps[field.index]
        let start = sink.openMap(field, at: place)
        let outer = keys.open()
        var key = index &+ 1
        let end = self.index(after: index)
        while key &+ 1 < end {
            let entry = sink.openEntry(field)
            do throws(Failure) {
                try pushKey(nodes[key], map.key)
                guard nodes[key &+ 1].kind != .null || map.value.takesNull else { throw unexpected("no null") }
                try readValue(key &+ 1, map.value, at: Node.noField)
            } catch {
                throw error.within(String(decoding: text(of: nodes[key])))
            }
            sink.closeEntry(entry, field)
            key = self.index(after: key &+ 1)
        }
        keys.close(outer)
        sink.closeMap(start)
    }

    private mutating func pushKey(_ node: Node, _ field: FieldPlan) throws(Failure) {
        let text = text(of: node)
        switch field.type {
        case .string:
            try log(KeyLog.identity(of: text))
            sink.key(TextPlace(source: -1, isPlain: node.flags.contains(.isPlain)), text, field)
        case .bool:
            let isTrue = text.equals("true")
            guard isTrue || text.equals("false") else { throw unexpected("behind a key that is true or false") }
            try log(isTrue ? 1 : 0)
            sink.key(boolean: isTrue, field)
        default:
            guard let bits = NumberText.integer(text, field) else {
                throw unexpected("behind a key that is an integer")
            }
            try log(bits)
            sink.key(integer: bits, field)
        }
    }

    private mutating func log(_ key: UInt64) throws(Failure) {
        guard keys.insert(key) else { throw plan.failure("protobuf.duplicate", "The key of a map occurs twice.") }
    }
}

/// The nodes of one field, one after another or, where others stand between them, by their indices.
struct TapeRun {
    let first: Int
    let count: Int
    var children: [Int]?

    init(first: Int, count: Int) {
        self.first = first
        self.count = count
    }

    init(_ children: [Int]) {
        first = children.first ?? 0
        count = children.count
        self.children = children
    }
}
