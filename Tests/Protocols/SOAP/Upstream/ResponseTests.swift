import Canonical
import SOAP
import Testing
import XMLCodec

/// What a service's answers come to.
@Suite struct SOAPResponseTests {
    private let answer = Envelope.v11("<b:GetResponse><b:owner>Ada</b:owner></b:GetResponse>")

    @Test func `a message is read from either version, whichever was sent`() throws {
        #expect(try Conversation().receive(answer) == #"{"owner":"Ada"}"#)
        let newer = Envelope.v12("<b:GetResponse><b:owner>Ada</b:owner></b:GetResponse>")
        #expect(try Conversation().receive(newer, type: "application/soap+xml") == #"{"owner":"Ada"}"#)
        #expect(try Conversation(version: .v12).receive(answer) == #"{"owner":"Ada"}"#)
    }

    @Test func `a body in any pieces is the same`() throws {
        let bytes = Array(answer.utf8)
        let conversation = try Conversation()
        for cut in 0...bytes.count {
            #expect(conversation.receive([Array(bytes[..<cut]), Array(bytes[cut...])]) == #"{"owner":"Ada"}"#)
        }
        #expect(conversation.receive(bytes.map { [$0] }) == #"{"owner":"Ada"}"#)
    }

    @Test func `an answer that ends early is no answer`() throws {
        let conversation = try Conversation()
        for text in [answer, Envelope.fault11("s:Client", detail: "<b:Missing><b:id>1</b:id></b:Missing><x>&lt;</x>")] {
            let bytes = Array(text.utf8)
            for end in 0..<bytes.count {
                let found = conversation.receive([Array(bytes[..<end])])
                let isEnvelope = found.hasPrefix("400 soap.fault") || found.hasPrefix("{")
                #expect(!isEnvelope || text != answer, "\(end): \(found)")
            }
        }
    }

