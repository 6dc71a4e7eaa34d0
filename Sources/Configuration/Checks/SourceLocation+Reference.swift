public import Canonical

extension SourceLocation {
    /// How a finding at `place` refers to here: the line, with the file's name where it is another.
    public func reference(from place: SourceLocation) -> String {
        file == place.file ? "line \(line)" : "\(file), line \(line)"
    }
}
