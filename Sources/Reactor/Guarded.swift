internal import Glibc

/// A value that one thread at a time may touch; for what crosses threads, never on the path of a call.
///
/// What `Mutex` is, over pthread: on Linux ThreadSanitizer sees no `Mutex` lock and would report every use as a race.
package final class Guarded<Value>: @unchecked Sendable {
    // Sendable because `value` is touched by `init` and under the lock only.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    package init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    package func withLock<Result, Problem: Error>(
        _ body: (inout sending Value) throws(Problem) -> sending Result
    ) throws(Problem) -> sending Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value)
    }
}
