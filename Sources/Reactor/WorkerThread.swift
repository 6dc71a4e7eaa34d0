internal import CLinux
internal import Glibc

/// Starts detached threads.
enum WorkerThread {
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs `body` on a thread of its own; false when there can be no more threads.
    ///
    /// - Parameter name: At most 15 bytes, as shown by `top -H`.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        let start = Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                // Balanced with passRetained: exactly one of this thread and the failed call below takes it back.
                if let context { Unmanaged<Start>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            return false
        }
        _ = name.withCString { pthread_setname_np(thread, $0) }
        pthread_detach(thread)
        return true
    }
}
