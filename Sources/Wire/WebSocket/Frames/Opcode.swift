/// What a frame is (RFC 6455 §11.8).
enum Opcode: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    /// Control frames may stand between the frames of a message, are never cut and never long (§5.5).
    var isControl: Bool { rawValue & 8 != 0 }
}
