import Engine
import Glibc
import HTTP1
import Reactor
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct StreamingTests {
    private let size = 100 * 1024 * 1024

    @Test(arguments: ["content-length: 104857600", "transfer-encoding: chunked"])
    func `a large answer streams to a slow reader in little memory`(framing: String) async throws {
        let size = self.size
        let isChunked = framing.contains("chunked")
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
            let piece = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<(size >> 20) {
                if isChunked { peer.send("100000\r\n") }
                peer.send(piece)
                if isChunked { peer.send("\r\n") }
            }
            if isChunked { peer.send("0\r\n\r\n") }
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect(receiveBuffer: 65536)
            client.send("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(client.readHead() != nil)
            // The client does not read: the gateway holds what it must and then stops the service.
            await gateway.until { $0.mostPending > 0 && $0.isAnyFull }
            #expect(await gateway.run { $0.mostPending } ?? .max < 512 * 1024)
            let count = client.countToEnd()
            #expect(isChunked ? count > size : count == size)
        }
    }

    @Test(arguments: ["content-length: 104857600", "transfer-encoding: chunked"])
    func `a large upload streams to a slow service in little memory`(framing: String) async throws {
        let size = self.size
        let isChunked = framing.contains("chunked")
        let origin = Origin { origin, peer, _ in
            guard peer.readHead() != nil else { return }
            var count = 0
            if isChunked {
                while let line = peer.read(through: "\r\n"), let chunk = Int(line.dropLast(1), radix: 16), chunk > 0 {
                    count += peer.read(chunk).count
                    _ = peer.read(2)
                }
                _ = peer.read(2)
            } else {
                while count < size {
                    let piece = peer.read(1 << 16)
                    if piece.isEmpty { break }
                    count += piece.count
                }
            }
            let text = "\(count)"
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: \(text.utf8.count)\r\n\r\n\(text)")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("POST / HTTP/1.1\r\nhost: x\r\n\(framing)\r\n\r\n")
            let piece = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<(size >> 20) {
                if isChunked { client.send("100000\r\n") }
                client.send(piece)
                if isChunked { client.send("\r\n") }
            }
            if isChunked { client.send("0\r\n\r\n") }
            #expect(client.readResponse()?.body.text == "\(size)")
        }
    }
}
