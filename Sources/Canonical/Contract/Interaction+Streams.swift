extension Interaction {
    /// Whether requests are any number of messages.
    public var hasRequestStream: Bool {
        switch self {
        case .clientStream, .bidirectionalStream: true
        case .unary, .oneWay, .serverStream: false
        }
    }

    /// Whether answers are.
    public var hasResponseStream: Bool {
        switch self {
        case .serverStream, .bidirectionalStream: true
        case .unary, .oneWay, .clientStream: false
        }
    }
}
