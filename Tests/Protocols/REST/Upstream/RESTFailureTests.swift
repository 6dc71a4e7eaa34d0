import Buffers
import Canonical
import HTTP
import JSONCodec
import REST
import Testing

@testable import Engine

/// The errors of REST services, in the forms that are common.
@Suite struct RESTFailureTests {
    private let depot: Depot
    private static let problem = "application/problem+json"

    init() throws {
        depot = try Depot.shared.get()
    }

    private func failure(
        _ status: Int, _ type: String? = "application/json", _ body: String = "", _ headers: [(String, String)] = []
    ) throws -> Failure {
        let exchange = try depot.exchange("Plain")
        _ = try exchange.send("{}")
        return try #require(try exchange.failure(status, headers + (type.map { [("content-type", $0)] } ?? []), body))
    }

    private func show(_ detail: FailureDetail) throws -> String {
        var out = ByteWriter()
        try JSONCoder(.any, schema: Schema.Builder().build()).encode(detail.document, into: &out)
        return "\(detail.typeName) \(String(out.finish()))"
    }

    @Test(arguments: [
        (400, FailureCode.invalidArgument), (401, .unauthenticated), (403, .permissionDenied), (404, .notFound),
        (409, .aborted), (412, .failedPrecondition), (413, .resourceExhausted), (416, .outOfRange),
        (418, .invalidArgument), (429, .resourceExhausted), (499, .canceled), (500, .unknown), (501, .unimplemented),
        (502, .unknown), (503, .unavailable), (504, .deadlineExceeded), (302, .unknown),
    ])
    func `a status alone has its code, and the body goes with it`(status: Int, code: FailureCode) throws {
        let failure = try failure(status, "text/html", "<p>no</p>")
        #expect(failure.code == code && failure.origin == .upstream && failure.reason == "rest.status")
        #expect(failure.message == "The service answered with status \(status).")
        #expect(failure.httpStatus == ((400..<500).contains(status) ? status : nil))
        let data =
            #"{"@type":"type.googleapis.com/google.api.HttpBody","contentType":"text/html","data":"PHA+bm88L3A+"}"#
        #expect(try failure.details.map(show) == ["google.api.HttpBody " + data])
        #expect(try self.failure(status, nil).details.isEmpty)
    }

    @Test(arguments: [
        #"{"code":5,"message":"gone","details":[DETAIL]}"#,
        #"{"error":{"code":404,"message":"gone","status":"NOT_FOUND","details":[DETAIL]}}"#,
        #"{"error":{"code":5,"message":"gone","details":[DETAIL]}}"#,
    ])
    func `a google rpc Status is read, its details too`(body: String) throws {
        let detail = #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R","metadata":{"a":"b"}}"#
        let failure = try failure(404, "application/json", body.replacing("DETAIL", with: detail))
        #expect(failure.code == .notFound && failure.message == "gone" && failure.httpStatus == 404)
        #expect(try failure.details.map(show) == ["google.rpc.ErrorInfo " + detail])
    }

    @Test func `an error of Connect is read, its details as bytes`() throws {
        let body =
            #"{"code":"failed_precondition","message":"no","details":[{"type":"a.B","value":"CAE","debug":{"x":1}}]}"#
        let failure = try failure(400, "application/json", body)
        #expect(failure.code == .failedPrecondition && failure.message == "no")
        #expect(try failure.details.map(show) == [#"a.B {"@type":"type.googleapis.com/a.B","value":"CAE="}"#])
        #expect(try self.failure(408, "application/json", #"{"code":"canceled"}"#).code == .canceled)
    }

    @Test func `a problem is read, with what it has beyond the standard`() throws {
        let plain = try failure(409, Self.problem, #"{"title":"Conflict","status":409,"detail":"twice"}"#)
        #expect(plain.code == .aborted && plain.message == "twice" && plain.details.isEmpty)
        let body = #"{"type":"https://x/credit","title":"No credit","balance":30}"#
        let typed = try failure(403, Self.problem, body)
        #expect(typed.code == .permissionDenied && typed.message == "No credit")
        #expect(typed.details.map(\.typeName) == ["google.api.HttpBody"])
    }

    @Test func `a problem of our own is read whole`() throws {
        let body =
            #"{"type":"urn:dragoman:failure:x.y","title":"Invalid request","status":400,"detail":"no","#
            + #""instance":"urn:dragoman:request:r1","code":"OUT_OF_RANGE","reason":"x.y","#
            + #""errors":[{"pointer":"/a","rule":"r","detail":"d"}],"#
            + #""details":[{"type":"a.B","value":{"@type":"x/a.B","c":1}}],"request_id":"r1"}"#
        let failure = try failure(400, Self.problem, body)
        #expect(failure.code == .outOfRange && failure.message == "no")
        #expect(failure.violations == [Violation(pointer: "/a", rule: "r", detail: "d")])
        #expect(try failure.details.map(show) == [#"a.B {"@type":"x/a.B","c":1}"#])
    }

    @Test(arguments: [
        #"{"code":42,"message":"no"}"#, #"{"code":3,"message":"of its own"}"#, #"{"error":"invalid_grant"}"#,
        #"{"error":{"id":"x"}}"#, "[1]", "null", "{", #"{"message":"no"}"#,
    ])
    func `JSON that is none of these stays what it is`(body: String) throws {
        let failure = try failure(404, "application/json", body)
        #expect(failure.code == .notFound && failure.details.map(\.typeName) == ["google.api.HttpBody"])
    }

    @Test func `other fields go with the failure`() throws {
        let failure = try failure(
            429, nil, "",
            [
                ("retry-after", "7"), ("www-authenticate", "Basic"), ("x-a", "1"), ("cache-control", "public"),
                ("connection", "close"),
            ])
        #expect(
            failure.headers.map { "\($0.name)=\($0.value)" } == ["retry-after=7", "www-authenticate=Basic", "x-a=1"])
    }

    @Test func `a body is kept within measure`() throws {
        let failure = try failure(500, "text/plain", String(repeating: "x", count: 200_000))
        #expect(try failure.details.map(show).joined().utf8.count < 6000)
    }
}
