internal import Buffers
internal import HTTP

/// Parses one head that lies in one piece.
protocol HeadParser {
    associatedtype Head

    /// Where the first line begins that is not read yet.
    var index: Int { get }

    /// - Parameter index: Where to begin; behind 0, the lines before are known to be right and only the rest is checked.
    init(at index: Int)

    /// Parses `span` as far as it goes, up to the end of the head.
    /// - Returns: Whether the head is whole. Then `head` is filled, and `index` behind its end.
    mutating func read(
        _ span: RawSpan, into head: inout Head, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool
}

/// What has come of a head that is not whole yet; empty, and without memory, most of the time.
struct PartialHead: ~Copyable {
    var bytes = ByteWriter()
    /// The first byte that stands in a line not whole yet.
    private var checked = 0

    var isEmpty: Bool { bytes.isEmpty }

    /// Parses the head that goes on with `input`. One that comes whole is parsed where it lies.
    ///
    /// - Parameter parser: A new one; has parsed the head afterwards, if it is whole.
    /// - Returns: Whether it is, and `head` filled; if not, all input is consumed and more is needed.
    mutating func read<Parser: HeadParser>(
        _ input: inout Bytes, by parser: inout Parser, into head: inout Parser.Head, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        guard !input.isEmpty else { return false }
        guard bytes.isEmpty else { return try goOn(with: &input, by: &parser, into: &head, limits: limits) }
        if try parser.read(input.span, into: &head, limits: limits) {
            guard parser.index <= limits.headBytes else { throw .headTooLarge }
            input.removeFirst(parser.index)
            return true
        }
        guard input.count < limits.headBytes else { throw .headTooLarge }
        checked = parser.index
        bytes.append(input.removePrefix(input.count))
        return false
    }

    /// Whole lines are checked as they come, so that nonsense is answered at once; all is parsed when all is there.
    private mutating func goOn<Parser: HeadParser>(
        with input: inout Bytes, by parser: inout Parser, into head: inout Parser.Head, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        let before = bytes.count
        let room = limits.headBytes - before
        bytes.append(input.count > room ? input[0..<room] : input)
        var checker = Parser(at: checked)
        guard try checker.read(bytes.written, into: &head, limits: limits) else {
            guard input.count < room else { throw .headTooLarge }
            checked = checker.index
            input.removeFirst(input.count)
            return false
        }
        let isWhole = try parser.read(bytes.written, into: &head, limits: limits)
        precondition(isWhole)
        input.removeFirst(parser.index - before)
        self = PartialHead()
        return true
    }
}
