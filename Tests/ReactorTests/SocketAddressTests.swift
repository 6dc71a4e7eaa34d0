import CLinux
import Glibc
import Testing

@testable import Reactor

@Suite struct SocketAddressTests {
    @Test(arguments: ["192.0.2.1:80", "[2001:db8::1]:65535", "[::]:0", "0.0.0.0:8080", "unix:/run/x.sock"])
    func `an address is read and written the same`(text: String) {
        #expect(SocketAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", ":", "localhost:80", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:-1", "::1:80", "[::1]",
        "unix:",
        "192.0.2:80", "[192.0.2.1:80", "1.2.3.4.5:6",
    ])
    func `what is no address is refused`(text: String) {
        #expect(SocketAddress(text) == nil)
    }

    @Test(arguments: ["192.0.2.1:80", "[2001:db8::1]:443", "unix:/run/x.sock"])
    func `the kernel's form says the same`(text: String) throws {
        let address = try #require(SocketAddress(text))
        let back = address.withSystem { pointer, length in
            pointer.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { bytes in
                var storage = sockaddr_storage()
                withUnsafeMutableBytes(of: &storage) {
                    $0.copyBytes(from: UnsafeRawBufferPointer(start: bytes, count: Int(length)))
                }
                return SocketAddress(storage, length: length)
            }
        }
        #expect(back == address)
    }

    @Test func `durations and instants stop at their ends`() {
        #expect(Duration.milliseconds(1500).nanoseconds == 1_500_000_000)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(-Int64.max).nanoseconds == .min)
        #expect(Instant.distantFuture + .seconds(1) == .distantFuture)
        #expect(Instant(nanoseconds: 5) - Instant(nanoseconds: 7) == .nanoseconds(-2))
        #expect(Instant.current() <= Instant.current())
    }

    @Test func `random bytes are as many as asked for and differ`() {
        #expect(Entropy.bytes(0).isEmpty)
        #expect(Entropy.bytes(32).count == 32)
        #expect(Entropy.bytes(32) != Entropy.bytes(32))
    }
}
