import Buffers
import HTTP
import Testing

@testable import Engine

@Suite struct RouterTests {
    private static let answer = Route.Action.answer(LocalAnswer(contentType: "text/plain", body: []))

    private func route(
        _ path: String, host: String? = nil, _ methods: [HTTPMethod]? = nil,
        headers: [(name: String, value: String?)] = [], priority: Int = 0, name: String? = nil
    ) -> Route {
        let match = RouteMatch(
            host: host, path: PathPattern(path), methods: methods, headers: headers, priority: priority)
        return Route(name: name ?? path, match: match, action: Self.answer, limits: RouteLimits())
    }

    /// The name of the route and what its parameters stand for, `405` with the methods, or nil.
    private func find(
        _ path: String, _ method: HTTPMethod = .get, host: String = "", headers: [(String, String)] = [],
        in routes: [Route]
    ) -> [String]? {
        var head = HTTPRequestHead()
        head.method = method
        head.authority = Array(host.utf8)
        for (name, value) in headers { head.headers.append(name, value) }
        let bytes = Array(path.utf8)
        var captures = PathCaptures()
        switch Router(routes).match(head, path: bytes.span.bytes, captures: &captures) {
        case .route(let route):
            return [route.name] + captures.ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        case .wrongMethod(let allowed): return ["405"] + allowed.map(\.description)
        case .none: return nil
        }
    }

    @Test(arguments: [
        ("/", ["/"]), ("/a", ["/a"]), ("/a/", ["/a/"]), ("/a/b", ["/a/b"]), ("/a/c", ["/a/:id", "c"]),
        ("/a/b/c", ["/a/:id/c", "b"]), ("/a/x/c", ["/a/:id/c", "x"]), ("/a/x/d", ["/a/*/d", "x"]),
        ("/a/x/e", ["/a/**", "x/e"]), ("/a/x/", ["/a/**", "x/"]), ("/z", ["/**", "z"]), ("/z/y", ["/**", "z/y"]),
        ("/A", ["/**", "A"]), ("/a/b/c/d", ["/a/**", "b/c/d"]),
    ])
    func `the most specific path wins, whatever the order`(path: String, expected: [String]) {
        let routes = ["/", "/a", "/a/", "/a/b", "/a/:id", "/a/:id/c", "/a/*/d", "/a/**", "/**"].map { route($0) }
        #expect(find(path, in: routes) == expected)
        #expect(find(path, in: routes.reversed()) == expected)
    }

