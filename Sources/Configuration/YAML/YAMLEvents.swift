internal import CLibYAML
internal import Canonical

/// The events of a YAML stream, as libyaml tells them.
///
/// The events carry the end of every token, which libyaml's own tree does not keep and the caret lines need.
struct YAMLEvents: ~Copyable {
    enum Event {
        case scalar(YAMLScalar, anchor: String?, isTagged: Bool)
        case alias(String)
        case listStart(anchor: String?, isTagged: Bool)
        case mappingStart(anchor: String?, isTagged: Bool)
        /// The end of a list or a mapping.
        case end
        case documentStart
        case streamEnd
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let file: String

    /// Reads from `bytes`, which must outlive the value.
    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        self.file = file
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    /// The next event and the place of its token.
    mutating func next() throws(Diagnostic) -> (Event, SourceLocation) {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
            defer { yaml_event_delete(&event) }
            if let known = Self.event(event) { return (known, location(of: event)) }
        }
    }

    private static func event(_ event: yaml_event_t) -> Event? {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            return .scalar(
                YAMLScalar(text: text, isPlain: isPlain), anchor: name(scalar.anchor), isTagged: scalar.tag != nil)
        case YAML_ALIAS_EVENT:
            return .alias(name(event.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            let list = event.data.sequence_start
            return .listStart(anchor: name(list.anchor), isTagged: list.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            return .mappingStart(anchor: name(mapping.anchor), isTagged: mapping.tag != nil)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return nil
        }
    }

    private static func name(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func location(of event: yaml_event_t) -> SourceLocation {
        let (start, end) = (event.start_mark, event.end_mark)
        // A token of several lines is marked where it begins; the block style's collections have empty tokens.
        let length = start.line == end.line ? Int(end.column) - Int(start.column) : 1
        return SourceLocation(
            file: file, line: Int(start.line) + 1, column: Int(start.column) + 1, length: max(length, 1))
    }

    private var problem: Diagnostic {
        let state = parser.pointee
        var text = state.problem.map { String(cString: $0) } ?? "this is not YAML"
        if let context = state.context { text += " (\(String(cString: context)))" }
        let mark = state.error == YAML_READER_ERROR ? state.mark : state.problem_mark
        let place = SourceLocation(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
        return Diagnostic(.error, "config.syntax", text, at: place)
    }
}
