internal import Buffers
internal import Compression

/// What the WebSocket connections of one worker share, so that an idle one has nothing: what compresses messages that
/// stand alone, memory to do so, and the keys that clients mask with.
public final class WebSocketPool {
    private static let keptInflaters = 8
    private static let keptScratchBytes = 64 * 1024

    private let randomBytes: (Int) -> [UInt8]
    private var keys: [UInt8] = []
    private var usedKeyBytes = 0
    private var inflaters: [MessageInflater] = []
    /// By the bits of their windows, from 8 on.
    private var deflaters = [MessageDeflater?](repeating: nil, count: 8)
    private var scratch = ByteWriter()

    /// - Parameter randomBytes: Gives so many bytes that nobody can guess: masking keys are made of them (RFC 6455 §5.3).
    public init(randomBytes: @escaping (Int) -> [UInt8]) {
        self.randomBytes = randomBytes
    }

    /// A key that was never used; one of 256 waits for the kernel.
    func nextKey() -> MaskingKey {
        if usedKeyBytes &+ 4 > keys.count {
            keys = randomBytes(1024)
            usedKeyBytes = 0
            precondition(keys.count >= 4, "There are no random bytes.")
        }
        let key = keys.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: usedKeyBytes, as: UInt32.self) }
        usedKeyBytes &+= 4
        return MaskingKey(UInt32(littleEndian: key))
    }

    /// An inflater for messages that stand alone, of any window.
    func takeInflater(limits: InflationLimits) -> MessageInflater {
        guard let inflater = inflaters.popLast() else {
            return MessageInflater(keepsContext: false, limits: limits)
        }
        inflater.begin(limits: limits)
        return inflater
    }

    /// Takes an inflater back whose last message was read to its end.
    func give(_ inflater: MessageInflater) {
        if inflaters.count < Self.keptInflaters { inflaters.append(inflater) }
    }

    /// The deflater for messages that stand alone.
    func deflater(windowBits: Int) -> MessageDeflater {
        let place = min(max(windowBits, 8), 15) - 8
        if let deflater = deflaters[place] { return deflater }
        let deflater = MessageDeflater(windowBits: windowBits, keepsContext: false)
        deflaters[place] = deflater
        return deflater
    }

    /// Lends memory for the length of one call.
    func withScratch<Result, Failure>(
        _ body: (inout ByteWriter) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer {
            // Large memory is given up, so that one large message does not cost it for ever.
            if scratch.count > Self.keptScratchBytes { _ = scratch.removeSlab() } else { scratch.truncate(to: 0) }
        }
        return try body(&scratch)
    }
}
