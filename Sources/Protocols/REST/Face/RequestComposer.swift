internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// Weaves values from the address and the head into a request's body, as members of its JSON object: so one reader checks
/// them all by the same rules, and its findings point to the same places.
struct RequestComposer {
    private var members = MemberTree()
    /// Mappings whose values move within the body.
    private var moves: [FieldMapping] = []

    private let rule: RuleBinding?

    var isEmpty: Bool { members.isEmpty && moves.isEmpty && rule?.bodyField == nil }

    /// - Throws: `invalidArgument` for values that cannot be read or that nothing wants.
    init(
        _ binding: RESTBinding, head: borrowing HTTPRequestHead, context: CallContext
    ) throws(Failure) {
        rule = binding.rule
        let query = try Self.query(of: head)
        var usedNames: Set<String> = []
        for mapping in binding.mappings {
            switch mapping.source {
            case .path(let index):
                try set(mapping.target, context.captures.ranges[index], of: context.path)
            case .segments(let segments):
                let path = context.path
                try set(mapping.target, segments.range(in: path.span.bytes), of: path)
            case .query(let name):
                usedNames.insert(name)
                let values = query.filter { $0.name == name }.map(\.value)
                if !values.isEmpty { members.set(mapping.target, values) }
            case .header(let name):
                if let value = head.headers[name] { members.set(mapping.target, [value]) }
            case .body: moves.append(mapping)
            }
        }
        guard binding.bindsQuery || rule != nil else { return }
        var values: [String: [String]] = [:]
        for (name, value) in query where !usedNames.contains(name) { values[name, default: []].append(value) }
        for (name, texts) in values.sorted(by: { $0.key < $1.key }) {
            if let target = binding.queryTarget(name) {
                members.set(target, texts)
            } else if !binding.ignoresUnknownParameters {
                throw Self.unknown(name)
            }
        }
    }

    private mutating func set(
        _ target: FieldMapping.Target, _ range: Range<Int>, of path: [UInt8]
    ) throws(Failure) {
        guard let value = QueryString.decode(path.span.bytes.extracting(range), plusIsSpace: false) else {
            throw Self.unreadable("path")
        }
        members.set(target, [value])
    }

    // MARK: Composing

    /// Whether neither the address nor the head says anything.
    var hasNoMembers: Bool { members.isEmpty }

    /// What the address and the head say, as an object of its own.
    func object() -> Bytes {
        var out = ByteWriter(capacity: 256)
        out.append(UInt8(ascii: "{"))
        members.write(into: &out)
        out.append(UInt8(ascii: "}"))
        return out.finish()
    }

    /// The body with the members in it.
    ///
    /// - Throws: "request.invalid" for a body that is no object and so has no room for them; what the JSON reader throws
    ///   where the body must be understood first.
    func compose(_ body: Bytes) throws(Failure) -> Bytes {
        if let rule { return try compose(body, by: rule) }
        let start = Self.start(of: body.span)
        guard start == body.count || body[start] == UInt8(ascii: "{") else { throw Self.noObject }
        guard moves.isEmpty, !members.hasObjects else {
            var rewriter = try BodyRewriter(start == body.count ? Bytes("{}") : body)
            return rewriter.rewrite(moves, adding: members)
        }
        return splice(body, start)
    }

    /// The message by an http rule: what the path and the query say goes before what the body says.
    private func compose(_ body: Bytes, by rule: RuleBinding) throws(Failure) -> Bytes {
        let isEmpty = Self.start(of: body.span) == body.count
        guard let field = rule.bodyField, let name = field.names.first else {
            var rewriter = try BodyRewriter(isEmpty ? Bytes("{}") : body, overriding: true)
            guard rewriter.isObject else { throw Self.noObject }
            return rewriter.rewrite([], adding: members)
        }
        var members = members
        let inner = members.removeObject(Array(name.utf8).span.bytes)
        if !isEmpty || inner != nil {
            // Read, so that nothing but one value comes to stand in the place of the field.
            var rewriter = try BodyRewriter(isEmpty ? Bytes("{}") : body, overriding: true)
            if inner != nil, !rewriter.isObject { throw Self.noObject }
            members.set(field, json: inner.map { rewriter.rewrite([], adding: $0) } ?? body)
            if let mask = rule.mask, let place = mask.names.first, !members.contains(place) {
                members.set(mask, [rewriter.maskPaths(rule.bodyType, rule.query)])
            }
        }
        var out = ByteWriter(capacity: body.count + 256)
        out.append(UInt8(ascii: "{"))
        members.write(into: &out)
        out.append(UInt8(ascii: "}"))
        return out.finish()
    }

    /// Puts the members at the end of the body's object, which is left as it stands. What makes the body malformed makes
    /// the result malformed: the members stand between its own last value and its own last brace.
    private func splice(_ body: Bytes, _ start: Int) -> Bytes {
        let span = body.span
        var out = ByteWriter(capacity: body.count + 256)
        if let last = span.lastIndex(of: UInt8(ascii: "}")), last > start {
            out.append(span.extracting(0..<last))
            if Self.start(of: span.extracting(start + 1..<last)) < last - start - 1 { out.append(UInt8(ascii: ",")) }
            members.write(into: &out)
            out.append(span.extracting(last..<span.byteCount))
        } else if start < body.count {
            // An object without an end is for its reader to refuse.
            return body
        } else {
            return object()
        }
        return out.finish()
    }

    /// The place of the first byte that is no white space.
    private static func start(of text: RawSpan) -> Int {
        var index = 0
        while index < text.byteCount, isWhitespace(text[index]) { index += 1 }
        return index
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func query(of head: borrowing HTTPRequestHead) throws(Failure) -> [(name: String, value: String)] {
        let target = head.target
        guard let mark = target.firstIndex(of: 0x3F) else { return [] }
        guard let query = QueryString(target.span.bytes.extracting(mark + 1..<target.count)) else {
            throw unreadable("query")
        }
        return query.parameters
    }

    // MARK: Failures

    private static func unreadable(_ part: String) -> Failure {
        Failure(
            .invalidArgument, "request.encoding", "The \(part) has a broken percent-encoding or is not UTF-8.",
            origin: .client)
    }

    private static func unknown(_ name: String) -> Failure {
        Failure(
            .invalidArgument, "request.unknown_parameter", "There is no query parameter \"\(name)\".", origin: .client,
            violations: [
                Violation(pointer: JSONPointer.appending(name, to: ""), rule: "unknown", detail: "no such parameter")
            ])
    }

    private static var noObject: Failure {
        Failure(
            .invalidArgument, "request.invalid", "The request does not keep the contract.", origin: .client,
            violations: [Violation(pointer: "", rule: "type", detail: "must be an object")])
    }
}

extension RawSpan {
    fileprivate func lastIndex(of byte: UInt8) -> Int? {
        var index = byteCount - 1
        while index >= 0 {
            if self[index] == byte { return index }
            index -= 1
        }
        return nil
    }
}
