import Buffers
import HTTP
import Testing

struct HopByHopTests {
    private func strip(_ fields: [(String, String)]) -> (text: String, acceptsTrailers: Bool) {
        var headers = Headers()
        for (name, value) in fields { headers.append(name, value) }
        let acceptsTrailers = HopByHop.strip(&headers)
        var out = ByteWriter()
        headers.write(into: &out)
        return (String(out.finish()).split(separator: "\r\n").joined(separator: "|"), acceptsTrailers)
    }

    @Test func `fields of one hop go no further`() {
        let names = [
            "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE",
            "Trailer",
            "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Expect",
        ]
        #expect(strip(names.map { ($0, "x") } + [("A", "b")]).text == "a: b")
    }

    @Test func `Connection takes away what it lists`() {
        let fields = [
            ("X-Mine", "1"), ("Connection", "close,, X-MINE ,keep-alive"), ("connection", "y-too"), ("Y-Too", "2"),
            ("Z", "3"),
        ]
        #expect(strip(fields).text == "z: 3")
    }

    @Test(arguments: [
        "authorization", "host", "cookie", "content-length", "content-type", "cache-control", "via", "forwarded",
        "x-forwarded-for",
        "x-forwarded-user", "x-real-ip", "set-cookie", "traceparent",
    ])
    func `Connection cannot take away what others rely on`(name: String) {
        #expect(strip([("Connection", "close, \(name)"), (name, "v")]).text == "\(name): v")
    }

    @Test func `TE tells whether trailers are welcome`() {
        #expect(strip([("TE", "gzip;q=0.5, Trailers")]).acceptsTrailers)
        #expect(strip([("TE", "gzip"), ("TE", "trailers")]).acceptsTrailers)
        #expect(!strip([("TE", "gzip")]).acceptsTrailers)
        #expect(!strip([("Trailer", "trailers")]).acceptsTrailers)
    }
}
