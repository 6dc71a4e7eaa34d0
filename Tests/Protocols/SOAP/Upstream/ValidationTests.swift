import Canonical
import SOAP
import Synchronization
import Testing
import XMLCodec

/// Answers that break the contract (TRANSLATION R18, R19).
@Suite struct ValidationTests {
    private let newer = Envelope.v11(
        #"<b:GetResponse s:encodingStyle="" b:more="1"><b:owner>Ann</b:owner><b:since>2020</b:since></b:GetResponse>"#)

    private final class Log: AnswerObserver {
        let lines = Mutex<[String]>([])

        func received(_ operation: Operation, requestID: [UInt8], violations: () -> [Violation]) {
            let found = violations().map { "\($0.pointer) \($0.rule)" }
            let id = String(decoding: requestID, as: UTF8.self)
            lines.withLock { $0.append("\(operation.name) \(id): \(found.joined(separator: ", "))") }
        }
    }

    @Test func `what a newer service adds is shown, and the envelope's own attributes are not`() throws {
        #expect(
            try Conversation().receive(newer)
                == #"{"owner":"Ann","@*":{"{urn:bank}more":"1"},"$any":[{"{urn:bank}since":"2020"}]}"#)
        #expect(
            try Conversation(answers: XMLOptions(validation: .off, unknown: .ignore)).receive(newer)
                == #"{"owner":"Ann"}"#)
    }

    @Test func `what a newer service adds is refused where that is wanted`() throws {
        for validation in [XMLOptions.Validation.off, .log, .strict] {
            let conversation = try Conversation(answers: XMLOptions(validation: validation))
            #expect(conversation.receive(newer).hasPrefix("0 response.invalid"))
        }
    }

    @Test func `an observer is told of what passes`() throws {
        let log = Log()
        let conversation = try Conversation(
            answers: XMLOptions(validation: .log, unknown: .keep), observer: log)
        #expect(conversation.receive(Envelope.v11("<b:GetResponse/>")) == "{}")
        #expect(conversation.receive(newer).hasPrefix(#"{"owner":"Ann","#))
        #expect(
            conversation.receive(Envelope.v11("<b:GetResponse><b:owner>x</b:owner></b:GetResponse>"))
                == #"{"owner":"x"}"#)
        let detail = "<b:Missing><b:id>x</b:id></b:Missing>"
        #expect(conversation.receive(Envelope.fault11("s:Client", detail: detail)).hasPrefix("400 soap.fault"))
        #expect(
            log.lines.withLock { $0 } == [
                "Get r1: /owner required", "Get r1:  unknown,  unknown", "Get r1: /id type",
            ])
    }

    @Test func `nobody is told where nobody asked`() throws {
        let log = Log()
        let conversation = try Conversation(observer: log)
        #expect(conversation.receive(newer).hasPrefix(#"{"owner":"Ann","#))
        #expect(log.lines.withLock { $0 } == [])
    }

    @Test func `what nobody declared in the detail of a fault is not shown`() throws {
        let detail = "<b:Missing><b:id>7</b:id><b:stackTrace>at Bank.Open(Bank.java:7)</b:stackTrace></b:Missing>"
        #expect(
            try Conversation().receive(Envelope.fault11("s:Client", detail: detail))
                == #"400 soap.fault: No. Missing={"id":7} soap.Fault={"codes":["Client"]}"#)
    }
}
