import Testing

/// What faults become: whose they are, what they say, and what of it clients see.
@Suite struct SOAPFaultTests {
    @Test(arguments: [200, 202, 400, 404, 500, 503])
    func `a fault is one under any status`(status: Int) throws {
        let older = try Conversation().receive(Envelope.fault11("s:Client", "No such account."), status: status)
        #expect(older == #"400 soap.fault: No such account. soap.Fault={"codes":["Client"]}"#)
        let newer = try Conversation().receive(
            Envelope.fault12(["s:Receiver"]), status: status, type: "application/soap+xml")
        #expect(newer == #"502 soap.fault: No. soap.Fault={"codes":["Receiver"]}"#)
    }

    @Test(arguments: [
        ("s:Client", "400 soap.fault", #"["Client"]"#), ("Client", "400 soap.fault", #"["Client"]"#),
        (" s:Client.Auth.Expired\n", "400 soap.fault", #"["Client","Auth","Expired"]"#),
        ("s:Server", "502 soap.fault", #"["Server"]"#), ("b:Custom", "502 soap.fault", #"["Custom"]"#),
        ("s:MustUnderstand", "502 soap.must_understand", #"["MustUnderstand"]"#),
        ("s:VersionMismatch", "502 soap.version_mismatch", #"["VersionMismatch"]"#),
    ])
    func `a code of 1_1 says whose fault it is`(code: String, failure: String, codes: String) throws {
        let found = try Conversation().receive(Envelope.fault11(code), status: 500)
        #expect(found == "\(failure): No. soap.Fault={\"codes\":\(codes)}")
    }

    @Test func `codes of 1_2 have their subcodes and the first reason's text`() throws {
        let fault = Envelope.fault12(["s:Sender", "b:Invalid", "b:Account"], [" Not\n this. ", "Nicht so."])
        #expect(
            try Conversation().receive(fault, status: 400)
                == "400 soap.fault: Not\n this. soap.Fault={\"codes\":[\"Sender\",\"Invalid\",\"Account\"]}")
    }

    @Test func `a fault without anything in it is still one`() throws {
        #expect(
            try Conversation().receive(Envelope.v11("<s:Fault/>"), status: 500)
                == "502 soap.fault: The service answered with a fault.")
    }

    // MARK: Details

    @Test func `a declared detail has its type, another one is kept as it is`() throws {
        let detail = "<b:Missing><b:id>7</b:id></b:Missing><x:e xmlns:x=\"urn:x\" a=\"1\">t</x:e>"
        let found = try Conversation().receive(Envelope.fault11("s:Client", detail: detail), status: 500)
        #expect(found.hasPrefix(#"400 soap.fault: No. Missing={"id":7} e="#))
        #expect(found.contains(#""$name":"{urn:x}e""#) || found.contains(#""@a":"1""#), "\(found)")
    }

    @Test(arguments: [
        "stackTrace", "StackTrace", "hostname", "exceptionName", "ExceptionDetail", "exception", "Exception",
    ])
    func `what stacks tell their developers is not for clients`(name: String) throws {
        let detail = "<x:\(name) xmlns:x=\"urn:x\"><m>at secret.Code(Code.java:1)</m></x:\(name)>"
        let found = try Conversation().receive(Envelope.fault11("s:Server", detail: detail), status: 500)
        #expect(found == #"502 soap.fault: No. soap.Fault={"codes":["Server"]}"#)
    }

    @Test func `a stack trace behind the text is cut off`() throws {
        let text =
            "Server was unable to process.\n   at Bank.Account.Open(Int32 id) in C:\\src\\a.cs:line 3\n   at X.Y()"
        #expect(
            try Conversation().receive(Envelope.fault11("s:Server", text), status: 500)
                .hasPrefix("502 soap.fault: Server was unable to process. soap.Fault"))
        #expect(
            try Conversation().receive(Envelope.fault11("s:Server", "Come\n at noon"), status: 500)
                .hasPrefix("502 soap.fault: Come\n at noon soap.Fault"))
    }

    @Test func `no fault is a novel`() throws {
        let long = String(repeating: "é", count: 100_000)
        let codes = "s:Client" + String(repeating: ".x", count: 10_000)
        let details = String(repeating: "<x>1</x>", count: 1000)
        let found = try Conversation().receive(Envelope.fault11(codes, long, detail: details), status: 500)
        #expect(found.utf8.count < 6000)
        #expect(found.contains(#"["Client","x","x","x","x","x","x","x"]"#))
        let nested = Envelope.fault12(Array(repeating: "s:Sender", count: 25))
        #expect(try Conversation().receive(nested, status: 500).utf8.count < 300)
    }

    // MARK: Headers

    @Test(arguments: [
        (#"<b:Other/>"#, true), (#"<b:Other s:mustUnderstand="0"/>"#, true), (#"<b:Other mustUnderstand="1"/>"#, true),
        (#"<b:Other s:mustUnderstand="1"/>"#, false), (#"<b:Other s:mustUnderstand=" true "/>"#, false),
        (#"<b:Session s:mustUnderstand="1"/>"#, true), (#"<Session s:mustUnderstand="1"/>"#, false),
        (#"<b:Other s:mustUnderstand="1" s:actor="urn:another"/>"#, true),
        (#"<b:Other s:mustUnderstand="1" s:actor=""/>"#, false),
        (#"<b:Other s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"/>"#, false),
    ])
    func `a header that must be understood is, or the answer is refused`(header: String, isFine: Bool) throws {
        let found = try Conversation().receive(
            Envelope.v11("<b:GetResponse><b:owner>Ada</b:owner></b:GetResponse>", header: header))
        #expect(isFine ? found == #"{"owner":"Ada"}"# : found.hasPrefix("502 soap.header_not_understood"), "\(found)")
    }
}