    @Test func `an answer past the limit is refused, at once where it says so`() throws {
        let conversation = try Conversation(limit: 100)
        let message = "502 upstream.body_too_large: The service's answer is larger than 100 bytes."
        #expect(
            conversation.receive([[UInt8](repeating: 0x20, count: 60), [UInt8](repeating: 0x20, count: 41)]) == message)
        #expect(conversation.receive([], length: 101) == message)
    }

    // MARK: Charsets

    @Test(arguments: ["text/xml", "text/xml; charset=utf-16", "application/soap+xml;charset=\"UTF-16\""])
    func `UTF-16 is read by its mark`(type: String) throws {
        let text = Envelope.v11("<b:GetResponse><b:owner>Zoë 🏦</b:owner></b:GetResponse>")
        var little: [UInt8] = [0xFF, 0xFE]
        var big: [UInt8] = [0xFE, 0xFF]
        for unit in text.utf16 {
            little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        #expect(try Conversation().receive([little], type: type) == #"{"owner":"Zoë 🏦"}"#)
        #expect(try Conversation().receive([big], type: type) == #"{"owner":"Zoë 🏦"}"#)
    }

    @Test func `ISO-8859-1 is read by the type or the declaration`() throws {
        let body = "<b:GetResponse><b:owner>Zo\u{EB}</b:owner></b:GetResponse>"
        let plain = Envelope.v11(body).unicodeScalars.map { UInt8($0.value) }
        let declared = Array(#"<?xml version="1.0" encoding="ISO-8859-1"?>"#.utf8) + plain
        let conversation = try Conversation()
        #expect(conversation.receive([plain], type: "text/xml; charset=ISO-8859-1") == #"{"owner":"Zoë"}"#)
        #expect(conversation.receive([declared], type: "text/xml") == #"{"owner":"Zoë"}"#)
        #expect(conversation.receive([plain], type: "text/xml").hasPrefix("0 xml.encoding"))
        #expect(conversation.receive([plain], type: "text/xml; charset=ebcdic").hasPrefix("0 xml.charset"))
    }

    @Test func `an error behind letters that grow is at its own line`() throws {
        let text = "<a>\u{EB}\u{EB}\n\u{EB}</b>".unicodeScalars.map { UInt8($0.value) }
        #expect(
            try Conversation().receive([text], type: "text/xml; charset=iso-8859-1")
                == "502 soap.not_an_envelope: The service's answer is not a SOAP envelope.")
        let inside = Envelope.v11("<b:GetResponse>\u{EB}\u{EB}\n<b:x>\u{EB}</b:y>").unicodeScalars.map {
            UInt8($0.value)
        }
        let found = try Conversation().receive([inside], type: "text/xml; charset=iso-8859-1")
        #expect(found == "0 xml.mismatched_tag: An end tag does not match its start tag. (line 2, column 7)")
    }

    // MARK: What is no message

    @Test(arguments: [
        ("<x/>", "502 soap.not_an_envelope"), ("<Envelope/>", "502 soap.not_an_envelope"),
        (#"<Envelope xmlns="urn:x"/>"#, "502 soap.not_an_envelope"),
        (#"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>"#, "502 soap.no_body"),
        (Envelope.v11(""), "502 soap.empty_body"), (Envelope.v11("<b:Other/>"), "502 soap.unexpected_message"),
        (Envelope.v11("<GetResponse/>"), "502 soap.unexpected_message"),
        (Envelope.v11("<b:GetResponse/>") + "<x/>", "0 xml.outside_root"), ("", "502 soap.not_xml"),
        ("plain", "0 xml."),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + Envelope.v11("&x;"), "0 xml.doctype"),
        (Envelope.v11("<b:GetResponse><b:owner>&x;</b:owner></b:GetResponse>"), "0 xml.entity"),
        (Envelope.v11("<b:GetResponse>" + String(repeating: "<a>", count: 100)), "0 xml.too_deep"),
    ])
    func `what is no answer of the operation is the service's failure`(body: String, failure: String) throws {
        let found = try Conversation().receive(body)
        #expect(found.hasPrefix(failure), "\(found)")
        #expect(!found.contains("passwd"))
    }

    @Test func `a second body says nothing`() throws {
        let twice = answer.replacing(
            "</s:Envelope>", with: "<s:Body><b:GetResponse><b:owner>Eve</b:owner></b:GetResponse></s:Body></s:Envelope>"
        )
        #expect(try Conversation().receive(twice) == #"{"owner":"Ada"}"#)
    }

    @Test func `a strict reading refuses what the schema does not allow`() throws {
        let broken = Envelope.v11("<b:GetResponse/>")
        #expect(try Conversation().receive(broken) == "{}")
        #expect(
            try Conversation(answers: XMLOptions(origin: .upstream)).receive(broken).hasPrefix("0 response.invalid"))
    }

    @Test(arguments: [
        (200, "text/html", "<html>", "502 soap.not_xml"), (200, nil, "x", "502 soap.not_xml"),
        (202, "text/xml", "", "502 soap.not_xml"), (301, "text/html", "", "502 upstream.status"),
        (401, "text/html", "<h1>", "401 upstream.status"), (403, nil, "", "403 upstream.status"),
        (404, "text/xml", "<error/>", "404 upstream.status"), (404, "text/xml", "<error>", "404 upstream.status"),
        (500, "text/html", "<h1>", "502 upstream.status"), (500, "text/xml", "", "502 upstream.status"),
        (502, "application/json", "{}", "502 upstream.status"), (503, "text/plain", "x", "503 upstream.status"),
    ])
    func `an answer that is no envelope means what its status says`(
        status: Int, type: String?, body: String, failure: String
    ) throws {
        #expect(try Conversation().receive(body, status: status, type: type).hasPrefix(failure))
    }

    @Test func `what the service asks for is passed on`() throws {
        let challenges = [
            ("WWW-Authenticate", #"Basic realm="bank""#), ("X-Other", "1"), ("www-authenticate", "Negotiate"),
        ]
        #expect(
            try Conversation().receive([], status: 401, type: nil, headers: challenges)
                == "401 upstream.status: The service answered with status 401. "
                + #"www-authenticate=Basic realm="bank" www-authenticate=Negotiate"#)
        #expect(
            try Conversation().receive([], status: 403, type: nil, headers: challenges)
                == "403 upstream.status: The service answered with status 403.")
    }

    @Test func `a message with the status of a failure is none`() throws {
        #expect(try Conversation().receive(answer, status: 500).hasPrefix("502 upstream.status"))
    }

    // MARK: Operations that give nothing back

    @Test func `a void operation may answer its empty element or nothing`() throws {
        let pay = try Conversation("Pay")
        #expect(pay.receive(Envelope.v11("<b:PayResponse/>")) == "{}")
        #expect(pay.receive(Envelope.v11("")) == "{}")
        #expect(pay.receive("", type: nil) == "{}")
        let reset = try Conversation("Reset")
        #expect(reset.receive(Envelope.v11("")) == "nothing")
        #expect(reset.receive("", status: 204, type: nil) == "nothing")
        #expect(reset.receive("", status: 500, type: nil).hasPrefix("502 upstream.status"))
    }

    @Test(arguments: ["", "anything", "<x>", Envelope.v11("<b:Other>1</b:Other>"), Envelope.v11("")])
    func `what a one-way operation answers means nothing`(body: String) throws {
        #expect(try Conversation("Notify").receive(body, status: 202) == "nothing")
        #expect(try Conversation("Notify").receive(body, status: 200, type: "text/html") == "nothing")
    }

    @Test func `a fault of a one-way operation is one`() throws {
        #expect(try Conversation("Notify").receive(Envelope.fault11("s:Server")).hasPrefix("502 soap.fault: No."))
    }

    // MARK: Styles

    @Test func `an rpc answer's wrapper may be called anything`() throws {
        let add = try Conversation("Add")
        for name in ["AddResponse", "Add", "result"] {
            #expect(
                add.receive(Envelope.v11(#"<r:\#(name) xmlns:r="urn:sums"><sum>3</sum></r:\#(name)>"#)) == #"{"sum":3}"#
            )
        }
    }

    @Test func `parts that are elements are read side by side`() throws {
        let split = try Conversation("Split")
        let members = "<b:left>1</b:left><b:right>x</b:right>"
        #expect(split.receive(Envelope.v11(members)) == #"{"left":1,"right":"x"}"#)
        let decoy = "<b:h><s:Body><b:left>9</b:left></s:Body></b:h><s:Body/>"
        #expect(split.receive(Envelope.v11(members, header: decoy)) == #"{"left":1,"right":"x"}"#)
        #expect(split.receive(Envelope.v11("")).hasPrefix("502 soap.empty_body"))
        #expect(split.receive(Envelope.fault11("s:Client")).hasPrefix("400 soap.fault"))
    }
}
