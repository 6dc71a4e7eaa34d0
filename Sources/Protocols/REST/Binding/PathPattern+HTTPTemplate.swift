public import Engine
public import ProtobufSchema

extension PathPattern {
    /// The paths that the template of an http rule means; those of its variables that are one segment have their names.
    ///
    /// Source: google/api/http.proto.
    public init(_ template: HTTPTemplate) {
        var names: [Int: String] = [:]
        for variable in template.variables {
            let wild = variable.segments.filter { template.segments[$0] == .any }
            for (number, place) in wild.enumerated() {
                names[place] = variable.isMultiSegment ? "\(variable.name)_\(number + 1)" : variable.name
            }
        }
        var segments: [PathPattern.Segment] = template.segments.enumerated().map { place, segment in
            switch segment {
            case .literal(let text): .literal(Self.normal(text))
            case .any: names[place].map { .parameter($0) } ?? .wildcard
            case .rest: .rest
            }
        }
        // A verb behind a literal is a part of it.
        if let verb = template.verb, case .literal(let text)? = segments.last {
            segments[segments.count - 1] = .literal(text + Array(":\(verb)".utf8))
            self.init(segments: segments)
        } else {
            self.init(segments: segments, verb: template.verb)
        }
    }

    /// A literal as normal paths have it.
    private static func normal(_ text: String) -> [UInt8] {
        let path = Array("/\(text)".utf8)
        switch PathNormalizer.normalize(path.span.bytes) {
        case .changed(let changed): return Array(changed.dropFirst())
        case .unchanged, .refused: return Array(text.utf8)
        }
    }
}
