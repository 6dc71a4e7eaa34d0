// XMLCodec's lower layer: documents in, tokens out, and the writer's escapes. It knows bytes and names; it must not
// know schemas, SOAP or where bytes come from.
public import Buffers

/// Reads one whole UTF-8 document token by token, by XML 1.0 (fifth edition) and Namespaces in XML 1.0 (third edition).
///
/// For everything that reads XML: messages on the hot path, contracts at load. Names, attribute values and text are
/// spans of the document wherever it says them as they are; namespaces are numbers; nothing is allocated per token.
/// Comments and processing instructions are checked and left out, a DOCTYPE is refused (`XMLLimits.Doctype`), entities
/// other than the predefined ones do not exist. After an error every call throws it again.
public struct XMLTokenizer: ~Copyable {
    /// The scanner lives outside, because a borrowed struct of its size would be copied for every property that is
    /// asked for. Owned: allocated by `init`, freed by `deinit`, never lent (Fuzz/Targets/XMLDocument.swift runs it
    /// under AddressSanitizer).
    ///
    /// First of the fields: Swift 6.3 tells ThreadSanitizer that `scanner.pointee.next(…)` writes to where the first word
    /// of a borrowed struct points. `source` would be that word's slab, which documents on several threads may share.
    private let scanner: UnsafeMutablePointer<XMLScanner>
    /// The document. Every range of the tokenizer counts from its start.
    public private(set) var source: Bytes

    /// - Parameters:
    ///   - source: UTF-8, with or without a byte order mark; see `XMLCharset` for what is not.
    ///   - namespaces: The namespaces that have numbers of their own.
    public init(_ source: Bytes, namespaces: NamespaceTable = .standard, limits: XMLLimits = .message) {
        self.source = source
        scanner = .allocate(capacity: 1)
        scanner.initialize(to: XMLScanner(namespaces: namespaces, limits: limits))
    }

    deinit {
        scanner.deinitialize(count: 1)
        scanner.deallocate()
    }

    /// Begins anew with another document, in the memory that the last one needed.
    public mutating func reset(to source: Bytes) {
        self.source = source
        scanner.pointee.reset()
    }

    /// Moves to the next token.
    ///
    /// - Throws: `XMLError` when the document is not well-formed or past a limit.
    public mutating func next() throws(XMLError) -> XMLToken {
        try scanner.pointee.next(source)
    }

    /// Moves to the next token that is not white space between two tags.
    mutating func nextTag() throws(XMLError) -> XMLToken {
        try scanner.pointee.nextTag(source)
    }

    /// The start tag that comes next, if its name can be guessed; the current token stays.
    @inline(__always)
    mutating func expectedTag() -> ExpectedTag? {
        scanner.pointee.expectedTag(source.span)
    }

    /// Reads the element that begins with `tag` if its name ends at `nameEnd` and there is only plain text in it: that is the
    /// current text then, and the element's end the current token.
    @inline(__always)
    mutating func leaf(_ tag: ExpectedTag, to nameEnd: Int) -> Bool {
        scanner.pointee.leaf(tag, to: nameEnd, in: source.span)
    }

    /// A start tag that `rewind` can go back to while what was open there is open.
    struct Mark {
        fileprivate let start: Int
        fileprivate let depth: Int
        fileprivate let element: XMLScanner.OpenElement
    }

    /// The current start tag.
    var mark: Mark {
        Mark(start: scanner.pointee.tokenStart, depth: depth &- 1, element: scanner.pointee.element)
    }

    /// Goes back to a start tag, whatever was read or failed since: it is the current token again.
    mutating func rewind(to mark: Mark) throws(XMLError) {
        scanner.pointee.rewind(to: mark.start, depth: mark.depth, before: mark.element)
        _ = try next()
    }

    /// From the start of an element moves to its end, and returns where the whole element lies in `source`.
    public mutating func skipElement() throws(XMLError) -> Range<Int> {
        let start = scanner.pointee.tokenStart
        let outer = max(scanner.pointee.stack.count &- 1, 0)
        while scanner.pointee.stack.count > outer { _ = try scanner.pointee.next(source) }
        return start..<scanner.pointee.index
    }

    /// How many elements are open: a start tag's own counts, an end tag's own does not any more.
    public var depth: Int { scanner.pointee.stack.count }

    /// Where the current token lies in `source`. The end of an empty element is an empty range behind its tag.
    public var range: Range<Int> { scanner.pointee.tokenStart..<scanner.pointee.index }

