internal import HTTP

/// Why a stream or a connection is refused.
///
/// The raw value is the stable reason token; faults that HTTP/1 knows too have its tokens.
public enum HTTP2Error: String, Error, CaseIterable, Sendable {
    // Requests that are well-formed and refused: they can be answered (`status`).
    case headTooLarge = "http.head_too_large"
    case lineTooLong = "http.line_too_long"
    case tooManyFields = "http.too_many_fields"
    case targetTooLong = "http.target_too_long"
    case connectRefused = "http.connect_refused"
    case unknownMethod = "http.unknown_method"
    case badExpectation = "http.bad_expectation"

    // Malformed messages (RFC 9113 §8.1.1): stream errors.
    case emptyName = "http.empty_name"
    case invalidName = "http.invalid_name"
    case aliasedName = "http.aliased_name"
    case controlCharacter = "http.control_character"
    case blankAroundValue = "http2.blank_around_value"
    case connectionField = "http2.connection_field"
    case badPseudoField = "http2.bad_pseudo_field"
    case missingPseudoField = "http2.missing_pseudo_field"
    case badMethod = "http2.bad_method"
    case badScheme = "http2.bad_scheme"
    case badTarget = "http.bad_target"
    case missingHost = "http.missing_host"
    case duplicateHost = "http.duplicate_host"
    case badHost = "http.bad_host"
    case hostMismatch = "http.host_mismatch"
    case badContentLength = "http.bad_content_length"
    case duplicateContentLength = "http.duplicate_content_length"
    case lengthMismatch = "http2.length_mismatch"
    case trailersNotLast = "http2.trailers_not_last"
    case trailersTooLarge = "http.trailers_too_large"
    case badStatus = "http2.bad_status"
    case unexpectedSwitch = "http.unexpected_switch"
    case bodyNotAllowed = "http.body_not_allowed"
    case tooManyInterimResponses = "http.too_many_interim_responses"
    case dataBeforeHead = "http2.data_before_head"

    // Streams that are refused for what they are (RFC 9113 §5).
    case tooManyStreams = "http2.too_many_streams"
    case streamFlowControl = "http2.stream_flow_control"
    case selfDependency = "http2.self_dependency"
    case badPriority = "http2.bad_priority"

    // Connections that cannot go on (RFC 9113 §5.4.1).
    case badPreface = "http2.bad_preface"
    case protocolViolation = "http2.protocol_violation"
    case frameSize = "http2.frame_size"
    case streamClosed = "http2.stream_closed"
    case flowControl = "http2.flow_control"
    case compression = "http2.compression"
    case headerFlood = "http2.header_flood"
    case resetFlood = "http2.reset_flood"
    case glitchFlood = "http2.glitch_flood"
    case badUpgrade = "http2.bad_upgrade"
    case internalError = "http2.internal"

    // What we were asked to write.
    case unwritableHead = "http.unwritable_head"
    case bodyLongerThanDeclared = "http.body_longer_than_declared"
    case bodyShorterThanDeclared = "http.body_shorter_than_declared"
    case noStream = "http2.no_stream"

    /// A stable token such as `http2.reset_flood`.
    public var reason: String { rawValue }

    /// Whether a server may answer the request with `status` rather than reset its stream.
    public var isAnswerable: Bool { status != 400 }

    /// The status that a server answers to an answerable request; 400 for all else.
    public var status: Int {
        switch self {
        case .targetTooLong: 414
        case .badExpectation: 417
        case .headTooLarge, .lineTooLong, .tooManyFields: 431
        case .connectRefused, .unknownMethod: 501
        default: 400
        }
    }

    /// What the peer is told in RST_STREAM or GOAWAY.
    public var code: HTTP2ErrorCode {
        switch self {
        case .tooManyStreams: .refusedStream
        case .streamFlowControl, .flowControl: .flowControlError
        case .badPriority, .frameSize: .frameSizeError
        case .streamClosed: .streamClosed
        case .compression: .compressionError
        case .headTooLarge, .lineTooLong, .tooManyFields, .headerFlood, .resetFlood, .glitchFlood: .enhanceYourCalm
        case .internalError, .unwritableHead, .bodyLongerThanDeclared, .bodyShorterThanDeclared, .noStream:
            .internalError
        default: .protocolError
        }
    }

    init(_ error: FieldLineError) {
        switch error {
        case .emptyName: self = .emptyName
        case .invalidName: self = .invalidName
        default: self = .controlCharacter
        }
    }

    /// What a connection error is called that the framing layer found, by the code that it sends.
    init(connectionError code: HTTP2ErrorCode) {
        switch code {
        case .internalError: self = .internalError
        case .flowControlError: self = .flowControl
        case .streamClosed: self = .streamClosed
        case .frameSizeError: self = .frameSize
        case .compressionError: self = .compression
        case .enhanceYourCalm: self = .glitchFlood
        default: self = .protocolViolation
        }
    }
}
