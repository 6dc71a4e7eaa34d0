internal import CLinux

/// What the machine offers.
public enum SystemInfo {
    /// Processors that this process may run on, at least 1.
    public static var processors: Int { max(Int(dragoman_processors()), 1) }
}
