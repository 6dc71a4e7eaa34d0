internal import COpenSSL

/// HMAC-SHA256 (RFC 2104): shows that who wrote a text has the key.
public struct KeyedHash: Sendable {
    private let key: [UInt8]

    /// - Parameter key: At least 32 bytes that cannot be guessed.
    public init(key: [UInt8]) {
        self.key = key
    }

    /// The 32 bytes of the hash of `text`.
    public func code(of text: some Sequence<UInt8>) -> [UInt8] {
        let text = Array(text)
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        HMAC(EVP_sha256(), key, Int32(key.count), text, text.count, &code, &length)
        return code
    }

    /// Whether two codes are the same, in a time that does not tell where they differ.
    public static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
