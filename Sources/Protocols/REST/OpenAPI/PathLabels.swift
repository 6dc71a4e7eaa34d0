internal import Engine

/// A path as OpenAPI writes it, `/accounts/{id}:close`, and the names of its parameters.
struct PathLabels {
    let text: String
    /// One for each capture, in order.
    let names: [String]

    init(_ path: PathPattern) {
        var unique = UniqueNames()
        var names: [String] = []
        let segments = path.segments.map { segment in
            let name: String
            switch segment {
            case .literal(let bytes): return "/" + String(decoding: bytes, as: UTF8.self)
            case .parameter(let parameter): name = unique.add(parameter)
            case .wildcard: name = unique.add("segment")
            case .rest: name = unique.add("rest")
            }
            names.append(name)
            return "/{\(name)}"
        }
        text = segments.joined() + (path.verb.map { ":" + $0 } ?? "")
        self.names = names
    }

    /// What paths share that OpenAPI takes for one: all but the names of parameters.
    static func shape(of path: PathPattern) -> PathPattern {
        let segments = path.segments.map { segment in
            if case .literal = segment { segment } else { PathPattern.Segment.wildcard }
        }
        return PathPattern(segments: segments, verb: path.verb)
    }
}