    /// Where the current token begins, for people; costs a walk up to there.
    public var position: XMLPosition { XMLPosition(of: scanner.pointee.tokenStart, in: source.span) }
}

// MARK: The element of the current start or end tag

extension XMLTokenizer {
    public var namespace: NamespaceID { scanner.pointee.element.namespace }

    public var localName: RawSpan {
        @_lifetime(borrow self) get { source.span.extracting(localNameRange) }
    }

    public var localNameRange: Range<Int> { scanner.pointee.element.localStart..<scanner.pointee.element.nameEnd }

    /// Whether the element has this expanded name.
    public func isElement(_ namespace: NamespaceID, _ localName: StaticString) -> Bool {
        scanner.pointee.element.namespace == namespace && self.localName.equals(localName)
    }
}

// MARK: The attributes of the current start tag, without namespace declarations

extension XMLTokenizer {
    public var attributeCount: Int { scanner.pointee.attributes.items.count }

    /// No namespace unless the attribute has a prefix.
    public func attributeNamespace(_ index: Int) -> NamespaceID {
        scanner.pointee.attributes.items[index].namespace
    }

    @_lifetime(borrow self)
    public func attributeLocalName(_ index: Int) -> RawSpan {
        let item = scanner.pointee.attributes.items[index]
        return source.span.extracting(item.localStart..<item.nameEnd)
    }

    /// The value with its references replaced and white space normalised (XML 1.0 §3.3.3, CDATA); until `next()`.
    @_lifetime(borrow self)
    public func attributeValue(_ index: Int) -> RawSpan {
        let item = scanner.pointee.attributes.items[index]
        let range = item.valueStart..<item.valueEnd
        return item.isVerbatim ? source.span.extracting(range) : decoded.extracting(range)
    }

    /// Where the value lies in `source`, or nil when the document does not say it as it is.
    public func attributeValueRange(_ index: Int) -> Range<Int>? {
        let item = scanner.pointee.attributes.items[index]
        return item.isVerbatim ? item.valueStart..<item.valueEnd : nil
    }

    /// The place of an attribute, or nil.
    public func attributeIndex(_ namespace: NamespaceID, _ localName: StaticString) -> Int? {
        for index in scanner.pointee.attributes.items.indices
        where scanner.pointee.attributes.items[index].namespace == namespace
            && attributeLocalName(index).equals(localName)
        {
            return index
        }
        return nil
    }
}

// MARK: The current text

extension XMLTokenizer {
    /// The text with references replaced, line ends normalised and CDATA sections opened; until `next()`.
    public var text: RawSpan {
        @_lifetime(borrow self) get {
            if scanner.pointee.isTextVerbatim {
                return source.span.extracting(scanner.pointee.textStart..<scanner.pointee.textEnd)
            }
            return decoded
        }
    }

    /// The scanner's side buffer, which stays as it is until `next()`.
    private var decoded: RawSpan {
        @_lifetime(borrow self) get {
            let span = scanner.pointee.decoded.written
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// Where the text lies in `source`, or nil when the document does not say it as it is.
    public var textRange: Range<Int>? {
        scanner.pointee.isTextVerbatim ? scanner.pointee.textStart..<scanner.pointee.textEnd : nil
    }

    /// Whether the text is white space only.
    public var isBlankText: Bool { text.isBlank }
}

// MARK: Namespaces in scope

extension XMLTokenizer {
    /// What `prefix` stands for at the current token, as in the QName values of content and `xsi:type`; the empty
    /// prefix is the default namespace. Nil when it is not declared.
    public func namespace(forPrefix prefix: RawSpan) -> NamespaceID? {
        scanner.pointee.scope.namespace(of: prefix, in: source.span)
    }

    /// The namespace name of an id that the table or this document has given out; empty for no namespace.
    public func namespaceName(_ id: NamespaceID) -> Bytes {
        scanner.pointee.scope.name(of: id)
    }

    /// Whether the current start tag declares a namespace.
    public var declaresNamespaces: Bool {
        scanner.pointee.scope.count > scanner.pointee.element.outerBindings || scanner.pointee.hasDefaultDeclaration
    }

    /// Every prefix in scope with its namespace's name; the empty prefix is the default namespace. For load time.
    public var prefixes: [String: String] { scanner.pointee.scope.prefixes(in: source.span) }
}
