internal import Buffers
internal import Canonical
internal import HTTP
internal import JSONCodec
internal import ProtobufSchema

/// An http rule read backwards: what a message becomes of method, target and body. Compiled at load.
///
/// Source: google/api/http.proto.
struct CallAddress: Sendable {
    enum Body: Sendable {
        case none
        /// All that the path does not have.
        case message
        /// The field at a place.
        case field(Int)
    }

    /// What goes out for one message.
    struct Request {
        var target: [UInt8]
        var body: Bytes?
        /// Set where the body is no JSON.
        var contentType: String?
    }

    private enum Piece {
        /// With its slash.
        case literal([UInt8])
        case variable(PathVariable)
    }

    let method: HTTPMethod
    let body: Body
    /// Where messages have the body as it is, and where they get that of an answer.
    let rawBody: RawBody?
    let rawAnswer: RawBody?
    /// The field of the answer that is the body of one.
    let answerField: String?
    private let pieces: [Piece]
    private let verb: [UInt8]
    private let schema: Schema

    /// The address by `rule`.
    ///
    /// - Throws: A diagnostic without a location for a rule that cannot be read backwards.
    init(_ rule: HTTPRule, _ operation: Operation, _ schema: Schema) throws(Diagnostic) {
        let template: HTTPTemplate
        do throws(HTTPTemplateError) {
            template = try HTTPTemplate(rule.template)
        } catch {
            throw Self.diagnostic("http.template", rule, operation, error.message)
        }
        self.schema = schema
        pieces = try Self.pieces(of: template, rule, operation, schema)
        verb = template.verb.map { Array(":\($0)".utf8) } ?? []
        let bodyField = try Self.place(
            of: rule.body == "*" ? "" : rule.body, in: operation.input, rule, operation, schema)
        body = rule.body == "*" ? .message : bodyField.map { .field($0.place) } ?? .none
        rawBody = rule.body.isEmpty ? nil : RawBody(operation.input, field: bodyField?.name, schema)
        answerField = try Self.place(of: rule.responseBody, in: operation.output, rule, operation, schema)?.name
        rawAnswer = RawBody(operation.output, field: answerField, schema)
        // What takes any method takes one that has a body where there is one.
        method = rule.method == "*" ? (rule.body.isEmpty ? .get : .post) : HTTPMethod(rule.method)
    }

    private static func pieces(
        of template: HTTPTemplate, _ rule: HTTPRule, _ operation: Operation, _ schema: Schema
    ) throws(Diagnostic) -> [Piece] {
        var pieces: [Piece] = []
        var place = 0
        while place < template.segments.count {
            if let variable = template.variables.first(where: { $0.segments.lowerBound == place }) {
                guard let filled = PathVariable(variable, in: template, of: operation.input, schema) else {
                    throw diagnostic("http.field", rule, operation, "there is no field '\(variable.name)'")
                }
                pieces.append(.variable(filled))
                place = variable.segments.upperBound
                continue
            }
            switch template.segments[place] {
            case .literal(let text): pieces.append(.literal(Array("/\(text)".utf8)))
            // Of no segments.
            case .rest: break
            case .any: throw diagnostic("rest.rule", rule, operation, "no field says what '*' stands for")
            }
            place += 1
        }
        return pieces
    }

    private static func place(
        of name: String, in type: ValueType, _ rule: HTTPRule, _ operation: Operation, _ schema: Schema
    ) throws(Diagnostic) -> (place: Int, name: String)? {
        if name.isEmpty { return nil }
        guard case .message(let id) = type, let place = schema[id].fields.firstIndex(named: name) else {
            throw diagnostic("http.field", rule, operation, "there is no field '\(name)'")
        }
        return (place, schema[id].fields[place].name)
    }

    private static func diagnostic(
        _ rule: String, _ http: HTTPRule, _ operation: Operation, _ text: String
    ) -> Diagnostic {
        let place = "\(operation.service).\(operation.name) cannot be called by '\(http.method) \(http.template)'"
        return Diagnostic(.error, rule, "\(place): \(text)")
    }

    // MARK: What it can do

    /// Whether the message is the body and nothing else.
    var isPlain: Bool {
        guard case .message = body, rawBody == nil else { return false }
        return variables.isEmpty
    }

    /// Whether one request holds any number of messages: as lines, or as one body that goes on.
    var holdsStreams: Bool { isPlain || rawBody != nil }

    private var variables: [PathVariable] {
        pieces.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
    }

    /// The names of the variables that `message` has no fitting value for.
    func unfilled(by message: Document) -> [String] {
        var path: [UInt8] = []
        return variables.filter { !$0.write($0.place(in: message), of: message, to: &path) }.map(\.name)
    }

    /// Whether `message` has a value for a variable, and one that does not fit.
    func isMissed(by message: Document) -> Bool {
        var path: [UInt8] = []
        return variables.contains { variable in
            guard let place = variable.place(in: message) else { return false }
            return !variable.write(place, of: message, to: &path)
        }
    }

    // MARK: Requests

    /// The path alone: of an address that is plain.
    var plainTarget: [UInt8] {
        var path: [UInt8] = []
        for case .literal(let text) in pieces { path += text }
        return (path.isEmpty ? [UInt8(ascii: "/")] : path) + verb
    }

    /// What `message` becomes.
    ///
    /// - Parameters:
    ///   - takesDefaults: Whether variables may have the value of a field that is not there.
    ///   - coder: Writes bodies.
    /// - Returns: nil when a variable has no value that fits.
    /// - Throws: "rest.query" for what the query cannot hold.
    func request(for message: Document, takesDefaults: Bool, _ coder: JSONCoder) throws(Failure) -> Request? {
        var path: [UInt8] = []
        var taken: [Int] = []
        for piece in pieces {
            switch piece {
            case .literal(let text): path += text
            case .variable(let variable):
                let place = variable.place(in: message)
                guard takesDefaults || place != nil, variable.write(place, of: message, to: &path) else { return nil }
                if let place { taken.append(place) }
            }
        }
        if path.isEmpty { path = [UInt8(ascii: "/")] }
        let rest = message.omitting(taken)
        var request = Request(target: path + verb)
        if let rawBody {
            let content = rawBody.content(of: rest)
            request.body = content?.bytes
            request.contentType = content?.type
        }
        switch body {
        case .message: if rawBody == nil { request.body = try json(rest, coder) }
        case .none: request.target = try query(rest, behind: request.target)
        case .field(let field):
            let places = rest.children(of: 0).filter { Int(rest.nodes[$0].field) == field }
            if rawBody == nil, !places.isEmpty || !isMessage(field, of: rest) {
                var out = ByteWriter(capacity: 256)
                try coder.encode(member: field, of: rest, into: &out)
                request.body = out.finish()
            }
            request.target = try query(rest.omitting(places), behind: request.target)
        }
        return request
    }

    private func json(_ message: borrowing Document, _ coder: JSONCoder) throws(Failure) -> Bytes {
        var out = ByteWriter(capacity: 512)
        try coder.encode(message, into: &out)
        return out.finish()
    }

    private func query(_ message: borrowing Document, behind path: [UInt8]) throws(Failure) -> [UInt8] {
        var writer = QueryWriter(path, schema)
        try writer.write(message)
        return writer.target
    }

    /// Whether the field is one that says nothing where it is not there.
    private func isMessage(_ field: Int, of message: borrowing Document) -> Bool {
        guard let id = message.root.message else { return false }
        return ScalarText.text(ofAbsent: schema[id].fields[field]) == nil
            && !schema[id].fields[field].cardinality.isRepeated
    }
}
