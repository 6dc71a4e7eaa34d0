import Buffers
import Canonical
import HTTP
import JSONCodec
import REST
import Testing

@testable import Engine

/// `google.api.HttpBody` in requests, answers and streams of the REST face.
@Suite struct RawBodyTests {
    private let library: Library

    init() throws {
        library = try Library.shared.get()
    }

    private let css = [("content-type", "text/css")]

    // MARK: Requests

    @Test func `a body of any type is one, and the address says the rest`() throws {
        let whole = try library.call(.put, "/v1/covers/a?mode=7", headers: css, body: "hi")
        #expect(whole == #"SetCover {"name":"a","mode":7,"body":{"contentType":"text/css","data":"aGk="}}"#)
        #expect(
            try library.call(.put, "/v1/covers/a", headers: [], body: "{")
                == #"SetCover {"name":"a","body":{"data":"ew=="}}"#)
        #expect(try library.call(.put, "/v1/covers/a") == #"SetCover {"name":"a","body":{}}"#)
        #expect(try library.call(.put, "/v1/covers/a?body.data=x") == "request.unknown_parameter")
        let bare = try library.call(.post, "/api/library.v1.Books/Echo", headers: css, body: "hi")
        #expect(bare == #"Echo {"contentType":"text/css","data":"aGk="}"#)
    }

    @Test func `a stream of bytes is a message for every piece`() throws {
        let sent = try library.call(.post, "/v1/covers/a:send", headers: css, pieces: ["ab", "cd"])
        #expect(
            sent == #"SendCover {"name":"a","body":{"contentType":"text/css","data":"YWI="}}{"body":{"data":"Y2Q="}}"#)
        let empty = try library.call(.post, "/v1/covers/a:send", headers: css)
        #expect(empty == #"SendCover {"name":"a","body":{"contentType":"text/css"}}"#)
    }

    // MARK: Answers

    private func answer(_ operation: String, _ messages: [String], ending outcome: Outcome) throws -> Exchange.Answer {
        let address = try #require(try library.addresses().first { $0.binding.operation.name == operation })
        let coder = JSONCoder(address.binding.operation.output, plan: library.plan)
        let parts = try messages.map { ResponsePart.message(.decoded(try coder.decode(Bytes($0)))) }
        return Exchange(address.binding).answer(parts + [.end(outcome)], headers: [("accept", "text/css")])
    }

    @Test func `an answer is bytes of the service's type`() throws {
        let body = #"{"contentType":"text/css","data":"aGk="}"#
        let whole = Exchange.Answer(status: 200, contentType: "text/css", length: .known(2), body: "hi", isWhole: true)
        #expect(try answer("GetCover", [body], ending: .success(trailers: nil)) == whole)
        #expect(try answer("SetCover", [#"{"name":"a","body":\#(body)}"#], ending: .success(trailers: nil)) == whole)
        let unknown = try answer("GetCover", ["{}"], ending: .success(trailers: nil))
        #expect(unknown.contentType == "application/octet-stream" && unknown.length == .known(0))
    }

    @Test func `a stream of bytes is one body, which breaks where the stream fails`() throws {
        let pieces = [#"{"contentType":"text/css","data":"YWI="}"#, #"{"data":"Y2Q="}"#]
        let whole = try answer("ReadCover", pieces, ending: .success(trailers: nil))
        #expect(whole == .init(status: 200, contentType: "text/css", length: .unknown, body: "abcd", isWhole: true))
        let broken = try answer("ReadCover", pieces, ending: .failure(Failure(.notFound, "x.gone", "y")))
        #expect(broken.body == "abcdthrew x.gone" && !broken.isWhole)
        #expect(try answer("ReadCover", [], ending: .failure(Failure(.notFound, "x.gone", "y"))).status == 404)
        #expect(try answer("ReadCover", [], ending: .success(trailers: nil)).isWhole)
    }
}
