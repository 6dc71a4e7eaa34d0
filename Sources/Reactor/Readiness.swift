internal import CLinux

/// What epoll says of a descriptor.
struct Readiness: OptionSet {
    let rawValue: UInt32

    static var input: Readiness { Readiness(rawValue: EPOLLIN.rawValue) }
    static var output: Readiness { Readiness(rawValue: EPOLLOUT.rawValue) }
    static var peerEnded: Readiness { Readiness(rawValue: EPOLLRDHUP.rawValue) }
    static var hangUp: Readiness { Readiness(rawValue: EPOLLHUP.rawValue) }
    static var error: Readiness { Readiness(rawValue: EPOLLERR.rawValue) }
    /// Tell of changes only.
    static var edge: Readiness { Readiness(rawValue: EPOLLET.rawValue) }

    /// Everything that a stream socket is registered for, once and for all.
    static var stream: Readiness { [.input, .output, .peerEnded, .edge] }
}
