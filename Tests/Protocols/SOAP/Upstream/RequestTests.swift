import Canonical
import HTTP
import SOAP
import Testing

/// What a message becomes on the wire.
@Suite struct SOAPRequestTests {
    @Test func `an envelope of 1_1 is exact`() throws {
        let (head, body) = try Conversation().send(#"{"id":7,"note":"<&>\"é"}"#)
        #expect(
            body
                == #"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">"#
                + #"<soap:Body><tns:Get xmlns:tns="urn:bank"><tns:id>7</tns:id><tns:note>&lt;&amp;&gt;"é</tns:note></tns:Get>"#
                + "</soap:Body></soap:Envelope>")
        #expect(head.method == .post)
        #expect(head.target.isEmpty && head.authority.isEmpty)
        #expect(head.body == .known(body.utf8.count))
        #expect(head.headers[.contentType] == "text/xml; charset=utf-8")
        #expect(head.headers[.soapAction] == #""urn:bank#Get""#)
        #expect(head.headers[.accept] == "text/xml")
    }

    @Test func `an envelope of 1_2 carries the action in its type`() throws {
        let (head, body) = try Conversation(version: .v12).send(#"{"id":7}"#)
        #expect(
            body
                == #"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">"#
                + #"<soap:Body><tns:Get xmlns:tns="urn:bank"><tns:id>7</tns:id></tns:Get></soap:Body></soap:Envelope>"#)
        #expect(head.headers[.contentType] == #"application/soap+xml; charset=utf-8; action="urn:bank#Get""#)
        #expect(head.headers[.soapAction] == nil)
        #expect(head.headers[.accept] == "application/soap+xml")
    }

    @Test func `an empty action is quoted too`() throws {
        #expect(try Conversation("Pay").send(#"{"id":7}"#).head.headers[.soapAction] == #""""#)
        #expect(
            try Conversation("Pay", version: .v12).send(#"{"id":7}"#).head.headers[.contentType]
                == "application/soap+xml; charset=utf-8")
    }

    @Test func `declared headers stand in the header`() throws {
        let (_, body) = try Conversation().send(#"{"id":7,"$headers":{"Session":{"token":"a&b"}}}"#)
        #expect(
            body.contains(
                #"<soap:Header><tns:Session xmlns:tns="urn:bank"><tns:token>a&amp;b</tns:token></tns:Session></soap:Header><soap:Body><tns:Get"#
            ))
    }

    @Test func `what XML cannot hold is refused at its place`() throws {
        let conversation = try Conversation()
        let note = #expect(throws: Failure.self) { try conversation.send(#"{"id":7,"note":"\u0001"}"#) }
        #expect(note?.violations.map(\.pointer) == ["/note"])
        let header = #expect(throws: Failure.self) {
            try conversation.send(#"{"id":7,"$headers":{"Session":{"token":"\u0001"}}}"#)
        }
        #expect(header?.violations.map(\.pointer) == ["/$headers/Session/token"])
    }

    @Test func `an rpc message has its wrapper and parts without a namespace`() throws {
        let (_, body) = try Conversation("Add").send(#"{"x":7}"#)
        #expect(body.contains("<x>7</x>") && body.contains(#"="urn:sums""#) && body.contains(":Add"))
    }

    @Test func `an empty message has an empty body`() throws {
        #expect(try Conversation("Reset").send("").body.contains("<soap:Body></soap:Body>"))
    }

    @Test func `parts that are elements stand in the body side by side`() throws {
        let (_, body) = try Conversation("Split").send(#"{"left":1,"right":"x"}"#)
        #expect(
            body.contains(
                #"<soap:Body xmlns:tns="urn:bank"><tns:left>1</tns:left><tns:right>x</tns:right></soap:Body>"#))
    }

    @Test func `what describes the client's own message does not pass`() throws {
        let own = [
            ("content-type", "application/json"), ("content-encoding", "identity"), ("accept", "application/json"),
            ("accept-encoding", "gzip"), ("if-none-match", "\"x\""), ("cookie", "a=b"), ("range", "bytes=0-1"),
            ("soapaction", "\"evil\""), ("connection", "x-hop"), ("x-hop", "1"), ("x-forwarded-for", "6.6.6.6"),
        ]
        let (head, _) = try Conversation(version: .v12).send(
            #"{"id":7}"#, headers: own + [("x-tenant", "blue"), ("authorization", "Basic x")])
        for name in ["content-encoding", "accept-encoding", "if-none-match", "cookie", "range", "soapaction", "x-hop"] {
            #expect(head.headers[name] == nil, "\(name)")
        }
        #expect(head.headers["x-forwarded-for"] == "1.2.3.4")
        #expect(head.headers["x-tenant"] == "blue" && head.headers["authorization"] == "Basic x")
    }
}
