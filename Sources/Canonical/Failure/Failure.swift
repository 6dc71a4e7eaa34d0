/// The one error type of a call: created where the fact is known, rendered once per face.
///
/// A failure says what happened (`code`), which of our documented reasons it is (`reason`), who is at fault (`origin`)
/// and whether another attempt may help (`retry`). `message` and `details` may be shown to clients; `cause` may not.
public final class Failure: Error, Sendable {
    public let code: FailureCode
    /// A stable token such as `route.not_found`; documented API, listed in docs/failures.md.
    public let reason: String
    /// One sentence for the client; shows no internals.
    public let message: String
    public let origin: FailureOrigin
    public let retry: RetryAdvice
    /// The HTTP status to answer, where something more exact than the code's own is known.
    public let httpStatus: Int?
    /// What a validator found, each with its place.
    public let violations: [Violation]
    /// Typed details, such as the detail of a SOAP fault.
    public let details: [FailureDetail]
    /// Fields that go with the answer, such as `Allow`; lower-case names.
    public let headers: [(name: String, value: String)]
    /// What a problem says besides (RFC 9457 §3.2).
    public let members: [(name: String, value: Member)]
    /// What lies behind it, for our own log only.
    public let cause: String?

    public init(
        _ code: FailureCode, _ reason: String, _ message: String, origin: FailureOrigin = .gateway,
        retry: RetryAdvice = .no, httpStatus: Int? = nil, violations: [Violation] = [],
        details: [FailureDetail] = [], headers: [(name: String, value: String)] = [],
        members: [(name: String, value: Member)] = [], cause: String? = nil
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.origin = origin
        self.retry = retry
        self.httpStatus = httpStatus
        self.violations = violations
        self.details = details
        self.headers = headers
        self.members = members
        self.cause = cause
    }
}

extension Failure {
    /// The value of a problem's further member.
    public enum Member: Sendable, Equatable {
        case number(Int)
        case text(String)
    }
}

/// google.rpc.Code without OK; the raw value is gRPC's number.
public enum FailureCode: Int, Sendable, CaseIterable {
    case canceled = 1, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied
    case resourceExhausted, failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable, dataLoss
    case unauthenticated
}

/// Who is at fault.
public enum FailureOrigin: Sendable {
    case client, gateway, upstream
}

/// Whether the same call may be tried again.
public enum RetryAdvice: Sendable, Equatable {
    case no
    /// Nothing reached the upstream: any call may be tried again.
    case always
    /// Something may have reached it: only calls that may be repeated.
    case ifIdempotent
}

/// One finding of a validator (RFC 9457's `errors` member).
public struct Violation: Sendable, Equatable {
    /// JSON pointer (RFC 6901) to the value, `""` for the whole body.
    public var pointer: String
    /// The rule that it breaks, such as `maxLength`.
    public var rule: String
    public var detail: String

    public init(pointer: String, rule: String, detail: String) {
        self.pointer = pointer
        self.rule = rule
        self.detail = detail
    }
}

/// A typed detail of a failure.
public struct FailureDetail: Sendable {
    /// The name of its type, as the contract's schema knows it.
    public var typeName: String
    public var document: Document

    public init(typeName: String, document: Document) {
        self.typeName = typeName
        self.document = document
    }
}
