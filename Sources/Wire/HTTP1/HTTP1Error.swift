internal import HTTP

/// Why a message is refused. Whoever meets one answers (as a server) and closes the connection: what follows a malformed
/// message has no known meaning.
///
/// The raw value is the stable reason token.
public enum HTTP1Error: String, Error, CaseIterable, Sendable {
    // Lines and fields (RFC 9112 §2.2, §5).
    case bareCarriageReturn = "http.bare_cr"
    case bareLineFeed = "http.bare_lf"
    case blankBeforeColon = "http.blank_before_colon"
    case controlCharacter = "http.control_character"
    case emptyName = "http.empty_name"
    case invalidName = "http.invalid_name"
    case lineFolding = "http.line_folding"
    case missingColon = "http.missing_colon"
    case aliasedName = "http.aliased_name"
    case lineTooLong = "http.line_too_long"
    case headTooLarge = "http.head_too_large"
    case tooManyFields = "http.too_many_fields"

    // The request line (RFC 9112 §3).
    case badRequestLine = "http.bad_request_line"
    case badTarget = "http.bad_target"
    case targetTooLong = "http.target_too_long"
    case connectRefused = "http.connect_refused"
    case unknownMethod = "http.unknown_method"
    case unsupportedVersion = "http.unsupported_version"

    // Where the request goes (RFC 9112 §3.2).
    case missingHost = "http.missing_host"
    case duplicateHost = "http.duplicate_host"
    case badHost = "http.bad_host"
    case hostMismatch = "http.host_mismatch"

    // How long the body is (RFC 9112 §6).
    case badContentLength = "http.bad_content_length"
    case duplicateContentLength = "http.duplicate_content_length"
    case lengthAndEncoding = "http.length_and_encoding"
    case duplicateTransferEncoding = "http.duplicate_transfer_encoding"
    case transferEncodingOnOldVersion = "http.transfer_encoding_on_1_0"
    case unsupportedTransferEncoding = "http.unsupported_transfer_encoding"
    case badExpectation = "http.bad_expectation"
    case bodyTooLarge = "http.body_too_large"

    // Chunks and trailers (RFC 9112 §7.1).
    case badChunkSize = "http.bad_chunk_size"
    case badChunkExtension = "http.bad_chunk_extension"
    case chunkExtensionsTooLarge = "http.chunk_extensions_too_large"
    case badChunkEnd = "http.bad_chunk_end"
    case trailersTooLarge = "http.trailers_too_large"

    // Responses (RFC 9112 §4, §6.3, §8).
    case badStatusLine = "http.bad_status_line"
    case bodyNotAllowed = "http.body_not_allowed"
    case tooManyInterimResponses = "http.too_many_interim_responses"
    case unexpectedSwitch = "http.unexpected_switch"
    case unexpectedResponse = "http.unexpected_response"
    case truncated = "http.truncated"

    // What we were asked to write.
    case unwritableHead = "http.unwritable_head"
    case bodyLongerThanDeclared = "http.body_longer_than_declared"
    case bodyShorterThanDeclared = "http.body_shorter_than_declared"

    init(_ error: FieldLineError) {
        switch error {
        case .bareCarriageReturn: self = .bareCarriageReturn
        case .bareLineFeed: self = .bareLineFeed
        case .blankBeforeColon: self = .blankBeforeColon
        case .controlCharacter: self = .controlCharacter
        case .emptyName: self = .emptyName
        case .invalidName: self = .invalidName
        case .lineFolding: self = .lineFolding
        case .missingColon: self = .missingColon
        }
    }

    /// A stable token such as `http.bare_lf`.
    public var reason: String { rawValue }

    /// The status that a server answers. A client that met the error upstream answers 502 instead.
    public var status: Int {
        switch self {
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .badExpectation: 417
        case .lineTooLong, .headTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .unwritableHead, .bodyLongerThanDeclared, .bodyShorterThanDeclared: 500
        case .connectRefused, .unknownMethod, .unsupportedTransferEncoding: 501
        case .badStatusLine, .bodyNotAllowed, .tooManyInterimResponses, .unexpectedSwitch, .unexpectedResponse: 502
        case .unsupportedVersion: 505
        default: 400
        }
    }
}
