internal import Buffers

/// Bytes among the literals of an `XMLPlan`: start tags, end tags, names, defaults.
struct Literal {
    var offset: UInt32
    var length: UInt32

    static let empty = Literal(offset: 0, length: 0)

    var isEmpty: Bool { length == 0 }
    var range: Range<Int> { Int(offset)..<Int(offset) &+ Int(length) }
}

/// Collects the literals of a plan while it is compiled.
struct LiteralPool {
    private(set) var bytes: [UInt8] = []
    private var known: [String: Literal] = [:]

    mutating func add(_ text: String) -> Literal {
        if let literal = known[text] { return literal }
        let literal = Literal(offset: UInt32(bytes.count), length: UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
        known[text] = literal
        return literal
    }
}
