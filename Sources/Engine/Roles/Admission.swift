public import Canonical
public import HTTP

/// Who may ask a gateway anything at all, judged by the head of a request alone, before a route is looked for.
public protocol Admission: Sendable {
    /// Why the request is not served; nil when it is.
    func refusal(of head: borrowing HTTPRequestHead) -> Failure?
}
