internal import Canonical
internal import JSONCodec

/// How the details of a fault that a contract declares are written.
struct FaultFormat: Sendable {
    /// The full name of the message.
    let typeName: String
    let coder: any MessageCoder
    /// Where they do not fit the message.
    let json: JSONCoder
}
