internal import Buffers

/// Makes a message of its frames' payloads. Between messages it holds no memory.
struct MessageAssembler: ~Copyable {
    private enum State {
        case idle, plain, compressed
    }

    /// Room for what a frame is yet to bring is made at once up to here; then it grows with what really comes.
    private static let expectedBytes = 8 * 1024
    /// Messages are decompressed into large pieces of memory, which small ones shall not hold.
    private static let smallBytes = 4 * 1024

    private let maximumBytes: Int
    private let maximumFragments: Int
    private var inflation: MessageInflation?

    private var state = State.idle
    private var kind = WebSocketMessage.Kind.text
    private var fragments = 0
    /// Bytes of the payloads of its frames, as they are sent.
    private var announced = 0
    private var bytes = ByteWriter()
    private var validator = UTF8Validator()

    init(settings: WebSocketSettings, inflation: consuming MessageInflation?) {
        // Sums with any frame's length stay far from the end of the numbers.
        maximumBytes = min(max(settings.messageBytes, 0), 1 << 48)
        maximumFragments = settings.fragments
        self.inflation = inflation
    }

    /// A frame of a message begins: decides by its header alone whether it may come.
    mutating func begin(_ header: FrameHeader) throws(WebSocketError) {
        if header.opcode == .continuation {
            guard state != .idle else { throw .unexpectedContinuation }
        } else {
            guard state == .idle else { throw .unfinishedMessage }
            state = header.isCompressed ? .compressed : .plain
            kind = header.opcode == .text ? .text : .binary
            (fragments, announced) = (0, 0)
            validator = UTF8Validator()
        }
        fragments &+= 1
        guard fragments <= maximumFragments else { throw .tooManyFragments }
        // What cannot be compressed becomes a little longer, by far less than this.
        let maximum = state == .compressed ? maximumBytes &+ maximumBytes >> 3 &+ 1024 : maximumBytes
        guard header.length <= maximum &- announced else { throw .messageTooLarge }
        announced &+= header.length
    }

    /// Whether a message begins and ends with the frame that began.
    var isSingle: Bool { fragments == 1 }

    /// A whole message came in one piece of the input: without a mask it stays where it is.
    mutating func takeWhole(_ piece: Bytes, _ frames: inout FrameReader) throws(WebSocketError) -> WebSocketMessage {
        guard state == .plain, frames.header.key == nil else {
            try append(piece, &frames, isLast: true)
            return try finish()
        }
        state = .idle
        if kind == .text {
            guard validator.accepts(piece.span), validator.isAtBoundary else { throw .notText }
        }
        return WebSocketMessage(kind, piece)
    }

    /// Takes the next piece of the message in.
    mutating func append(_ piece: Bytes, _ frames: inout FrameReader, isLast: Bool) throws(WebSocketError) {
        let start = bytes.count
        if state == .compressed {
            try inflation?.inflate(piece.span, &frames, isLast: isLast, into: &bytes)
        } else {
            bytes.reserve(piece.count &+ min(frames.remaining, Self.expectedBytes))
            frames.unmask(piece.span, into: &bytes)
        }
        guard kind == .text, bytes.count > start else { return }
        var validator = validator
        guard validator.accepts(bytes.written.extracting(start..<bytes.count)) else { throw .notText }
        self.validator = validator
    }

    /// The last frame is in.
    mutating func finish() throws(WebSocketError) -> WebSocketMessage {
        guard validator.isAtBoundary else { throw .notText }
        defer { state = .idle }
        guard state == .compressed, bytes.count < Self.smallBytes else { return WebSocketMessage(kind, bytes.finish()) }
        let payload = bytes.isEmpty ? Bytes() : Bytes(copying: bytes.written)
        _ = bytes.removeSlab()
        return WebSocketMessage(kind, payload)
    }
}
