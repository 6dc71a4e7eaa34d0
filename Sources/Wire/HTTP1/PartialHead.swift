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
    /// - Returns: The parser, when the head is whole and `head` filled; nil when all input is consumed and more is needed.
    mutating func read<Parser: HeadParser>(
        _ input: inout Bytes, into head: inout Parser.Head, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Parser? {
        guard !input.isEmpty else { return nil }
        guard bytes.isEmpty else { return try goOn(with: &input, into: &head, limits: limits) }
        var parser = Parser(at: 0)
        if try parser.read(input.span, into: &head, limits: limits) {
            input.removeFirst(parser.index)
            return parser
        }
        checked = parser.index
        bytes.append(input.removePrefix(input.count))
        return nil
    }

    /// Whole lines are checked as they come, so that nonsense is answered at once; all is parsed when all is there.
    private mutating func goOn<Parser: HeadParser>(
        with input: inout Bytes, into head: inout Parser.Head, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Parser? {
        let before = bytes.count
        let room = limits.headBytes - before
        bytes.append(input.count > room ? input[0..<room] : input)
        var checker = Parser(at: checked)
        guard try checker.read(bytes.written, into: &head, limits: limits) else {
            guard input.count < room else { throw .headTooLarge }
            checked = checker.index
            input.removeFirst(input.count)
            return nil
        }
        var parser = Parser(at: 0)
        let isWhole = try parser.read(bytes.written, into: &head, limits: limits)
        precondition(isWhole)
        input.removeFirst(parser.index - before)
        self = PartialHead()
        return parser
    }
}
