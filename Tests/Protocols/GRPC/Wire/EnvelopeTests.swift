import Buffers
import Canonical
import Testing

@testable import GRPC

@Suite struct EnvelopeTests {
    /// What a reader makes of a body in pieces: the messages, then the reason of the failure if there is one.
    private func read(_ pieces: [Bytes], limit: Int = 100, flags: UInt8 = Envelope.compressed) -> [String] {
        var reader = EnvelopeReader(limit: limit, flags: flags, origin: .client)
        var found: [String] = []
        do throws(Failure) {
            for piece in pieces {
                reader.append(piece)
                while let envelope = try reader.next() {
                    found.append((envelope.isCompressed ? "*" : "") + String(envelope.bytes))
                }
            }
            try reader.finish()
        } catch {
            found.append("\(error.code) \(error.reason)")
        }
        return found
    }

    @Test func `messages are read whatever pieces they come in`() {
        let body = Bytes(
            envelope(Bytes("one")).array + envelope(Bytes()).array + envelope(Bytes("three"), flags: 1).array)
        for cut in 0...body.count {
            for other in cut...body.count {
                let pieces = [body[0..<cut], body[cut..<other], body[other..<body.count]]
                #expect(read(pieces) == ["one", "", "*three"])
            }
        }
    }

    @Test func `a body that ends inside a message is truncated`() {
        let body = envelope(Bytes("one"))
        for cut in 1..<body.count { #expect(read([body[0..<cut]]) == ["internal grpc.truncated"]) }
        #expect(read([]) == [])
    }

    @Test func `the limit is decided on the prefix`() {
        #expect(read([envelope(Bytes("12345"))], limit: 5) == ["12345"])
        #expect(read([Bytes([0, 0, 0, 0, 6])], limit: 5) == ["resourceExhausted message.too_large"])
        #expect(read([Bytes([0, 0xFF, 0xFF, 0xFF, 0xFF])]) == ["resourceExhausted message.too_large"])
    }

    @Test(arguments: [2, 3, 0x80, 0xFF] as [UInt8])
    func `flags that mean nothing are refused`(flags: UInt8) {
        #expect(read([envelope(Bytes("x"), flags: flags)]) == ["internal grpc.flags"])
    }

    @Test func `a message in one piece is not copied`() throws {
        let body = envelope(Bytes("one"))
        var reader = EnvelopeReader(limit: 10, origin: .client)
        reader.append(body)
        let message = try #require(try reader.next())
        #expect(message.bytes.slab === body.slab)
    }
}
