internal import Buffers

/// The grammar under `XMLTokenizer`: every method takes the document, so that the tokenizer can lend it without a
/// retain while the scanner changes. Methods that the hot path calls are mutating even where they need not: a borrowed
/// struct of this size is copied for the call.
///
/// Phases: start → prolog → content ⇄ emptyElement → epilog; any of them → failed, which is final.
struct XMLScanner: ~Copyable {
    enum Phase {
        case start, prolog, content, emptyElement, epilog
        case failed(XMLError)
    }

    /// A start tag whose end tag has not come.
    struct OpenElement {
        var nameStart = 0
        var localStart = 0
        var nameEnd = 0
        var namespace = NamespaceID.none
        /// What the scope goes back to when the element has ended.
        var outerBindings = 0
        var outerDefault = NamespaceID.none
    }

    let limits: XMLLimits
    var phase = Phase.start
    /// The next byte to read.
    var index = 0
    /// Where the current token begins; it ends at `index`.
    var tokenStart = 0
    /// The element that the current start or end tag names.
    var element = OpenElement()
    var stack: [OpenElement] = []
    var attributes = AttributeList()
    var scope: NamespaceScope
    /// An element has ended whose namespace declarations are still in scope.
    private(set) var hasStaleScope = false
    /// The current start tag has declared a default namespace.
    var hasDefaultDeclaration = false
    var hasDoctype = false

    /// The current text where it lies in the document; empty when it lies in `decoded`.
    var textStart = 0
    var textEnd = 0
    var isTextVerbatim = true
    /// The current text, or the values of the current attributes, as far as they differ from what the document says.
    var decoded = ByteWriter()

    init(namespaces: NamespaceTable, limits: XMLLimits) {
        self.limits = limits
        scope = NamespaceScope(table: namespaces, limit: limits.namespaces)
        stack.reserveCapacity(min(limits.depth, 64))
    }

    mutating func reset() {
        phase = .start
        index = 0
        tokenStart = 0
        element = OpenElement()
        stack.removeAll(keepingCapacity: true)
        attributes.removeAll()
        scope.removeAll()
        hasStaleScope = false
        hasDoctype = false
        setText(0, 0)
        decoded.truncate(to: 0)
    }

    mutating func next(_ source: Bytes) throws(XMLError) -> XMLToken {
        let input = source.span
        if hasStaleScope { leaveScope() }
        do throws(XMLError) {
            switch phase {
            case .content: return try content(input)
            case .emptyElement: return closeElement()
            case .start:
                try begin(input)
                return try prolog(input)
            case .prolog: return try prolog(input)
            case .epilog: return try epilog(input)
            case .failed(let error): throw error
            }
        } catch {
            phase = .failed(error)
            throw error
        }
    }

    /// What comes inside the root element; in this phase the stack is not empty.
    @inline(__always)
    private mutating func content(_ input: RawSpan) throws(XMLError) -> XMLToken {
        tokenStart = index
        if input.peek(index) != UInt8(ascii: "<") {
            if let text = try text(input) { return text }
            tokenStart = index
        }
        while true {
            switch input.peek(index &+ 1) {
            case UInt8(ascii: "/"): return try endTag(input)
            case UInt8(ascii: "!"), UInt8(ascii: "?"):
                if let text = try assembledText(input) { return text }
                tokenStart = index
            default: return try startTag(input)
            }
        }
    }

    private mutating func endTag(_ input: RawSpan) throws(XMLError) -> XMLToken {
        let open = stack[stack.count &- 1]
        let start = index &+ 2
        let end = start &+ (open.nameEnd &- open.nameStart)
        guard input.matches(open.nameStart, start, length: end &- start) else { throw endTagError(input) }
        index = end
        if input.peek(index) != UInt8(ascii: ">") {
            index = input.endOfWhitespace(from: index)
            guard input.peek(index) == UInt8(ascii: ">") else { throw endTagError(input) }
        }
        index &+= 1
        return closeElement()
    }

    /// Why the end tag at `tokenStart` is not the one expected.
    private mutating func endTagError(_ input: RawSpan) -> XMLError {
        let isWhole = input.firstIndex(of: UInt8(ascii: ">"), from: tokenStart) != nil
        return isWhole ? XMLError(.mismatchedTag, at: tokenStart) : XMLError(.truncated, at: input.byteCount)
    }

    @inline(__always)
    private mutating func closeElement() -> XMLToken {
        if case .emptyElement = phase { tokenStart = index }
        element = stack.removeLast()
        hasStaleScope = scope.count != element.outerBindings || scope.defaultNamespace != element.outerDefault
        phase = stack.isEmpty ? .epilog : .content
        return .endElement
    }

    /// The end tag's own declarations stay in scope while it is the current token; then they go.
    mutating func leaveScope() {
        scope.trim(to: element.outerBindings, default: element.outerDefault)
        hasStaleScope = false
    }

    /// Goes back to before the start tag of `open` at `start`.
    mutating func rewind(to start: Int, depth: Int, before open: OpenElement) {
        index = start
        while stack.count > depth { stack.removeLast() }
        element = open
        leaveScope()
        phase = stack.isEmpty ? .prolog : .content
    }

    /// Says where the current text lies in the document.
    mutating func setText(_ start: Int, _ end: Int) {
        textStart = start
        textEnd = end
        isTextVerbatim = true
    }
}
