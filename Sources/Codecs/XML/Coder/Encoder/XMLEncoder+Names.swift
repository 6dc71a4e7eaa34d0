internal import Buffers
internal import Canonical

/// Namespaces and prefixes while writing.
///
/// A root declares what the schema needs; only names that come with a message need more. Their declarations are written
/// into the start tag that is open, and are forgotten with `leave` when its element has ended. No default namespace is
/// ever declared: it would capture the local elements that are in none.
extension XMLEncoder {
    /// The prefix for `namespace`; declares one in the open start tag when there is none in scope.
    mutating func prefix(
        for namespace: Bytes, at node: Int, _ out: inout ByteWriter
    ) throws(XMLEncodingError) -> Prefix {
        if let known = knownPrefix(for: namespace) { return known }
        fresh.append(namespace)
        out.append(" xmlns:_")
        out.append(decimal: fresh.count)
        out.append("=\"")
        try escape(namespace.span, node, isAttribute: true, &out)
        out.append(UInt8(ascii: "\""))
        return .fresh(fresh.count)
    }

    /// The prefix for `namespace` if there is one in scope.
    func knownPrefix(for namespace: Bytes) -> Prefix? {
        if namespace.isEmpty { return Prefix.none }
        if let id = plan.namespaces.id(of: namespace.span), declared[Int(id.rawValue)] {
            return .known(plan.prefixes[id])
        }
        return fresh.lastIndex(of: namespace).map { .fresh($0 + 1) }
    }

    /// Makes sure that the plan's own prefix for `id` is in scope.
    mutating func declare(_ id: NamespaceID, _ out: inout ByteWriter) throws(XMLEncodingError) {
        if !declared[Int(id.rawValue)] { plan.writeDeclaration(of: id, into: &out) }
    }

    /// Forgets the prefixes made since there were `mark`.
    mutating func leave(_ mark: Int) {
        if fresh.count > mark { fresh.removeLast(fresh.count &- mark) }
    }

    // MARK: Qualified names as values

    /// Declares prefixes for the name at `index`, or the names in a list of them.
    mutating func declareNames(
        _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        for name in index..<(index &+ Int(nodes[index].extent)) where nodes[name].kind == .string {
            let expanded = try ExpandedName(document.text(of: nodes[name]), at: name)
            _ = try prefix(for: expanded.namespace, at: name, &out)
        }
    }

    /// Writes what `declareNames` made prefixes for.
    func names(
        _ index: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let start = out.count
        for name in index..<(index &+ Int(nodes[index].extent)) {
            switch nodes[name].kind {
            case .list where name == index: continue
            case .string:
                if out.count > start { out.append(0x20) }
                let expanded = try ExpandedName(document.text(of: nodes[name]), at: name)
                knownPrefix(for: expanded.namespace)?.write(before: expanded.local, into: &out)
            default: throw XMLEncodingError(.text, at: name)
            }
        }
    }
}
