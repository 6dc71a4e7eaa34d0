internal import Buffers
internal import Canonical
internal import JSONCodec

/// Makes the derived message of one of the contract's own. What the contract has no place for has none here: a message of
/// protobuf is what its type says.
struct ResponseCrossing: ~Copyable {
    private let crossing: Crossing
    private let document: Document
    private var builder: DocumentBuilder

    init(_ document: Document, _ crossing: Crossing) {
        self.crossing = crossing
        self.document = document
        builder = DocumentBuilder(over: document)
    }

    /// - Throws: `internal` "response.invalid" for what protobuf has no value for.
    consuming func message(_ id: MessageID) throws(Failure) -> Document {
        guard let message = crossing.messages[id.index] else { throw refuse("type", "is of no type that is known") }
        try write(0, as: message, field: Node.noField)
        return builder.finish()
    }

    /// A value in a message of its own.
    consuming func value(of wrapper: CrossedWrapper) throws(Failure) -> Document {
        let object = builder.openObject(wrapper.message, field: Node.noField)
        try write(0, as: wrapper.field)
        builder.close(object)
        return builder.finish()
    }

    // MARK: Objects

    private mutating func write(_ index: Int, as declared: CrossedMessage, field: UInt16) throws(Failure) {
        guard document.nodes[index].kind == .object, let id = document.nodes[index].message else {
            throw refuse("type", "must be an object")
        }
        let object = builder.openObject(declared.derived, field: field)
        if id == declared.id {
            try writeFields(of: index, declared)
        } else {
            guard let variant = declared.variants.first(where: { $0.id == id }),
                let message = crossing.messages[id.index]
            else { throw refuse("type", "is of a type that \(declared.name) does not stand for") }
            let inner = builder.openObject(message.derived, field: UInt16(truncatingIfNeeded: variant.field))
            try writeFields(of: index, message)
            builder.close(inner)
        }
        builder.close(object)
    }

    private mutating func writeFields(of index: Int, _ message: CrossedMessage) throws(Failure) {
        var counts: [Int: Int] = [:]
        for child in document.children(of: index) {
            let place = Int(document.nodes[child].field)
            guard place < message.fields.count, message.fields[place].derived >= 0 else { continue }
            let field = message.fields[place]
            do throws(Failure) {
                try write(child, as: field)
            } catch {
                let item = counts[place, default: 0]
                let pointer = JSONPointer.appending(field.name, to: "")
                throw error.within(field.isRepeated ? JSONPointer.appending(item, to: pointer) : pointer)
            }
            if field.isRepeated { counts[place, default: 0] += 1 }
        }
    }

    // MARK: Values

    /// Writes one value of a field; all items of one that is a list.
    private mutating func write(_ index: Int, as crossed: CrossedField) throws(Failure) {
        let place = UInt16(truncatingIfNeeded: crossed.derived)
        let node = document.nodes[index]
        if crossed.isList, node.kind == .list {
            for item in document.children(of: index) { try write(item, crossed.form, field: place) }
            return
        }
        let isNull = node.kind == .null || node.flags.contains(.isNil)
        if let nillable = crossed.nillable {
            let object = builder.openObject(nillable.message, field: place)
            if isNull { builder.boolean(true, field: UInt16(truncatingIfNeeded: nillable.null)) }
            if node.kind != .null {
                try write(index, crossed.form, field: UInt16(truncatingIfNeeded: nillable.value))
            }
            return builder.close(object)
        }
        guard node.kind == .null else { return try write(index, crossed.form, field: place) }
        if case .json = crossed.form { return builder.null(field: place) }
        guard crossed.isRepeated else { return }
        throw refuse("nil", "is null, which an item in protobuf cannot be (grpc.nulls: message makes room for it)")
    }

    private mutating func write(_ index: Int, _ form: CrossedForm, field: UInt16) throws(Failure) {
        switch form {
        case .message(let id):
            guard let message = crossing.messages[id.index] else { return }
            try write(index, as: message, field: field)
        case .enumeration(let enumeration):
            guard document.nodes[index].kind == .string,
                let number = enumeration.number(of: document.text(of: document.nodes[index]))
            else { throw refuse("enum", "is not one of the values that the contract has") }
            builder.signed(number, field: field)
        case .scalar(let coder, let isText): writeScalar(index, coder, isText: isText, field: field)
        case .lexical(let coder): writeLexical(index, coder, field: field)
        case .json(_, let coder): try writeJSON(index, coder, field: field)
        case .map(let value): try writeMap(index, value, field: field)
        }
    }

    private mutating func writeScalar(_ index: Int, _ coder: ScalarCoder, isText: Bool, field: UInt16) {
        let node = document.nodes[index]
        if let value = infinity(node, coder) {
            builder.double(value, field: field)
        } else if isText, node.kind != .string, node.kind != .number {
            writeLexical(index, coder, field: field)
        } else {
            builder.append(node, field: field)
        }
    }

    /// XML Schema's word for it is none of protobuf's.
    private func infinity(_ node: Node, _ coder: ScalarCoder) -> Double? {
        guard node.kind == .string, case .float = coder.type.kind else { return nil }
        let text = document.text(of: node)
        return text.equals("INF") ? .infinity : text.equals("-INF") ? -.infinity : nil
    }

    private mutating func writeLexical(_ index: Int, _ coder: ScalarCoder, field: UInt16) {
        var text = ByteWriter()
        coder.writeLexical(index, of: document, into: &text)
        builder.text(.string, String(text.finish()), field: field)
    }

    /// A value of no fixed form, as the contract's JSON shows it.
    private mutating func writeJSON(_ index: Int, _ coder: JSONCoder, field: UInt16) throws(Failure) {
        var text = ByteWriter()
        try coder.encode(document.part(at: index), into: &text)
        let value = try UntypedJSON.coder.decode(text.finish())
        builder.append(subtree: 0, of: value, field: field)
    }

    private mutating func writeMap(_ index: Int, _ value: CrossedForm, field: UInt16) throws(Failure) {
        let object = builder.openObject(nil, field: field)
        for child in document.children(of: index) {
            if document.nodes[child].kind == .key {
                builder.append(document.nodes[child], field: Node.noField)
            } else {
                try write(child, value, field: Node.noField)
            }
        }
        builder.close(object)
    }

    private func refuse(_ rule: String, _ detail: String) -> Failure {
        .invalidMessage([Violation(pointer: "", rule: rule, detail: detail)], from: .upstream)
    }
}

extension Failure {
    /// The same failure, found below `pointer`.
    fileprivate func within(_ pointer: String) -> Failure {
        .invalidMessage(
            violations.map { Violation(pointer: pointer + $0.pointer, rule: $0.rule, detail: $0.detail) },
            from: origin)
    }
}