    @Test func `literals of any length that differ in one byte are told apart`() {
        let texts = (1...20).map { String(repeating: "a", count: $0) }
        let others = texts.flatMap { text in
            text.indices.map { String(text[..<$0] + "b" + text[$0...].dropFirst()) }
        }
        let routes = (texts + others[..<100]).map { route("/" + $0) } + [route("/:id")]
        for text in texts + others[..<100] { #expect(find("/" + text, in: routes) == ["/" + text]) }
        for text in others[100...] { #expect(find("/" + text, in: routes) == ["/:id", text]) }
    }

    @Test func `a rest takes nothing, too`() {
        #expect(find("/a", in: [route("/a/**")]) == ["/a/**", ""])
        #expect(find("/a/", in: [route("/a/**")]) == ["/a/**", ""])
        #expect(find("/", in: [route("/**")]) == ["/**", ""])
        #expect(find("/ab", in: [route("/a/**")]) == nil)
    }

    @Test func `segments behind a rest are the last ones`() {
        let routes = ["/a/**/b", "/a/**/:id/c", "/a/**", "/a/:id/b"].map { route($0) }
        #expect(find("/a/x/y/b", in: routes) == ["/a/**/b", "x/y"])
        #expect(find("/a/b", in: routes) == ["/a/**/b", ""])
        #expect(find("/a/x/b", in: routes) == ["/a/:id/b", "x"])
        #expect(find("/a/x/y/z/c", in: routes) == ["/a/**/:id/c", "x/y", "z"])
        #expect(find("/a/z/c", in: routes) == ["/a/**/:id/c", "", "z"])
        #expect(find("/a/c", in: routes) == ["/a/**", "c"])
        #expect(find("/a", in: routes) == ["/a/**", ""])
        #expect(find("/a/x/", in: routes) == ["/a/**", "x/"])
        #expect(find("/a//c", in: [route("/a/**/:id/c")]) == nil)
    }

    @Test func `a verb is looked up behind the last colon of the last segment`() {
        var routes = ["/a/:id", "/a/**"].map { route($0) }
        for verb in ["get", "getAll", "x"] {
            var pattern = PathPattern("/a/:id")
            pattern.verb = verb
            let match = RouteMatch(path: pattern)
            routes.append(Route(name: ":" + verb, match: match, action: Self.answer, limits: RouteLimits()))
        }
        #expect(find("/a/1:get", in: routes) == [":get", "1"])
        #expect(find("/a/1:getAll", in: routes) == [":getAll", "1"])
        #expect(find("/a/1:b:x", in: routes) == [":x", "1:b"])
        #expect(find("/a/1:nope", in: routes) == ["/a/:id", "1:nope"])
        #expect(find("/a:get/1", in: routes) == nil)
        #expect(find("/a/:x", in: routes) == ["/a/:id", ":x"])
        #expect(find("/a/b/c:x", in: routes) == ["/a/**", "b/c:x"])
    }

    @Test func `a parameter takes no empty segment`() {
        #expect(find("/a/", in: [route("/a/:id")]) == nil)
        #expect(find("/a", in: [route("/a/:id")]) == nil)
        #expect(find("/a/", in: [route("/a/*")]) == nil)
    }

    @Test func `a search that fails deep comes back and forgets what it captured`() {
        let routes = [route("/:a/:b/x"), route("/*/:c/y"), route("/p/q/z"), route("/**")]
        #expect(find("/p/q/x", in: routes) == ["/:a/:b/x", "p", "q"])
        #expect(find("/p/q/y", in: routes) == ["/*/:c/y", "p", "q"])
        #expect(find("/p/q/w", in: routes) == ["/**", "p/q/w"])
    }

    @Test func `an exact host comes before a suffix before any, and falls back`() {
        let routes = [
            route("/a", name: "any"), route("/b", name: "any b"), route("/c", name: "any c"),
            route("/a", host: "*.example.org", name: "suffix"), route("/b", host: "*.example.org", name: "suffix b"),
            route("/a", host: "*.eu.example.org", name: "longer"), route("/a", host: "www.example.org", name: "exact"),
        ]
        #expect(find("/a", host: "www.example.org", in: routes) == ["exact"])
        #expect(find("/a", host: "WWW.Example.ORG.:8080", in: routes) == ["exact"])
        #expect(find("/b", host: "www.example.org", in: routes) == ["suffix b"])
        #expect(find("/c", host: "www.example.org", in: routes) == ["any c"])
        #expect(find("/a", host: "x.eu.example.org", in: routes) == ["longer"])
        #expect(find("/b", host: "x.eu.example.org", in: routes) == ["suffix b"])
        #expect(find("/a", host: "example.org", in: routes) == ["any"])
        #expect(find("/a", host: "evilexample.org", in: routes) == ["any"])
        #expect(find("/a", host: "[::1]:80", in: routes) == ["any"])
        #expect(find("/a", host: "", in: routes) == ["any"])
    }

    @Test func `a host of an address is found with and without its port`() {
        let routes = [route("/a", host: "[::1]", name: "v6"), route("/a", host: "127.0.0.1", name: "v4")]
        #expect(find("/a", host: "[::1]:8080", in: routes) == ["v6"])
        #expect(find("/a", host: "[::1]", in: routes) == ["v6"])
        #expect(find("/a", host: "127.0.0.1:1", in: routes) == ["v4"])
    }

    @Test func `another method falls through to a less specific route`() {
        let routes = [route("/a/b", [.get]), route("/a/:id", [.post]), route("/**", [.delete])]
        #expect(find("/a/b", .get, in: routes) == ["/a/b"])
        #expect(find("/a/b", .post, in: routes) == ["/a/:id", "b"])
        #expect(find("/a/b", .delete, in: routes) == ["/**", "a/b"])
    }

    @Test func `a path without the method tells which there are`() {
        let routes = [route("/a", [.get, .put]), route("/a", [.post], name: "post"), route("/*", [.put])]
        #expect(Set(find("/a", .delete, in: routes) ?? []) == ["405", "GET", "PUT", "POST"])
        #expect(find("/b", .delete, in: routes) == ["405", "PUT"])
        #expect(find("/b/c", .delete, in: routes) == nil)
    }

    @Test func `HEAD is answered by GET, unless it has a route`() {
        #expect(find("/a", .head, in: [route("/a", [.get])]) == ["/a"])
        #expect(find("/a", .head, in: [route("/a", [.post])]) == ["405", "POST"])
    }

    @Test func `headers narrow, and more of them win`() {
        let routes = [
            route("/a", name: "plain"), route("/a", headers: [("x-version", nil)], name: "has"),
            route("/a", headers: [("x-version", "2"), ("x-b", nil)], name: "both"),
        ]
        #expect(find("/a", in: routes) == ["plain"])
        #expect(find("/a", headers: [("x-version", "1")], in: routes) == ["has"])
        #expect(find("/a", headers: [("x-version", "2")], in: routes) == ["has"])
        #expect(find("/a", headers: [("x-version", "2"), ("x-b", "")], in: routes) == ["both"])
        #expect(find("/a", in: [routes[1]]) == nil)
    }

    @Test func `priority decides between equals`() {
        let routes = [route("/a", name: "low"), route("/a", priority: 5, name: "high"), route("/a", name: "other")]
        #expect(find("/a", in: routes) == ["high"])
        #expect(find("/a", in: [routes[0], routes[2]]) == ["low"])
    }

    @Test func `ten thousand routes are all found`() {
        let routes = (0..<10_000).map { route("/service\($0 % 97)/v\($0 % 7)/item\($0)/:id") }
        let router = Router(routes)
        var captures = PathCaptures()
        var head = HTTPRequestHead()
        head.method = .get
        for (index, expected) in routes.enumerated() {
            let path = Array("/service\(index % 97)/v\(index % 7)/item\(index)/42".utf8)
            guard case .route(let found) = router.match(head, path: path.span.bytes, captures: &captures) else {
                Issue.record("no route for \(index)")
                return
            }
            #expect(found === expected)
        }
        let missing = Array("/service1/v1/item999999/42".utf8)
        guard case .none = router.match(head, path: missing.span.bytes, captures: &captures) else {
            Issue.record("found what is not there")
            return
        }
    }
}
