public import Canonical

/// Who is told of answers that break the contract and pass all the same (`soap.validate: log`).
public protocol AnswerObserver: Sendable {
    /// The answer to a call of `operation` breaks the contract. Called on the worker: must not wait for anything.
    ///
    /// - Parameters:
    ///   - requestID: The call's, in visible ASCII.
    ///   - violations: Finds out what is wrong; to be asked only by who will tell, for a service may break the contract with
    ///     every answer.
    func received(_ operation: Operation, requestID: [UInt8], violations: () -> [Violation])
}
