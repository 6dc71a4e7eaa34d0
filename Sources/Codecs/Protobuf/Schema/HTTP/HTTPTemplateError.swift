/// Why a text is no path template.
public struct HTTPTemplateError: Error, Sendable, Equatable {
    public let message: String
    /// In bytes from the start.
    public let offset: Int
}
