import Buffers
import Canonical
import Configuration
import Engine
import Glibc
import HTTP
import Reactor
import Testing

@testable import dragoman

/// The access log, from a call's end to the file.
@Suite struct AccessLogTests {
    /// Serves `/here` with a document of five bytes and logs to the pipe that is returned, read to its end.
    private func lines(
        _ format: Configuration.AccessLog.Format, _ requests: @Sendable @escaping (Gateway) -> Void
    ) async throws -> [String] {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let file = try LogFile(descriptor: ends[1])
        close(ends[1])
        let loss = LossReport(try ServerLog())
        let route = Route(
            name: "routes[0]", match: RouteMatch(path: PathPattern("/here/*")),
            operation: Operation(name: "Get", service: "Sé", input: .nothing, output: .nothing),
            action: .answer(LocalAnswer(contentType: "text/plain", body: Array("hello".utf8))), limits: RouteLimits())
        let worker = try Worker.start()
        await worker.run { worker in
            let plan = Plan(routes: [route], upstreams: [], failures: Silence())
            let log = AccessLog(worker.reactor, file: file, format: format, loss: loss)
            let gateway = Gateway(reactor: worker.reactor, plan: plan, seed: 1, observer: log) { _, _ in Nobody() }
            requests(gateway)
            worker.reactor[AccessLog.self] = log
        }
        await worker.stop()
        file.close(within: .seconds(10))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(ends[0], &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        close(ends[0])
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func get(_ target: [UInt8], on gateway: Gateway, id: String = "r1") {
        let call = gateway.takeCall()
        call.request.target = target
        call.request.headers.append("x-request-id", id)
        call.start(on: Client(), from: ClientIdentity(address: Array("192.0.2.1".utf8)))
        gateway.recycle(call)
    }

    @Test func `a line is one JSON object with what there is to say`() async throws {
        let lines = try await lines(.json) { gateway in
            Self.get(Array("/here/a%22b?token=secret".utf8), on: gateway)
            Self.get(Array("/gone".utf8), on: gateway, id: "r2")
        }
        let known = lines.map {
            $0.replacing(/"time":"[^"]{24}"/, with: "T").replacing(/"duration_ms":[0-9]+\.[0-9]{3}/, with: "D")
        }
        #expect(
            known == [
                #"{T,"request_id":"r1","client":"192.0.2.1","method":"GET","path":"/here/a%22b","status":200,"bytes":5,D,"#
                    + #""route":"routes[0]","operation":"Sé.Get"}"#,
                #"{T,"request_id":"r2","client":"192.0.2.1","method":"GET","path":"/gone","status":404,"bytes":0,D,"#
                    + #""reason":"route.not_found"}"#,
            ])
    }

    @Test func `a line of text has a column for everything, and nothing breaks it`() async throws {
        let lines = try await lines(.text) { gateway in
            Self.get(Array("/here/a%20b%7F".utf8), on: gateway)
            Self.get(Array("/gone".utf8), on: gateway, id: "r2")
        }
        let words = lines.map { $0.split(separator: " ").dropFirst() }
        #expect(words.map(\.count) == [12, 12])
        #expect(
            words.map { Array($0.prefix(5)) } == [
                ["192.0.2.1", "GET", "/here/a%20b%7F", "200", "5"], ["192.0.2.1", "GET", "/gone", "404", "0"],
            ])
        #expect(
            words.map { Array($0.dropFirst(6)) } == [
                ["r1", "routes[0]", "S%C3%A9.Get", "-", "-", "-"], ["r2", "-", "-", "-", "-", "route.not_found"],
            ])
    }

    @Test func `lost lines are told now and then`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let log = try ServerLog(descriptor: ends[1])
        close(ends[1])
        let loss = LossReport(log)
        let start = Instant(nanoseconds: 0)
        loss.report(3, at: start)
        loss.report(9, at: start + .seconds(9))
        loss.report(9, at: start + .seconds(10))
        loss.report(9, at: start + .seconds(99))
        log.close()
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &bytes, bytes.count)
        close(ends[0])
        let told = String(decoding: bytes[..<max(count, 0)], as: UTF8.self).split(separator: "\n").map {
            $0.dropFirst(24)
        }
        let sentence = "the access log is not read or written fast enough"
        #expect(
            told == [
                " warning[log.dropped] \(sentence): 3 lines were dropped",
                " warning[log.dropped] \(sentence): 6 lines were dropped",
            ])
    }

    private final class Client: ClientStream {
        var isWritable: Bool { true }
        func send(_ part: consuming HTTPResponsePart) {}
        func abort() {}
        func pauseReading() {}
        func resumeReading() {}
    }

    private struct Silence: FailureRenderer {
        func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
            wire.append(.head(HTTPResponseHead(status: failure.httpStatus ?? 404)))
            wire.append(.end(trailers: nil))
        }
    }

    private final class Nobody: EndpointConnector {
        func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
            throw Failure(.unavailable, "upstream.no_endpoint", "Nobody is there.")
        }

        func close() {}
    }
}
