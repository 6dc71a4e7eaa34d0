internal import COpenSSL

extension ReactorError {
    /// The peer ended the connection without saying so under TLS (close_notify): what was received may not be all, and
    /// somebody else may have cut it off (RFC 8446 §6.1, RFC 9112 §9.8).
    public static let truncated = ReactorError(.tls, code: truncatedCode)
    /// The handshake took too long.
    public static let handshakeTimeout = ReactorError(.handshake, code: timeoutCode)
    /// The peer ended the connection in the middle of it.
    static let handshakeCut = ReactorError(.handshake, code: truncatedCode)
    /// The connection cannot be made for want of memory, or the server name is none.
    static let noTLS = ReactorError(.handshake, code: setupCode)
    /// The peer sends control messages without end.
    static let tlsFlood = ReactorError(.tls, code: floodCode)

    // OpenSSL's codes are positive, and those of X.509 verification few.
    private static let truncatedCode: Int32 = -1
    private static let timeoutCode: Int32 = -2
    private static let setupCode: Int32 = -3
    private static let floodCode: Int32 = -4
    private static let verification: Int32 = -1000

    /// The peer's certificate is not valid, by `X509_V_ERR_…`.
    static func unverified(_ verdict: Int) -> ReactorError {
        ReactorError(.handshake, code: verification - Int32(clamping: min(max(verdict, 0), 1000)))
    }

    init(_ operation: Operation, openSSL code: UInt) {
        self.init(operation, code: Int32(truncatingIfNeeded: code & 0x7FFF_FFFF))
    }

    /// What went wrong in TLS, in words.
    var tlsText: String {
        switch code {
        case ReactorError.truncatedCode: "the connection ended without close_notify"
        case ReactorError.timeoutCode: "the handshake took too long"
        case ReactorError.setupCode: "no TLS connection can be made"
        case ReactorError.floodCode: "too many control messages"
        case ..<ReactorError.verification:
            String(cString: X509_verify_cert_error_string(Int(ReactorError.verification - code)))
        default: OpenSSL.reason(UInt(clamping: code))
        }
    }
}
