internal import Buffers
internal import Canonical

/// Well-known types, from what JSON shows of them.
extension TapeMessageReader where Sink: ~Copyable {
    mutating func readWellKnown(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let node = nodes[index]
        // What JSON cannot show stands as an object of the type, with its fields as bytes.
        if node.kind == .object, let type = node.message, type.index == field.index {
            let fields = index &+ 1 < self.index(after: index) ? nodes[index &+ 1] : nil
            guard let fields else { return try sink.opaque(.elsewhere, RawSpan(), field, at: place) }
            guard fields.kind == .bytes, fields.field == Node.noField else { throw unexpected("as JSON shows it") }
            return try sink.opaque(.elsewhere, text(of: fields), field, at: place)
        }
        switch field.form {
        case .any: try readAny(index, field, at: place)
        case .structure:
            guard node.kind == .object else { throw unexpected("an object") }
            try readDynamic(index, field, at: place)
        case .listValue:
            guard node.kind == .list else { throw unexpected("a list") }
            try readDynamic(index, field, at: place)
        case .value, .scalar, .message: try readDynamic(index, field, at: place)
        case .timestamp, .duration, .fieldMask: try readTextForm(node, field, at: place)
        }
    }

    private mutating func readTextForm(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard node.kind == .string else { throw unexpected("text") }
        let text = text(of: node)
        switch field.form {
        case .timestamp:
            guard let value = Timestamp(text) else { throw unexpected("a time of RFC 3339 with a zone") }
            sink.timestamp(value, field, at: place)
        case .duration:
            guard let value = TimeSpan(text) else { throw unexpected("seconds and an s") }
            sink.duration(value, field, at: place)
        default:
            guard let fields = FieldMaskText.fields(text) else { throw unexpected("paths in camelCase") }
            sink.fieldMask(text, fields: fields.span, field, at: place)
        }
    }

    // MARK: Any

    private mutating func readAny(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let node = nodes[index]
        guard node.kind == .object else { throw unexpected("an object that says its type") }
        guard let type = node.message else { return try readShownAny(index, field, at: place) }
        let message = plan.messages[type.index]
        let first = index &+ 1 < self.index(after: index) ? nodes[index &+ 1] : node
        let hasURL = first.kind == .string && first.field == Node.noField
        let start: AnyStart
        if hasURL {
            start = sink.openAny(text(of: first), message, field, at: place)
        } else {
            let url = Array("type.googleapis.com/\(message.fullName)".utf8)
            start = sink.openAny(url.span.bytes, message, field, at: place)
        }
        let present = try readFields(of: index, message)
        sink.closeAny(start, message, field, present: present)
    }

    /// `{"@type": url, "value": …}`.
    private mutating func readShownAny(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        var url: Int?
        var value: Int?
        var key = index &+ 1
        let end = self.index(after: index)
        while key &+ 1 < end {
            let name = text(of: nodes[key])
            if name.equals("@type") { url = key &+ 1 } else if name.equals("value") { value = key &+ 1 }
            key = self.index(after: key &+ 1)
        }
        if index &+ 1 == end { return try sink.opaque(.elsewhere, RawSpan(), field, at: place) }
        guard let url, nodes[url].kind == .string, let message = plan.message(at: text(of: nodes[url])), let value,
            message.isShownOtherwise
        else { throw unexpected("an object that says its type") }
        try enter()
        let start = sink.openAny(text(of: nodes[url]), message, field, at: place)
        try readValue(value, message.whole, at: Node.noField)
        sink.closeAny(start, message, field, present: FieldSet())
        leave()
    }

    // MARK: Struct, Value, ListValue

    private mutating func readDynamic(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let node = nodes[index]
        switch node.kind {
        case .null: sink.dynamicNull(field, at: place)
        case .true, .false: sink.dynamic(node.kind == .true, field, at: place)
        case .number, .signed, .unsigned, .double:
            guard let value = double(node, isDouble: true) else { throw unexpected("a number that double can hold") }
            try sink.dynamic(value, field, at: place)
        case .string:
            let isPlain = node.flags.contains(.isPlain)
            sink.dynamic(TextPlace(source: -1, isPlain: isPlain), text(of: node), field, at: place)
        case .bytes: throw unexpected("no bytes")
        case .object where node.message == nil: try readStruct(index, field, at: place)
        case .object, .key: throw unexpected("an object without a type")
        case .list: try readListValue(index, field, at: place)
        }
    }

    private mutating func readStruct(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        try enter()
        let start = sink.openStruct(field, at: place)
        let outer = keys.open()
        var key = index &+ 1
        let end = self.index(after: index)
        while key &+ 1 < end {
            let name = text(of: nodes[key])
            guard keys.insert(KeyLog.identity(of: name)) else {
                throw plan.failure("protobuf.duplicate", "The key of a map occurs twice.")
            }
            let isPlain = nodes[key].flags.contains(.isPlain)
            let entry = sink.openStructEntry(TextPlace(source: -1, isPlain: isPlain), name)
            do throws(Failure) {
                try readWellKnown(key &+ 1, plan.structValue, at: Node.noField)
            } catch {
                throw error.within(String(decoding: name))
            }
            sink.closeStructEntry(entry)
            key = self.index(after: key &+ 1)
        }
        keys.close(outer)
        sink.closeStruct(start, field)
        leave()
    }

    private mutating func readListValue(_ index: Int, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        try enter()
        let start = sink.openListValue(field, at: place)
        var item = index &+ 1
        let end = self.index(after: index)
        while item < end {
            sink.item()
            try readWellKnown(item, plan.listItem, at: Node.noField)
            item = self.index(after: item)
        }
        sink.closeListValue(start, field)
        leave()
    }
}
