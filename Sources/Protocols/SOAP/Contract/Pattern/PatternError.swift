/// Why a pattern cannot be compiled.
enum PatternError: Error {
    /// It is not a regular expression of XSD.
    case malformed(String)
    /// Its counters make it larger than we match in bounded time.
    case tooLarge
}
