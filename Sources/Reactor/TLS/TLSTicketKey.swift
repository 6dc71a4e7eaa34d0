/// What session tickets of one period are sealed with (RFC 5077 §4).
struct TLSTicketKey: Sendable {
    static let nameBytes = 16

    /// Tells the tickets of one key from those of others.
    let name: [UInt8]
    /// For AES-256.
    let cipher: [UInt8]
    /// For HMAC-SHA256.
    let mac: [UInt8]
    let created: Instant

    init(created: Instant) {
        name = Entropy.bytes(TLSTicketKey.nameBytes)
        cipher = Entropy.bytes(32)
        mac = Entropy.bytes(32)
        self.created = created
    }
}
