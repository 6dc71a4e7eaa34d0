public import Engine
public import HTTP

/// What a pass-through route changes on the way; compiled from `rewrite:`.
public struct RelayRules: Sendable {
    /// The path sent to the upstream; nil sends the request's own.
    public var path: TargetTemplate?
    /// Fields that replace the request's.
    public var set: [(name: String, value: String)]
    /// Lower-case names of fields that are removed from the request and from the response.
    public var remove: [String]

    public init(path: TargetTemplate? = nil, set: [(name: String, value: String)] = [], remove: [String] = []) {
        self.path = path
        self.set = set
        self.remove = remove
    }

    /// Rewrites a request.
    func apply(to head: inout HTTPRequestHead, of context: CallContext) {
        if let path { rewrite(&head, path, context) }
        for (name, value) in set {
            head.headers.remove(text: Array(name.utf8).span.bytes)
            head.headers.append(name, value)
        }
        removeFields(from: &head.headers)
    }

    /// Rewrites a response.
    func apply(to head: inout HTTPResponseHead) {
        removeFields(from: &head.headers)
    }

    private func removeFields(from headers: inout Headers) {
        for name in remove { headers.remove(text: Array(name.utf8).span.bytes) }
    }

    private func rewrite(_ head: inout HTTPRequestHead, _ template: TargetTemplate, _ context: CallContext) {
        let query = head.target.firstIndex(of: 0x3F).map { Array(head.target[$0...]) } ?? []
        head.target.removeAll(keepingCapacity: true)
        template.write(path: context.path, captures: context.captures, into: &head.target)
        head.target += query
    }
}

/// A path with places for what the route's path captured.
public struct TargetTemplate: Sendable {
    public enum Piece: Sendable {
        case literal([UInt8])
        /// The place of the capture in the route's pattern.
        case capture(Int)
    }

    public var pieces: [Piece]

    /// - Parameters:
    ///   - path: The rewritten path; its parameters are found in `pattern` by name.
    ///   - pattern: The route's path.
    /// - Returns: nil when `path` has a parameter that `pattern` lacks.
    public init?(_ path: PathPattern, capturesOf pattern: PathPattern) {
        let names = pattern.captureNames
        var pieces: [Piece] = []
        for segment in path.segments {
            let name: String
            switch segment {
            case .literal(let bytes):
                pieces.append(.literal([0x2F] + bytes))
                continue
            case .parameter(let parameter): name = parameter
            case .wildcard: name = "*"
            case .rest: name = "**"
            }
            guard let index = names.firstIndex(of: name) else { return nil }
            pieces.append(.literal([0x2F]))
            pieces.append(.capture(index))
        }
        self.pieces = pieces
    }

    /// Writes the path for one request.
    func write(path: [UInt8], captures: PathCaptures, into target: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes): target += bytes
            case .capture(let index): target += path[captures.ranges[index]]
            }
        }
    }
}
