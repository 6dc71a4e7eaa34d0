internal import Buffers
internal import Canonical

/// Values by what the schema expects.
extension JSONReader {
    /// Reads one value of `plan` that is not null; what does not fit is noted and leaves no node.
    mutating func readValue(_ plan: FieldPlan, field: UInt16) throws(Failure) {
        switch plan.kind {
        case .scalar: try readScalar(plan, field: field)
        case .message where plan.isCollapsed: try readWrapper(self.plan.messages[plan.index], field: field)
        case .message:
            try readMessage(self.plan.messages[plan.index], isNillable: plan.isNillable, field: field)
        case .map: try readMap(self.plan.maps[plan.index], field: field)
        case .any: try readUntyped(field: field)
        case .nothing: try refuse("must be absent")
        }
    }

    /// Reads and forgets a value that breaks the rule `type`.
    mutating func refuse(_ detail: String) throws(Failure) {
        try skipValue()
        report("type", detail)
    }

    /// Reads a value as strictly as any other and keeps nothing of it.
    mutating func skipValue() throws(Failure) {
        let nodes = builder.nextIndex
        let side = builder.side.count
        let obeyed = obeysTypes
        obeysTypes = false
        try readUntyped(field: Node.noField)
        obeysTypes = obeyed
        builder.rollBack(nodes: nodes, side: side)
    }

    // MARK: Simple values

    @inline(__always)
    private mutating func readScalar(_ plan: FieldPlan, field: UInt16) throws(Failure) {
        switch peek {
        case UInt8(ascii: "\""):
            let string = try readString()
            guard plan.tokens.contains(.string) else { return report("type", plan.tokens.expectation) }
            if !string.isInSide, string.range.count <= plan.easyText {
                builder.text(.string, string.range, flags: .isPlain, field: field)
            } else {
                append(string, plan, field: field)
            }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try readNumber()
            guard plan.tokens.contains(.number) else { return report("type", plan.tokens.expectation) }
            if let value = number.integer, value >= plan.least, value <= plan.most {
                builder.text(.number, number.range, flags: .isPlain, field: field)
            } else {
                append(.source(number.range, isPlain: true), plan, field: field)
            }
        case UInt8(ascii: "t"): try readBoolean("true", plan, field: field)
        case UInt8(ascii: "f"): try readBoolean("false", plan, field: field)
        case UInt8(ascii: "[") where plan.tokens.contains(.array): try readArray(plan, field: field)
        default: try refuse(plan.tokens.expectation)
        }
    }

    private mutating func readBoolean(
        _ literal: StaticString, _ plan: FieldPlan, field: UInt16
    ) throws(Failure) {
        let start = index
        try readLiteral(literal)
        guard plan.tokens.contains(.boolean) else { return report("type", plan.tokens.expectation) }
        if plan.isEasyBoolean {
            builder.boolean(index &- start == 4, field: field)
        } else {
            append(.source(start..<index, isPlain: true), plan, field: field)
        }
    }

    private mutating func append(_ text: LexicalText, _ plan: FieldPlan, field: UInt16) {
        do {
            try self.plan.scalars[plan.index].coder.append(text, field: field, to: &builder)
        } catch {
            report(error.violation(at: ""))
        }
    }

    // MARK: Lists

    /// An array for a list, or for the first list among a union's members that takes it.
    private mutating func readArray(_ plan: FieldPlan, field: UInt16) throws(Failure) {
        let scalar = self.plan.scalars[plan.index]
        guard case .union = scalar.coder.type.kind else { return try readList(scalar, field: field) }
        let start = index
        let found = violations.count
        for member in scalar.members where member.tokens.contains(.array) {
            let nodes = builder.nextIndex
            let side = builder.side.count
            try readArray(member, field: field)
            if violations.count == found { return }
            // The next member has its try; what this one found does not count.
            violations.removeSubrange(found...)
            builder.rollBack(nodes: nodes, side: side)
            index = start
        }
        try refuse(plan.tokens.expectation)
    }

    private mutating func readList(_ scalar: ScalarPlan, field: UInt16) throws(Failure) {
        let found = violations.count
        let list = builder.openList(field: field)
        var count = 0
        try enter()
        index &+= 1
        skipSpace()
        if !skip(UInt8(ascii: "]")) {
            repeat {
                let before = violations.count
                try readListItem(scalar.members[0])
                if violations.count != before { prefix(since: before, item: count) }
                count &+= 1
            } while try readSeparator(orEnd: UInt8(ascii: "]"))
        }
        leave()
        builder.close(list)
        if scalar.coder.hasFacets, violations.count == found { checkList(scalar.coder, at: list, count) }
    }

    /// White space would make two items of one in the list's lexical text, so it is refused here.
    private mutating func readListItem(_ item: FieldPlan) throws(Failure) {
        guard peek == UInt8(ascii: "\"") else { return try readScalar(item, field: Node.noField) }
        let string = try readString()
        let isOneItem = builder.withText(string) { span in
            span.byteCount > 0 && (0..<span.byteCount).allSatisfy { span[$0] > 0x20 }
        }
        guard isOneItem, item.tokens.contains(.string) else { return report("type", item.tokens.expectation) }
        append(string, item, field: Node.noField)
    }

    private mutating func checkList(_ coder: ScalarCoder, at list: Int, _ count: Int) {
        var text = ByteWriter()
        for node in builder.nodes[(list &+ 1)...] {
            if !text.isEmpty { text.append(0x20) }
            switch node.kind {
            case .true: text.append("true")
            case .false: text.append("false")
            default:
                builder.withText(node.lexicalText) { text.append($0) }
            }
        }
        do {
            try coder.checkList(text.written, count)
        } catch {
            report(error.violation(at: ""))
        }
    }
}
