import HTTP
import Testing

struct AuthorityTests {
    private func isValid(_ text: String) -> Bool {
        Authority.isValid(Array(text.utf8).span.bytes)
    }

    @Test(arguments: [
        "localhost", "a", "example.com", "foo-bar_baz.com", "foo.com:80", "foo.com:", "1.2.3.4", "1.2.3.4:65535",
        "[::1]", "[::1]:80",
        "[::1%25en0]:80", "[v1.a:b]", "[2001:db8::192.0.2.1]", "0.0.0.0=5000", "a%20b", "xn--bcher-kva.example:8443",
        "a!$&'()*+;=~",
        "a-rather-long-name-with-more-than-sixteen-bytes.example.org",
    ])
    func `a host with or without a port is valid`(text: String) {
        #expect(isValid(text))
    }

    @Test(arguments: [
        "", ":80", "a b", "a/b", "a@b", "user:pass@host", "a:b", "a:80:90", "a:123456", "::1", "[::1", "[]", "[", "]",
        "[::1]a", "[::1]:x",
        "[g::1]", "[::1%en0]", "[::1%25]", "a,b", "a?b", "a#b", "\u{e9}", "{", "}", "a\0", "a\u{7F}", "a%2", "a%zz",
        "%", "a\\b", "\"a\"",
        "a-rather-long-name-with-more-than sixteen-bytes.example.org",
    ])
    func `anything else is not`(text: String) {
        #expect(!isValid(text))
    }

    @Test(arguments: [
        ("host", "HOST", true), ("host:80", "host", true), ("host:", "host:80", true), ("host:8080", "host", false),
        ("host", "hosts", false), ("[::1]", "[::1]:80", true), ("host:080", "host:80", true), ("a", "b", false),
    ])
    func `authorities are the same when host and port are`(left: String, right: String, isSame: Bool) {
        let answer = Authority.isSame(Array(left.utf8).span.bytes, Array(right.utf8).span.bytes, defaultPort: 80)
        #expect(answer == isSame)
    }
}
