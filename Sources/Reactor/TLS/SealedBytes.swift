internal import Buffers

/// Ciphertext between OpenSSL and the kernel.
struct SealedBytes: ~Copyable {
    private var bytes: ByteWriter
    /// What lies before has gone.
    private var start = 0
    private let keepsMemory: Bool

    /// - Parameter capacity: Room to be taken now and kept; with 0 memory is taken when needed, and given back.
    init(capacity: Int = 0) {
        bytes = ByteWriter(capacity: capacity)
        keepsMemory = capacity > 0
    }

    var count: Int { bytes.count &- start }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(RawSpan(_unsafeBytes: more))
    }

    /// Calls `send` with all bytes; it returns how many have gone, or less than zero for none.
    mutating func send(_ send: (UnsafeRawBufferPointer) -> Int) -> Int {
        let sent = withBytes(send)
        start &+= max(0, sent)
        if count == 0 { removeAll() }
        return sent
    }

    /// Moves all bytes to the end of `other`.
    mutating func move(to other: inout SealedBytes) {
        if count == 0 { return }
        withBytes { other.append($0) }
        removeAll()
    }

    mutating func removeAll() {
        start = 0
        if keepsMemory { bytes.truncate(to: 0) } else { bytes = ByteWriter() }
    }

    private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.written.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    }
}
