internal import Buffers
internal import Canonical

/// A name that came with a message as `{namespace}local`, checked to be one.
struct ExpandedName {
    let namespace: Bytes
    let local: Bytes

    private static let xmlnsNamespace = Bytes("http://www.w3.org/2000/xmlns/")
    private static let instanceNamespace = Bytes("http://www.w3.org/2001/XMLSchema-instance")
    static let xmlNamespace = Bytes("http://www.w3.org/XML/1998/namespace")

    /// - Throws: When the local part is no NCName, or the namespace one that nothing can be in; the node is for the
    ///   error.
    init(_ text: RawSpan, at node: Int) throws(XMLEncodingError) {
        if text.byteCount > 0, text[0] == UInt8(ascii: "{") {
            guard let end = text.firstIndex(of: UInt8(ascii: "}")) else { throw XMLEncodingError(.name, at: node) }
            namespace = Bytes(copying: text.extracting(1..<end))
            local = Bytes(copying: text.extracting((end + 1)..<text.byteCount))
        } else {
            namespace = Bytes()
            local = Bytes(copying: text)
        }
        guard XMLName.isValid(local.span), namespace != ExpandedName.xmlnsNamespace else {
            throw XMLEncodingError(.name, at: node)
        }
    }

    init(namespace: Bytes, local: Bytes) {
        self.namespace = namespace
        self.local = local
    }

    var qualified: QualifiedName { QualifiedName(String(namespace), String(local)) }

    /// `xmlns` would declare a namespace instead.
    var canBeAttribute: Bool { !namespace.isEmpty || !local.span.equals("xmlns") }

    /// `xsi:type`, whose value is a qualified name.
    var isInstanceType: Bool { local.span.equals("type") && namespace == ExpandedName.instanceNamespace }
}

/// The prefix that a name is written with.
enum Prefix {
    case none
    case known(String)
    /// One of our own: `_` and the number.
    case fresh(Int)

    func write(before local: Bytes, into out: inout ByteWriter) {
        switch self {
        case .none: break
        case .known(let prefix):
            out.append(prefix)
            out.append(UInt8(ascii: ":"))
        case .fresh(let number):
            out.append(UInt8(ascii: "_"))
            out.append(decimal: number)
            out.append(UInt8(ascii: ":"))
        }
        out.append(local)
    }
}
