internal import Buffers
internal import Reactor

/// The name of one client's socket, as backends get it and give it back: node, worker, 128 random bits, and a code that
/// nobody can make who lacks the node's key. So a guessed name is told from one that is over.
///
/// As text: 8 + 4 + 32 + 16 hexadecimal digits.
public struct SocketID: Hashable, Sendable {
    private static let signedLength = 44

    public let text: String
    /// Which worker has the socket.
    public let worker: Int

    /// Reads a name that the node of `key` made; nil for any other text.
    public init?(_ text: some StringProtocol, key: SocketKey) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.signedLength + 16, let worker = Int(text.dropFirst(8).prefix(4), radix: 16),
            KeyedHash.isSame(
                key.code(of: bytes.prefix(Self.signedLength)), Array(bytes.dropFirst(Self.signedLength)))
        else { return nil }
        self.text = String(text)
        self.worker = worker
    }

    /// - Parameter random: 16 bytes that were never used for another.
    public init(worker: Int, random: [UInt8], key: SocketKey) {
        let place = [UInt8(truncatingIfNeeded: worker >> 8), UInt8(truncatingIfNeeded: worker)]
        let signed = key.node + Self.digits(of: place) + Self.digits(of: random.prefix(16))
        text = String(decoding: signed + key.code(of: signed[...]), as: UTF8.self)
        self.worker = worker
    }

    static func digits(of bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.flatMap { [ASCII.hexDigits.utf8Start[Int($0 >> 4)], ASCII.hexDigits.utf8Start[Int($0 & 15)]] }
    }
}

/// What one node makes the names of its sockets with; the same for all its workers.
public struct SocketKey: Sendable {
    /// Tells this node from others: 8 hexadecimal digits.
    let node: [UInt8]
    private let hash: KeyedHash

    /// A key of fresh randomness: names made with it end with the process.
    public init() {
        node = SocketID.digits(of: Entropy.bytes(4))
        hash = KeyedHash(key: Entropy.bytes(32))
    }

    func code(of text: ArraySlice<UInt8>) -> [UInt8] {
        SocketID.digits(of: hash.code(of: text).prefix(8))
    }
}
