public import Buffers
public import Canonical

extension XMLError {
    /// The failure of a call whose message could not be read, with the place of the error.
    ///
    /// - Parameters:
    ///   - document: What was read.
    ///   - origin: Who sent it: a client's error is `invalidArgument`, or `resourceExhausted` (413) for what is too
    ///     large; an upstream's is `internal`.
    public func failure(in document: Bytes, origin: FailureOrigin) -> Failure {
        let place = position(in: document)
        let message = "\(message) (line \(place.line), column \(place.column))"
        guard origin == .client else { return Failure(.internal, reason.rawValue, message, origin: origin) }
        switch reason {
        case .tooLarge, .textTooLarge:
            return Failure(.resourceExhausted, reason.rawValue, message, origin: origin, httpStatus: 413)
        default: return Failure(.invalidArgument, reason.rawValue, message, origin: origin)
        }
    }
}
