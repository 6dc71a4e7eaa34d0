internal import Buffers
internal import Canonical
internal import JSONCodec

/// Makes the contract's own message of a derived one, and checks it as every other reader of requests does: all that is
/// wrong is found, with pointers in the contract's words.
struct RequestCrossing: ~Copyable {
    private let crossing: Crossing
    private let document: Document
    private var builder: DocumentBuilder
    private var violations: [Violation] = []
    private static let maximumViolations = 16

    init(_ document: Document, _ crossing: Crossing) {
        self.crossing = crossing
        self.document = document
        builder = DocumentBuilder(over: document)
    }

    /// - Throws: `invalidArgument` "request.invalid".
    consuming func message(_ id: MessageID) throws(Failure) -> Document {
        if let message = crossing.messages[id.index] { try read(0, as: message, field: Node.noField) }
        return try finish()
    }

    /// The value that stands in a message of its own.
    consuming func value(of wrapper: CrossedWrapper) throws(Failure) -> Document {
        let field = wrapper.field
        var run = 0..<0
        for child in document.children(of: 0) where Int(document.nodes[child].field) == field.derived {
            if run.isEmpty { run = child..<child }
            run = run.lowerBound..<child + 1
        }
        var isPresent = false
        if !run.isEmpty { isPresent = try read(run, as: field, field: Node.noField) > 0 }
        if !isPresent, !readAbsent(field, field: Node.noField) { report("required", "is required") }
        return try finish()
    }

    private consuming func finish() throws(Failure) -> Document {
        guard violations.isEmpty else { throw .invalidMessage(violations, from: .client) }
        // What was refused left no node, and a tape has a root.
        if builder.nextIndex == 0 { builder.null(field: Node.noField) }
        return builder.finish()
    }

    // MARK: Objects

    private mutating func read(
        _ index: Int, as declared: CrossedMessage, field: UInt16, isNull: Bool = false
    ) throws(Failure) {
        if let (variant, child) = variant(of: index, declared) {
            return try read(child, as: variant, field: field, isNull: isNull)
        }
        guard !declared.isAbstract else {
            return report("required", "must have a value of one of the types that \(declared.name) stands for")
        }
        let object = builder.openObject(declared.id, field: field)
        var present = FieldSet()
        var child = index + 1
        let end = index + Int(document.nodes[index].extent)
        while child < end {
            let first = child
            let number = document.nodes[child].field
            while child < end, document.nodes[child].field == number { child += Int(document.nodes[child].extent) }
            try readField(first..<child, number, of: declared, &present)
        }
        for (place, crossed) in declared.fields.enumerated() where !isNull && !present.contains(place) {
            if readAbsent(crossed, field: UInt16(truncatingIfNeeded: place)) { present.insert(place) }
        }
        builder.close(object)
        if isNull {
            builder.insertFlags(.isNil, at: object)
        } else if !declared.checker.allows(present) {
            for violation in declared.checker.violations(present, at: "") { report(violation) }
        }
    }

    /// The type that `index` says to be of, with the place of its value; nil when that is the one declared.
    private mutating func variant(of index: Int, _ declared: CrossedMessage) -> (CrossedMessage, Int)? {
        guard !declared.variants.isEmpty else { return nil }
        for child in document.children(of: index) {
            guard case .variant(let number) = declared.place(document.nodes[child].field) else { continue }
            if Int(document.nodes[index].extent) > 1 + Int(document.nodes[child].extent) {
                report("oneOf", "has fields beside the type that it is of")
            }
            return crossing.messages[declared.variants[number].id.index].map { ($0, child) }
        }
        return nil
    }

    /// Reads the values of one field.
    private mutating func readField(
        _ run: Range<Int>, _ number: UInt16, of message: CrossedMessage, _ present: inout FieldSet
    ) throws(Failure) {
        guard case .field(let place) = message.place(number) else {
            if !crossing.ignoresUnknownFields {
                report("unknown", "has fields that \(message.name) does not know")
            }
            return
        }
        let field = message.fields[place]
        let found = violations.count
        let count = try read(run, as: field, field: UInt16(truncatingIfNeeded: place))
        if count > 0 { present.insert(place) }
        if field.isRepeated, let violation = message.checker.countViolation(place, count, at: "") { report(violation) }
        prefix(since: found, field.name)
    }

    // MARK: Values

    /// Reads the values of one field of the derived message and says how many there are.
    private mutating func read(_ run: Range<Int>, as crossed: CrossedField, field: UInt16) throws(Failure) -> Int {
        var list: Int?
        if crossed.isList { list = builder.openList(field: field) }
        var count = 0
        var child = run.lowerBound
        while child < run.upperBound {
            let found = violations.count
            if try readValue(child, crossed, field: list == nil ? field : Node.noField) { count += 1 }
            if crossed.isList || crossed.isRepeated { prefix(since: found, String(count - 1)) }
            child += Int(document.nodes[child].extent)
        }
        guard let list else { return count }
        builder.close(list)
        return 1
    }

