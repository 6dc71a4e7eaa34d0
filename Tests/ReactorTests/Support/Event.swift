import Reactor

/// What a socket handler heard.
enum Event: Equatable, Sendable {
    case connected, received([UInt8]), receivedEnd, drained
    case closed(ReactorError?)
}
