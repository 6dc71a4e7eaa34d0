internal import Canonical
internal import ProtobufSchema

/// What is wrong with a message.
extension ProtobufPlan {
    /// - Parameter detail: One sentence; it becomes a violation whose pointer the fields around it complete.
    func failure(_ reason: String, _ detail: String, code: FailureCode? = nil) -> Failure {
        let isRequest = options.origin == .client
        return Failure(
            code ?? (isRequest ? .invalidArgument : .internal), reason, detail, origin: options.origin,
            violations: [Violation(pointer: "", rule: reason, detail: detail)])
    }
}

extension ProtobufPlan {
    func malformed(_ error: WireError) -> Failure {
        failure("protobuf.malformed", "The bytes are no protobuf message: \(error.message).")
    }

    /// Places in a message are kept in 32 bits.
    var tooLarge: Failure {
        Failure(.resourceExhausted, "message.too_large", "The message is larger than 4 GiB.", origin: options.origin)
    }
}

extension Failure {
    /// The same failure, found in the member `name` of an object.
    func within(_ name: String) -> Failure {
        prefixed(JSONPointer.appending(name, to: ""))
    }

    /// The same failure, found in an item of an array.
    func within(item: Int) -> Failure {
        prefixed("/\(item)")
    }

    private func prefixed(_ segment: String) -> Failure {
        let violations = violations.map { Violation(pointer: segment + $0.pointer, rule: $0.rule, detail: $0.detail) }
        return Failure(
            code, reason, message, origin: origin, retry: retry, httpStatus: httpStatus, violations: violations,
            details: details, headers: headers, cause: cause)
    }
}
