import Buffers
import Canonical
import HTTP
import JSONCodec
import REST
import Testing

@testable import Engine

@Suite struct ResponseTests {
    private let account = #"{"id":7,"kind":"current","owner":{"@type":"Person","name":"Ada"},"tags":[]}"#

    private func options(_ change: (inout RESTBinding.Options) -> Void) -> RESTBinding.Options {
        var options = RESTBinding.Options()
        change(&options)
        return options
    }

    @Test func `a message is JSON with its length`() throws {
        let exchange = try Exchange()
        let json = #"{"GetAccountResult":\#(account),"Warnings":[]}"#
        let answer = exchange.answer(try exchange.success(json))
        #expect(
            answer
                == .init(
                    status: 200, contentType: "application/json", length: .known(json.utf8.count), body: json,
                    isWhole: true))
    }

    @Test func `HEAD is told the length and given no body`() throws {
        let exchange = try Exchange()
        let json = #"{"GetAccountResult":\#(account),"Warnings":[]}"#
        let answer = exchange.answer(try exchange.success(json), to: .head)
        #expect(answer.length == .known(json.utf8.count))
        #expect(answer.body.isEmpty && answer.isWhole)
        let refusal = exchange.answer([.end(.failure(Failure(.notFound, "x", "y")))], to: .head)
        #expect(refusal.status == 404 && refusal.body.isEmpty && refusal.isWhole)
    }

    @Test func `an unwrapped member is the answer`() throws {
        let one = try Exchange("GetAccount", options { $0.unwrap = "GetAccountResult" })
        #expect(one.answer(try one.success(#"{"GetAccountResult":\#(account)}"#)).body == account)
        #expect(one.answer(try one.success("{}")).body == "null")
        let many = try Exchange("GetAccount", options { $0.unwrap = "Warnings" })
        #expect(many.answer(try many.success(#"{"Warnings":["a","b"]}"#)).body == #"["a","b"]"#)
        #expect(many.answer(try many.success(#"{"Warnings":["a"]}"#)).body == #"["a"]"#)
        #expect(many.answer(try many.success("{}")).body == "[]")
        #expect(throws: Diagnostic.self) { try Exchange("GetAccount", options { $0.unwrap = "Result" }) }
    }

    @Test func `the status is the user's, else what there is to say`() throws {
        let created = try Exchange("GetAccount", options { $0.status = 201 })
        #expect(created.answer(try created.success("{}")).status == 201)
        let end: [ResponsePart] = [.head(HTTPResponseHead(status: 200)), .end(.success(trailers: nil))]
        #expect(try Exchange("Pay").answer(end) == .init(status: 204, length: .known(0), isWhole: true))
        #expect(try Exchange("Notify").answer(end) == .init(status: 202, length: .known(0), isWhole: true))
    }

    @Test(arguments: [204, 205])
    func `a status without content has none`(status: Int) throws {
        let exchange = try Exchange("GetAccount", options { $0.status = status })
        let answer = exchange.answer(try exchange.success("{}"))
        #expect(answer == .init(status: status, length: .known(0), isWhole: true))
    }

    // MARK: Problems

    @Test func `a failure is a problem with all that is known`() throws {
        let failure = Failure(
            .invalidArgument, "request.invalid", "The \"request\" does not keep the contract.", origin: .client,
            violations: [Violation(pointer: "/a", rule: "required", detail: "is required")], cause: "secret")
        let answer = try Exchange().answer([.end(.failure(failure))])
        #expect(answer.status == 400)
        #expect(answer.contentType == "application/problem+json")
        #expect(
            answer.body
                == #"{"type":"urn:dragoman:failure:request.invalid","title":"Invalid request","status":400,"#
                + #""detail":"The \"request\" does not keep the contract.","instance":"urn:dragoman:request:r1","#
                + #""code":"INVALID_ARGUMENT","reason":"request.invalid","#
                + #""errors":[{"pointer":"/a","rule":"required","detail":"is required"}],"request_id":"r1"}"#)
    }

    @Test func `a declared fault has the status that it was given, and its own type`() throws {
        let exchange = try Exchange("GetAccount", options { $0.faults = ["NoSuchAccount": 404] })
        let detail = try JSONCoder(Bank.type("NoSuchAccount"), schema: Bank.schema).decode(.init(#"{"id":7}"#))
        let untyped = try JSONCoder(.any, schema: Schema.Builder().build()).decode(.init(#"{"codes":["Client"]}"#))
        let failure = Failure(
            .invalidArgument, "soap.fault", "No such account.", origin: .upstream, httpStatus: 400,
            details: [
                FailureDetail(typeName: "NoSuchAccount", document: detail),
                FailureDetail(typeName: "soap.Fault", document: untyped),
            ])
        let answer = exchange.answer([.end(.failure(failure))])
        #expect(answer.status == 404)
        #expect(
            answer.body.contains(
                #""status":404"#)
                && answer.body.contains(
                    #""details":[{"type":"NoSuchAccount","value":{"id":7}},{"type":"soap.Fault","value":{"codes":["Client"]}}]"#
                ))
        #expect(try Exchange().answer([.end(.failure(failure))]).status == 400)
    }

    @Test(arguments: [
        (FailureCode.invalidArgument, 400), (.failedPrecondition, 400), (.outOfRange, 400), (.unauthenticated, 401),
        (.permissionDenied, 403), (.notFound, 404), (.alreadyExists, 409), (.aborted, 409), (.resourceExhausted, 429),
        (.canceled, 499), (.unimplemented, 501), (.unavailable, 503), (.deadlineExceeded, 504), (.internal, 500),
        (.dataLoss, 500), (.unknown, 500),
    ])
    func `every code has its status`(code: FailureCode, status: Int) throws {
        #expect(try Exchange().answer([.end(.failure(Failure(code, "x", "y")))]).status == status)
        let upstream = Failure(code, "x", "y", origin: .upstream)
        #expect(try Exchange().answer([.end(.failure(upstream))]).status == (status == 500 ? 502 : status))
    }

    @Test func `a 401 says what is wanted`() {
        func challenges(_ headers: [(name: String, value: String)]) -> [String] {
            var wire = Outbox<HTTPResponsePart>()
            let failure = Failure(.unauthenticated, "upstream.status", "No.", origin: .upstream, headers: headers)
            ProblemRenderer().render(failure, requestID: "r1", into: &wire)
            guard case .head(let head)? = wire.popFirst() else { return [] }
            return (0..<head.headers.endIndex).filter { head.headers.id(at: $0) == .wwwAuthenticate }.map {
                String(decoding: head.headers.value(at: $0))
            }
        }
        #expect(challenges([]) == [#"Unspecified realm="service""#])
        let own = [("www-authenticate", #"Basic realm="bank""#), ("www-authenticate", "Negotiate")]
        #expect(challenges(own) == own.map(\.1))
    }

    @Test func `a failure after the answer breaks it off`() throws {
        let exchange = try Exchange()
        let parts = try exchange.success("{}") + [.end(.failure(Failure(.internal, "late", "y")))]
        #expect(exchange.answer(parts).body.hasSuffix("threw late"))
    }

    @Test func `a request that no face took is answered with a problem too`() {
        var wire = Outbox<HTTPResponsePart>()
        let failure = Failure(.notFound, "route.not_found", "No route.", headers: [("allow", "GET")])
        ProblemRenderer().render(failure, requestID: "r\"2", into: &wire)
        guard case .head(let head)? = wire.popFirst(), case .body(let body)? = wire.popFirst() else {
            Issue.record("a head and a body")
            return
        }
        #expect(head.status == 404 && head.headers["allow"] == "GET")
        #expect(String(body).contains(#""request_id":"r\"2""#))
    }
}
