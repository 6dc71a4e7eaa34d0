internal import CLinux
internal import Glibc

/// The signals that a server listens to.
public enum Signal: CaseIterable, Sendable {
    /// SIGTERM: drain and end.
    case terminate
    /// SIGINT: the same, from a terminal.
    case interrupt
    /// SIGHUP: load the configuration again.
    case hangUp

    var number: Int32 {
        switch self {
        case .terminate: SIGTERM
        case .interrupt: SIGINT
        case .hangUp: SIGHUP
        }
    }
}
