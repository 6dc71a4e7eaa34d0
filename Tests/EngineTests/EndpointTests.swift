import HTTP
import Testing

@testable import Engine

@Suite struct EndpointTests {
    private func address(_ target: String, authority: String = "", by endpoint: Endpoint) -> String {
        var head = HTTPRequestHead()
        head.target = Array(target.utf8)
        head.authority = Array(authority.utf8)
        endpoint.address(&head)
        return String(decoding: head.authority + [0x20] + head.target, as: UTF8.self)
    }

    @Test(arguments: [
        ("", "", "h /"), ("", "/x?y", "h /x?y"), ("/base", "", "h /base"), ("/base/", "", "h /base/"),
        ("/base", "/x?y=1", "h /base/x?y=1"), ("/base/", "/x", "h /base/x"), ("/", "/x", "h /x"),
        ("/svc?wsdl", "", "h /svc?wsdl"), ("base", "/x", "h /base/x"), ("base", "", "h /base"),
        ("/base?key=1", "/x", "h /base/x?key=1"), ("/base?key=1", "/x?y=2", "h /base/x?key=1&y=2"),
        ("?key=1", "/x", "h /x?key=1"), ("?key=1", "", "h /?key=1"), ("/base", "*", "h *"), ("/base?key=1", "*", "h *"),
    ])
    func `a target is completed by path and query of the endpoint`(path: String, target: String, expected: String) {
        #expect(address(target, by: Endpoint(host: "h", port: 80, path: path)) == expected)
    }

    @Test func `the authority is the client's, else the endpoint's`() {
        #expect(address("/", authority: "example.org", by: Endpoint(host: "h", port: 8080)) == "example.org /")
        #expect(address("/", by: Endpoint(host: "h", port: 8080)) == "h:8080 /")
        #expect(address("/", by: Endpoint(host: "::1", port: 80)) == "[::1] /")
        #expect(address("/", by: Endpoint(host: "::1", port: 81)) == "[::1]:81 /")
        #expect(address("/", by: Endpoint(host: "unix:/run/x.sock", port: 80)) == "localhost /")
    }
}
