import Engine
import HTTP1
import Testing

@testable import Transports

/// Answers that leave before their request was read: whatever follows must not be taken for a request.
@Suite(.timeLimit(.minutes(1))) struct EarlyAnswerTests {
    private let origin = Origin.answering { request in
        "HTTP/1.1 200 OK\r\ncontent-length: \(request.line.utf8.count)\r\n\r\n\(request.line)"
    }
    private let smuggled = "GET /in/evil HTTP/1.1\r\nhost: x\r\n\r\n"

    @Test func `a short body is dropped and the next request is read right`() async throws {
        try await withGateway(to: [Endpoint(origin)], path: "/in/**") { gateway in
            let client = gateway.connect()
            client.send("POST /out HTTP/1.1\r\nhost: x\r\ncontent-length: \(smuggled.utf8.count)\r\n\r\n")
            #expect(client.readResponse()?.status == 404)
            client.send(smuggled + "GET /in/next HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(client.readResponse()?.body.text == "GET /in/next HTTP/1.1")
            #expect(origin.notes == ["GET /in/next HTTP/1.1"])
        }
    }

    @Test(arguments: ["content-length: 100000000", "transfer-encoding: chunked"])
    func `a long body ends the connection, once the answer could be read`(framing: String) async throws {
        try await withGateway(to: [Endpoint(origin)], path: "/in/**") { gateway in
            let client = gateway.connect()
            client.send("POST /out HTTP/1.1\r\nhost: x\r\n\(framing)\r\n\r\n")
            // More than is dropped for a short one, and than the connection's buffers hold.
            for _ in 0..<200 where !client.send(String(repeating: smuggled, count: 1000)) { break }
            let response = client.readResponse()
            #expect(
                response?.status == 404 && response?.fields["connection"] == "close" && response?.body.isWhole == true)
            #expect(client.readToEnd() == "" && origin.notes.isEmpty)
        }
    }

    @Test func `a client that waits is refused without its body, and then closes`() async throws {
        try await withGateway(to: [Endpoint(origin)], path: "/in/**") { gateway in
            let client = gateway.connect()
            client.send(
                "POST /out HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: \(smuggled.utf8.count)\r\n\r\n"
            )
            let response = client.readResponse()
            #expect(response?.status == 404 && response?.fields["connection"] == "close")
            client.send(smuggled)
            #expect(client.readToEnd() == "" && origin.notes.isEmpty)
        }
    }

    @Test func `an upstream that answers before the body is read does not stall the client`() async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readHead() != nil else { return }
            peer.send("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno")
            _ = peer.countToEnd()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n")
            for _ in 0..<50 where !client.send([UInt8](repeating: 0x61, count: 1_000_000)) { break }
            let response = client.readResponse()
            #expect(response?.status == 413 && response?.body.text == "no" && response?.fields["connection"] == "close")
        }
    }

    @Test func `a service that answers and reads no more is let go of`() async throws {
        let (answers, reads) = (Latch(), Latch())
        let origin = Origin { origin, peer, _ in
            guard peer.readHead() != nil else { return }
            answers.wait()
            peer.send("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno")
            reads.wait()
            // With a reset or an orderly end, as the kernel has it: the rest does not come.
            origin.note(peer.countToEnd() < 50_000_000 ? "let go" : "all of it")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            onThread {
                let client = gateway.connect()
                client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n")
                for _ in 0..<50 where !client.send([UInt8](repeating: 0x61, count: 1_000_000)) { break }
                origin.note("\(client.readResponse()?.status ?? 0)")
            }
            // The service's buffers are full.
            await gateway.until { $0.isAnyPaused }
            answers.open()
            await origin.waitForNotes(1)
            reads.open()
            await origin.waitForNotes(2)
            #expect(origin.notes == ["413", "let go"])
        }
    }

    @Test func `what is malformed is refused and nothing behind it is read`() async throws {
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(
                "POST /in HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")
            client.send(smuggled)
            let response = client.readResponse()
            #expect(response?.status == 400 && response?.body.text == "http.length_and_encoding")
            #expect(response?.fields["connection"] == "close" && response?.fields["x-request-id"] != nil)
            #expect(client.readToEnd() == "" && origin.notes.isEmpty)
        }
    }

    @Test func `a body that turns out malformed takes its attempt along`() async throws {
        let origin = Origin { origin, peer, _ in
            _ = peer.readHead()
            origin.note(peer.readToEnd())
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let response = gateway.ask(
                "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nx\r\n")
            #expect(response?.status == 400 && response?.body.text == "http.bad_chunk_size")
            await origin.waitForNotes(1)
            #expect(origin.notes.first?.hasSuffix("0\r\n\r\n") == false)
        }
    }

    @Test func `a body that turns out malformed behind the head breaks the response off`() async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readHead() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\nhalf")
            _ = peer.readToEnd()
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            // To HTTP/1.0 the end of the connection is the end of the body: only a reset shows that it is not.
            client.send("POST / HTTP/1.0\r\nhost: x\r\ncontent-length: 5\r\n\r\nab")
            #expect(client.read(through: "half") != nil)
            client.reset()
            let other = gateway.connect()
            other.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n")
            #expect(other.read(through: "half") != nil)
            other.send("x\r\n")
            #expect(!other.readToEnd().contains("0\r\n\r\n"))
        }
    }
}
