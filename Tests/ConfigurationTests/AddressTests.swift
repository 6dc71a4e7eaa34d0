import Configuration
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", Configuration.ListenAddress.tcp(host: "127.0.0.1", port: 8080)),
        (":80", .tcp(host: "0.0.0.0", port: 80)), ("*:80", .tcp(host: "0.0.0.0", port: 80)),
        ("localhost:0", .tcp(host: "127.0.0.1", port: 0)), ("[::1]:443", .tcp(host: "::1", port: 443)),
        ("[::ffff:10.0.0.1]:1", .tcp(host: "::ffff:10.0.0.1", port: 1)),
        ("unix:/run/dragoman.sock", .unix(path: "/run/dragoman.sock")),
    ])
    func `a listener's address is read`(text: String, address: Configuration.ListenAddress) {
        #expect(Configuration.ListenAddress(text) == address)
    }

    @Test(arguments: [
        "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.01:1",
        "256.0.0.1:1", "[::1]", "::1:80", "[1:2]:80", "[1:2:3:4:5:6:7:8:9]:80", "[::1::]:80", "[12345::]:80",
        "example.com:80", "unix:", "unix:relative", "unix:/" + String(repeating: "a", count: 120),
    ])
    func `anything else is not an address`(text: String) {
        #expect(Configuration.ListenAddress(text) == nil)
    }

    @Test func `an endpoint is host, port, path and query`() throws {
        let endpoint = try #require(Configuration.Endpoint("http://legacy:8080/Bank/?wsdl"))
        #expect(endpoint.host == "legacy")
        #expect(endpoint.port == 8080)
        #expect(endpoint.path == "/Bank/")
        #expect(endpoint.query == "wsdl")
        #expect(endpoint.authority == "legacy:8080")
        #expect(Configuration.Endpoint("HTTP://[::1]")?.authority == "[::1]")
        #expect(Configuration.Endpoint("http://a/")?.path == "/")
        #expect(Configuration.Endpoint("http://a")?.path == "")
    }

    @Test(arguments: [
        "", "http://", "http:///x", "a:80", "ftp://a", "http://a:0", "http://a:99999", "http://a b", "http://a/b c",
        "http://u@h", "http://u:p@h", "http://a/#x", "http://a/é", "http://-a", "http://a..b",
    ])
    func `an endpoint is nothing else`(url: String) {
        #expect(Configuration.Endpoint(url) == nil)
    }

    @Test func `a host is a name, an address or a domain's subdomains`() {
        #expect(Configuration.HostPattern("Shop.Example.com") == .exact("shop.example.com"))
        #expect(Configuration.HostPattern("*.example.com") == .subdomains(suffix: ".example.com"))
        #expect(Configuration.HostPattern("[::1]") == .exact("::1"))
        for text in ["", "*", "*.", "a.*", "a:80", "a/b"] { #expect(Configuration.HostPattern(text) == nil) }
    }
}
