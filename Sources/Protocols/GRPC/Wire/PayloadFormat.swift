/// How messages are written.
enum PayloadFormat: Sendable {
    case protobuf, json
}
