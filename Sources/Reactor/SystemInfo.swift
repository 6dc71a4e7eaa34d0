internal import CLinux

/// What the machine offers.
public enum SystemInfo {
    /// Processors that this process may run on, at least 1.
    public static var processors: Int { max(Int(dragoman_processors()), 1) }

    /// Gives the kernel back the memory that was freed: a load takes much of it for a moment.
    public static func returnFreeMemory() {
        dragoman_return_free_memory()
    }
}
