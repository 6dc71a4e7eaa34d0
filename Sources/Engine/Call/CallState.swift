/// Where a call is. A value apart from `Call`, so that its transitions can be tested by themselves.
///
/// Request: `head → body → whole`. Response: `waiting → started → done`. A call is over when its response is done; what is
/// left of the request is then nobody's but the listener's.
struct CallState: Equatable {
    enum Request { case head, body, whole }
    enum Response { case waiting, started, done }

    private(set) var request = Request.head
    private(set) var response = Response.waiting
    /// The upstream has answered with more than an interim response.
    private(set) var hasUpstreamAnswered = false
    private(set) var retries = 0

    var isOver: Bool { response == .done }

    mutating func requestBegan() { request = .body }
    mutating func requestEnded() { request = .whole }
    mutating func upstreamAnswered() { hasUpstreamAnswered = true }
    mutating func responseStarted() { if response == .waiting { response = .started } }
    mutating func responseEnded() { response = .done }
    mutating func retried() { retries += 1 }
}