    /// False when there is no value.
    private mutating func readValue(_ index: Int, _ crossed: CrossedField, field: UInt16) throws(Failure) -> Bool {
        guard let nillable = crossed.nillable else { return try readValue(index, crossed.form, field: field) }
        let value = document.child(of: index, field: nillable.value)
        let isNull = document.child(of: index, field: nillable.null).map { document.nodes[$0].kind == .true } ?? false
        guard isNull else {
            if let value { return try readValue(value, crossed.form, field: field) }
            report("required", "must have a value or be null")
            return true
        }
        if let value, case .message(let id) = crossed.form, let message = crossing.messages[id.index] {
            try read(value, as: message, field: field, isNull: true)
        } else {
            builder.null(field: field)
        }
        return true
    }

    /// What a derived field that is not set means; false when it means nothing.
    private mutating func readAbsent(_ crossed: CrossedField, field: UInt16) -> Bool {
        guard crossed.isRequired, !crossed.isRepeated else { return false }
        if crossed.isNillable {
            builder.null(field: field)
            return true
        }
        if crossed.isList {
            let list = builder.openList(field: field)
            builder.close(list)
            return true
        }
        guard crossed.hasZero, case .scalar(let coder, _) = crossed.form else { return false }
        let zero: String =
            switch coder.type.kind {
            case .boolean: "false"
            case .string, .uri, .bytes: ""
            default: "0"
            }
        let found = violations.count
        append(Array(zero.utf8), as: coder, field: field)
        prefix(since: found, crossed.name)
        return true
    }

    private mutating func readValue(_ index: Int, _ form: CrossedForm, field: UInt16) throws(Failure) -> Bool {
        switch form {
        case .message(let id):
            if let message = crossing.messages[id.index] { try read(index, as: message, field: field) }
        case .enumeration(let enumeration): return readEnumeration(index, enumeration, field: field)
        case .scalar(let coder, _), .lexical(let coder): readScalar(index, coder, field: field)
        case .json(let coder, _): try readJSON(index, coder, field: field)
        case .map(let value): try readMap(index, value, field: field)
        }
        return true
    }

    private mutating func readEnumeration(_ index: Int, _ enumeration: CrossedEnumeration, field: UInt16) -> Bool {
        let node = document.nodes[index]
        guard node.kind == .string else {
            report("enum", "is not one of the values allowed")
            return true
        }
        guard let literal = enumeration.literal(named: document.text(of: node)) else { return false }
        append(literal, as: enumeration.coder, field: field)
        return true
    }

    private mutating func readScalar(_ index: Int, _ coder: ScalarCoder, field: UInt16) {
        let node = document.nodes[index]
        switch node.kind {
        case .string, .number: append(node.lexicalText, as: coder, field: field)
        case .bytes where !coder.hasFacets: builder.append(node, field: field)
        case .true where !coder.hasFacets, .false where !coder.hasFacets: builder.append(node, field: field)
        case .double where coder.type.kind.isSingle:
            append(Array(Float(Double(bitPattern: node.payload)).lexical.utf8), as: coder, field: field)
        default:
            var text = ByteWriter()
            coder.writeLexical(index, of: document, into: &text)
            append(text.finish().array, as: coder, field: field)
        }
    }

    /// A value of no fixed form, by the contract's JSON.
    private mutating func readJSON(_ index: Int, _ coder: JSONCoder, field: UInt16) throws(Failure) {
        var text = ByteWriter()
        try UntypedJSON.coder.encode(document.part(at: index), into: &text)
        do {
            let value = try coder.decode(text.finish())
            builder.append(subtree: 0, of: value, field: field)
        } catch {
            if error.violations.isEmpty { throw error }
            for violation in error.violations { report(violation) }
        }
    }

    private mutating func readMap(_ index: Int, _ value: CrossedForm, field: UInt16) throws(Failure) {
        let object = builder.openObject(nil, field: field)
        var key: Node?
        for child in document.children(of: index) {
            guard let name = key else {
                key = document.nodes[child]
                continue
            }
            key = nil
            builder.append(name, field: Node.noField)
            let found = violations.count
            if try !readValue(child, value, field: Node.noField) { report("enum", "is not one of the values allowed") }
            prefix(since: found, String(decoding: document.text(of: name)))
        }
        builder.close(object)
    }

    private mutating func append(_ text: [UInt8], as coder: ScalarCoder, field: UInt16) {
        let start = builder.side.count
        builder.side.append(contentsOf: text)
        append(LexicalText.side(start..<builder.side.count), as: coder, field: field)
    }

    private mutating func append(_ text: LexicalText, as coder: ScalarCoder, field: UInt16) {
        do {
            try coder.append(text, field: field, to: &builder)
        } catch {
            report(error.violation(at: ""))
        }
    }

    // MARK: Violations

    private mutating func report(_ rule: String, _ detail: String) {
        report(Violation(pointer: "", rule: rule, detail: detail))
    }

    private mutating func report(_ violation: Violation) {
        if violations.count < Self.maximumViolations { violations.append(violation) }
    }

    /// What was found since is inside the member `name`.
    private mutating func prefix(since found: Int, _ name: String) {
        let prefix = JSONPointer.appending(name, to: "")
        for index in found..<violations.count { violations[index].pointer = prefix + violations[index].pointer }
    }
}

extension ScalarKind {
    fileprivate var isSingle: Bool {
        if case .float(32) = self { true } else { false }
    }
}

extension Float {
    /// As XML Schema writes it.
    fileprivate var lexical: String {
        isNaN ? "NaN" : isInfinite ? (self < 0 ? "-INF" : "INF") : description
    }
}
