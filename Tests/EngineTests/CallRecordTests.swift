import Buffers
import Canonical
import HTTP
import Reactor
import Testing

@testable import Engine

/// What an observer is told of a call that ends.
@Suite struct CallRecordTests {
    private final class Book: CallObserver {
        private(set) var entries: [String] = []

        func callEnded(_ record: borrowing CallRecord, _ context: CallContext) {
            let path = String(decoding: context.path, as: UTF8.self)
            let place = record.endpoint.map { "\(record.upstream?.name ?? "?") \($0.host)" } ?? "nowhere"
            let status = record.status.map(String.init) ?? "none"
            let end = record.failure?.reason ?? (record.wasAbandoned ? "abandoned" : "well")
            entries.append(
                "\(record.method) \(path) \(context.route?.name ?? "-") \(status) \(record.bodyBytes) \(place) "
                    + "\(record.retries) \(end)")
        }
    }

    private func entries(
        endpoints: Int = 1, path: String = "/**", _ body: @Sendable @escaping (Stage) throws -> Void
    ) async throws -> [String] {
        let worker = try Worker.start()
        let entries = try await worker.run { worker in
            let book = Book()
            let stage = Stage(worker.reactor, endpoints: endpoints, path: path, observer: book)
            try body(stage)
            return book.entries
        }
        await worker.stop()
        return entries
    }

    @Test func `a call that was answered`() async throws {
        let found = try await entries { stage in
            stage.post("ab")
            stage.streams[0].answer(201, "efg", "h")
            stage.recycle()
            stage.get("/b?secret=1")
            stage.streams[1].answer(404)
        }
        #expect(found == ["POST /x test 201 4 u h0 0 well", "GET /b test 404 0 u h0 0 well"])
    }

    @Test func `a call that nothing was asked for`() async throws {
        let found = try await entries(path: "/here") { stage in
            stage.get("/other")
            stage.recycle()
            stage.get("/local")
        }
        #expect(found == ["GET /other - 404 15 nowhere 0 route.not_found", "GET /local local 200 5 nowhere 0 well"])
    }

    @Test func `a call that was tried twice says where it went last`() async throws {
        let found = try await entries(endpoints: 2) { stage in
            stage.get("/")
            stage.connectors[0].streams[0].fail(.always)
            stage.connectors[1].streams[0].answer(200)
        }
        #expect(found == ["GET / test 200 0 u h1 1 well"])
    }

    @Test func `a call that broke`() async throws {
        let found = try await entries { stage in
            stage.post("a")
            stage.streams[0].fail(.no)
            stage.recycle()
            stage.get("/")
            stage.streams[1].answer(200, "abc", ends: false)
            stage.call.cancel()
            stage.call.cancel()
            stage.recycle()
            stage.get("/")
            stage.call.cancel()
        }
        #expect(
            found == [
                "POST /x test 500 10 u h0 0 test.broke", "GET / test 200 3 u h0 0 abandoned",
                "GET / test none 0 u h0 0 abandoned",
            ])
    }
}
