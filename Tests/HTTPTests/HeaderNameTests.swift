import Buffers
import HTTP
import Testing

struct HeaderNameTests {
    private func match(_ name: String) -> HeaderName {
        HeaderName(matching: Array(name.utf8).span.bytes)
    }

    private func isAlias(_ name: String) -> Bool {
        HeaderName.isAlias(Array(name.utf8).span.bytes)
    }

    @Test func `every name of the list is found`() {
        for name in HeaderName.allCases where name != .other {
            #expect(match(name.text.description) == name)
            #expect(name.text.description.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        }
    }

    @Test func `a name that is not in the list is not found`() {
        for name in HeaderName.allCases where name != .other {
            let text = name.text.description
            for index in text.indices {
                var other = text
                other.replaceSubrange(index...index, with: text[index] == "q" ? "z" : "q")
                #expect(match(other) == .other)
            }
            #expect(match(text + "s") == .other)
            #expect(match(String(text.dropLast())) != name)
            #expect(match(text.uppercased()) == .other)
        }
        #expect(match("") == .other)
        #expect(match(String(repeating: "x", count: 300)) == .other)
    }

    @Test(arguments: [
        "transfer_encoding", "content_length", "host_", "x_forwarded_for", "x-forwarded_proto", "authorization",
        "x_real_ip",
        "proxy_connection", "x_forwarded_user",
    ])
    func `an underscore twin of a protected name is told`(name: String) {
        let isTwin = name.contains("_") && name != "host_"
        #expect(isAlias(name) == isTwin)
    }

    @Test(arguments: ["x_custom", "user_id", "x-forwarded-for", "content-length", "_", ""])
    func `other names with underscores are left alone`(name: String) {
        #expect(!isAlias(name))
    }

    @Test func `methods are told apart byte by byte`() {
        let known: [(String, HTTPMethod)] = [
            ("GET", .get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("PATCH", .patch), ("DELETE", .delete),
            ("OPTIONS", .options), ("TRACE", .trace), ("CONNECT", .connect), ("get", .other(Array("get".utf8))),
            ("PROPFIND", .other(Array("PROPFIND".utf8))), ("PUS", .other(Array("PUS".utf8))), ("", .other([])),
        ]
        for (text, method) in known {
            #expect(HTTPMethod(text) == method)
            #expect(method.description == text)
        }
    }
}
