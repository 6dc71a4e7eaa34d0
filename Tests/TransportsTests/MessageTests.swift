import Engine
import HTTP1
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct MessageTests {
    @Test func `chunks and trailers pass both ways`() async throws {
        let origin = Origin { _, peer, _ in
            guard let request = peer.readRequest() else { return }
            let told = "\(request.body.text)|\(request.body.trailers["x-sum"] ?? "none")"
            peer.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-time\r\n\r\n")
            for character in told { peer.send("1\r\n\(character)\r\n") }
            peer.send("0\r\nx-time: 5\r\ncontent-length: 3\r\n\r\n")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let response = gateway.ask(
                "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\n"
                    + "x-sum: 9\r\nhost: evil\r\n\r\n")
            #expect(response?.body.text == "abcde|9")
            #expect(response?.body.trailers["x-time"] == "5" && response?.body.trailers["content-length"] == nil)
        }
    }

    @Test(
        arguments: [
            ("HEAD", "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", "1000"),
            ("HEAD", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", nil),
            ("GET", "HTTP/1.1 204 No Content\r\n\r\n", nil),
            ("GET", "HTTP/1.1 304 Not Modified\r\ncontent-length: 7\r\n\r\n", "7"),
            ("GET", "HTTP/1.1 304 Not Modified\r\n\r\n", nil),
        ] as [(String, String, String?)])
    func `an answer without a body leaves both connections in use`(
        method: String, answer: String, length: String?
    ) async throws {
        let origin = Origin.answering { _ in answer }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            for _ in 0..<2 {
                client.send("\(method) / HTTP/1.1\r\nhost: x\r\n\r\n")
                let response = client.readResponse(toHead: true)
                #expect(response?.head.hasPrefix(answer.prefix(12)) == true)
                #expect(response?.fields["content-length"] == length)
            }
            #expect(origin.connections == 1)
        }
    }

    @Test func `interim answers pass, the final one follows`() async throws {
        let origin = Origin.answering { _ in
            "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let hint = client.readResponse()
            #expect(hint?.status == 103 && hint?.fields["link"] == "</a.css>")
            #expect(client.readResponse()?.body.text == "ok")
            // HTTP/1.0 knows no interim answers.
            #expect(gateway.ask("GET / HTTP/1.0\r\nhost: x\r\n\r\n")?.status == 200)
        }
    }

    @Test func `a client that waits is told to go on`() async throws {
        let origin = Origin.answering { request in
            "HTTP/1.1 200 OK\r\ncontent-length: \(request.body.bytes.count)\r\n\r\n\(request.body.text)"
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n")
            #expect(client.readHead() == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("abc")
            #expect(client.readResponse()?.body.text == "abc")
            client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(client.readResponse()?.status == 200)
        }
    }

    @Test func `a body that ends with its connection becomes chunks`() async throws {
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\nabc")
            peer.send("def")
        }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            for _ in 0..<2 {
                client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                let response = client.readResponse()
                #expect(response?.body.text == "abcdef" && response?.body.isWhole == true)
            }
            #expect(origin.connections == 2)
        }
    }
}
