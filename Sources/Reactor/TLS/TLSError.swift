/// Why certificates, keys or settings of TLS cannot be used; known when they are loaded.
public struct TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file at fault; nil when the material was given as bytes, or the settings themselves are.
    public let file: String?
    /// What is wrong, in words for an operator: "No such file or directory", "the key does not belong to …".
    public let reason: String

    public init(file: String? = nil, reason: String) {
        self.file = file
        self.reason = reason
    }

    /// What OpenSSL has just refused.
    static func last(file: String? = nil, _ what: String) -> TLSError {
        let code = OpenSSL.takeError()
        return TLSError(file: file, reason: code == 0 ? what : "\(what): \(OpenSSL.reason(code))")
    }

    public var description: String {
        file.map { "\($0): \(reason)" } ?? reason
    }
}
