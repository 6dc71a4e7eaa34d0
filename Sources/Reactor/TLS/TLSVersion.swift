internal import COpenSSL

/// The versions of TLS that are spoken.
public enum TLSVersion: String, Comparable, Sendable, CaseIterable {
    /// RFC 5246, with AEAD suites only.
    case tls12 = "1.2"
    /// RFC 8446.
    case tls13 = "1.3"

    var code: Int32 {
        switch self {
        case .tls12: TLS1_2_VERSION
        case .tls13: TLS1_3_VERSION
        }
    }

    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.code < right.code
    }
}
