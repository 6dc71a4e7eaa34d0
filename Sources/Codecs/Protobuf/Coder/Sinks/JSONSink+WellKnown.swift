internal import Buffers
internal import Canonical
internal import JSONCodec

/// Well-known types.
extension JSONSink {
    mutating func timestamp(_ value: Timestamp, _ field: FieldPlan, at place: UInt16) {
        out.append(UInt8(ascii: "\""))
        value.write(into: &out)
        out.append(UInt8(ascii: "\""))
    }

    mutating func duration(_ value: TimeSpan, _ field: FieldPlan, at place: UInt16) {
        out.append(UInt8(ascii: "\""))
        value.write(into: &out)
        out.append(UInt8(ascii: "\""))
    }

    mutating func fieldMask(_ text: RawSpan, fields: RawSpan, _ field: FieldPlan, at place: UInt16) {
        out.append(json: text)
    }

    mutating func opaque(
        _ text: TextPlace, _ fields: RawSpan, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        guard field.form == .any, fields.byteCount == 0 else { throw plan.failure("protobuf.no_json", field.noJSON) }
        out.append("{}")
        needsComma = true
    }

    // MARK: Any

    mutating func openAny(_ url: RawSpan, _ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> AnyStart {
        out.append("{\"@type\":")
        out.append(json: url)
        needsComma = true
        if message.isShownOtherwise { out.append(",\"value\":") }
        return AnyStart(outer: 0, content: 0)
    }

    mutating func closeAny(_ start: AnyStart, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        if message.isShownOtherwise {
            close(UInt8(ascii: "}"))
        } else {
            closeMessage(0, message, field, present: present)
        }
    }

    // MARK: Struct, Value, ListValue

    mutating func dynamicNull(_ field: FieldPlan, at place: UInt16) {
        out.append("null")
    }

    mutating func dynamic(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        out.append(json: value)
    }

    mutating func dynamic(_ value: Double, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard value.isFinite else {
            throw plan.failure("protobuf.no_json", "A Value holds a number that JSON does not have.")
        }
        append(number: value, isDouble: true)
    }

    mutating func dynamic(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(text, bytes)
    }

    mutating func openStruct(_ field: FieldPlan, at place: UInt16) -> Int { open(UInt8(ascii: "{")) }

    mutating func closeStruct(_ start: Int, _ field: FieldPlan) { close(UInt8(ascii: "}")) }

    mutating func openStructEntry(_ text: TextPlace, _ bytes: RawSpan) -> Int {
        item()
        append(text, bytes)
        out.append(UInt8(ascii: ":"))
        return 0
    }

    mutating func closeStructEntry(_ start: Int) {
        needsComma = true
    }

    mutating func openListValue(_ field: FieldPlan, at place: UInt16) -> Int { open(UInt8(ascii: "[")) }

    mutating func closeListValue(_ start: Int, _ field: FieldPlan) { close(UInt8(ascii: "]")) }
}

extension FieldPlan {
    /// Why JSON cannot show a value.
    fileprivate var noJSON: String {
        switch form {
        case .timestamp: "A timestamp is outside the years 1 to 9999, or its nanoseconds are no fraction of a second."
        case .duration: "A duration is too long, or its parts have different signs."
        case .fieldMask: "A path of a field mask has no camelCase name."
        case .any: "An Any holds what the contract does not know, or what is no message of its type."
        default: "A Value holds no value."
        }
    }
}
