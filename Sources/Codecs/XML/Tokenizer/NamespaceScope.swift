internal import Buffers

/// Which namespace each prefix stands for where the tokenizer is, and the names of the document's own namespaces.
struct NamespaceScope: ~Copyable {
    /// A prefix bound by an `xmlns:` attribute, as its place in the document; `start` is -1 for `xml`.
    struct Binding {
        let key: UInt64
        let start: Int
        let end: Int
        let namespace: NamespaceID
    }

    /// A prefix as it stands in start tags.
    struct RecentPrefix {
        /// `<prefix:` or `<`, and which bytes of a word that is.
        let word: UInt64
        let mask: UInt64
        let length: Int
        let namespace: NamespaceID
    }

    let table: NamespaceTable
    private let limit: Int
    private(set) var bindings: [Binding] = []
    private(set) var defaultNamespace = NamespaceID.none
    /// The prefix of the last element, as long as it means the same.
    private(set) var recent: RecentPrefix?
    /// Namespaces that the table does not know: all their names, and where each ends.
    private var unknownNames = ByteWriter()
    private var unknown: [(hash: UInt64, end: Int)] = []

    init(table: NamespaceTable, limit: Int) {
        self.table = table
        self.limit = limit
        bindings.reserveCapacity(16)
        removeAll()
    }

    /// How many bindings there are; `trim(to:)` takes it back.
    var count: Int { bindings.count }

    mutating func removeAll() {
        // `xml` (Namespaces in XML 1.0 §3) fits into its key, so that it needs no place in the document.
        let xml = Binding(key: 3 << 56 | 0x6C6D78, start: -1, end: 2, namespace: .xml)
        bindings.removeAll(keepingCapacity: true)
        bindings.append(xml)
        defaultNamespace = .none
        recent = nil
        unknown.removeAll(keepingCapacity: true)
        unknownNames.truncate(to: 0)
    }

    /// Forgets the bindings made since there were `count`, and that of the empty prefix.
    mutating func trim(to count: Int, default namespace: NamespaceID) {
        while bindings.count > count { bindings.removeLast() }
        defaultNamespace = namespace
        recent = nil
    }

    mutating func bindDefault(to namespace: NamespaceID) {
        defaultNamespace = namespace
        recent = nil
    }

    mutating func bind(_ start: Int, _ end: Int, to namespace: NamespaceID, in input: RawSpan) throws(XMLError) {
        if bindings.count > limit { throw XMLError(.tooManyNamespaces, at: start) }
        let key = input.nameKey(start, end)
        bindings.append(Binding(key: key, start: start, end: end, namespace: namespace))
        recent = nil
    }

    /// What the prefix at `start..<end` stands for, or nil.
    func namespace(_ start: Int, _ end: Int, in input: RawSpan) -> NamespaceID? {
        guard let index = lastBinding(start, end, since: 0, in: input) else { return nil }
        return bindings[index].namespace
    }

    /// The namespace of the element whose start tag is at `start` and whose local name is at `localStart`; nil when its prefix
    /// is not declared.
    @inline(__always)
    mutating func elementNamespace(_ start: Int, _ localStart: Int, in input: RawSpan) -> NamespaceID? {
        let length = localStart &- start
        guard length <= 8, start &+ 8 <= input.byteCount else {
            return length == 1 ? defaultNamespace : namespace(start &+ 1, localStart &- 1, in: input)
        }
        let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* length)
        let word = input.word(at: start) & mask
        if let recent, recent.word == word, recent.mask == mask { return recent.namespace }
        let found = length == 1 ? defaultNamespace : namespace(start &+ 1, localStart &- 1, in: input)
        guard let found else { return nil }
        recent = RecentPrefix(word: word, mask: mask, length: length, namespace: found)
        return found
    }

    /// What `prefix` stands for, or nil; the empty prefix is the default namespace.
    func namespace(of prefix: RawSpan, in input: RawSpan) -> NamespaceID? {
        if prefix.byteCount == 0 { return defaultNamespace }
        if prefix.equals("xml") { return .xml }
        for binding in bindings.dropFirst().reversed()
        where input.extracting(binding.start..<binding.end).equals(prefix) {
            return binding.namespace
        }
        return nil
    }

    /// Whether the prefix at `start..<end` was bound after the first `since` bindings.
    func isBound(_ start: Int, _ end: Int, since: Int, in input: RawSpan) -> Bool {
        lastBinding(start, end, since: since, in: input) != nil
    }

    /// The walk is bounded by the limit on declarations.
    private func lastBinding(_ start: Int, _ end: Int, since: Int, in input: RawSpan) -> Int? {
        let key = input.nameKey(start, end)
        var index = bindings.count
        while index > since {
            index &-= 1
            let binding = bindings[index]
            if binding.key == key, end &- start < 8 || isSame(binding, start, end, in: input) { return index }
        }
        return nil
    }

    private func isSame(_ binding: Binding, _ start: Int, _ end: Int, in input: RawSpan) -> Bool {
        let length = end &- start
        return binding.end &- binding.start == length && input.matches(binding.start, start, length: length)
    }

    /// The number of the namespace called `name`; `offset` is for the error.
    mutating func id(of name: RawSpan, at offset: Int) throws(XMLError) -> NamespaceID {
        if let known = table.id(of: name) { return known }
        let hash = name.hash
        for index in unknown.indices where unknown[index].hash == hash && unknownName(index).equals(name) {
            return NamespaceID(rawValue: Int32(table.count &+ index))
        }
        if unknown.count >= limit { throw XMLError(.tooManyNamespaces, at: offset) }
        unknownNames.append(name)
        unknown.append((hash, unknownNames.count))
        return NamespaceID(rawValue: Int32(table.count &+ unknown.count &- 1))
    }

    /// The name of `id`, empty when no document namespace has it.
    func name(of id: NamespaceID) -> Bytes {
        if let known = table.name(of: id) { return known }
        let index = Int(id.rawValue) &- table.count
        return unknown.indices.contains(index) ? Bytes(copying: unknownName(index)) : Bytes()
    }

    @_lifetime(borrow self)
    private func unknownName(_ index: Int) -> RawSpan {
        let start = index == 0 ? 0 : unknown[index &- 1].end
        return unknownNames.written.extracting(start..<unknown[index].end)
    }

    /// Every prefix in scope with its namespace's name; the empty prefix is the default namespace. For load time.
    func prefixes(in input: RawSpan) -> [String: String] {
        var prefixes: [String: String] = [:]
        for binding in bindings {
            let prefix = binding.start < 0 ? "xml" : String(decoding: input.extracting(binding.start..<binding.end))
            prefixes[prefix] = String(name(of: binding.namespace))
        }
        if defaultNamespace != .none { prefixes[""] = String(name(of: defaultNamespace)) }
        return prefixes
    }
}
