import Buffers
import Testing

@testable import Engine

@Suite struct PathNormalizerTests {
    private func normalize(_ path: String) -> PathNormalizer.Result {
        PathNormalizer.normalize(Array(path.utf8).span.bytes)
    }

    @Test(arguments: [
        "/", "/a", "/a/b", "/a/", "/a.b", "/a./b", "/a../b", "/a..", "/~x", "/a:b@c", "/a;v=1/b", "/a+b&c=d",
    ])
    func `a normal path stays as it is`(path: String) {
        #expect(normalize(path) == .unchanged)
    }

    @Test(arguments: [
        ("//", "/"), ("//a", "/a"), ("/a//b", "/a/b"), ("/a//", "/a/"), ("/.", "/"), ("/./a", "/a"), ("/a/.", "/a/"),
        ("/a/./b", "/a/b"), ("/a/..", "/"), ("/a/../b", "/b"), ("/a/b/..", "/a/"), ("/a/b/../", "/a/"),
        ("/a/b/../../c", "/c"), ("/%61", "/a"), ("/%7Eu", "/~u"), ("/%7eu", "/~u"), ("/%2e/a", "/a"),
        ("/a/%2E%2e/b", "/b"), ("/a/.%2e/b", "/b"), ("/a/%2e./b", "/b"), ("/%3a", "/%3A"), ("/a%20b", "/a%20b"),
        ("/%c3%a9", "/%C3%A9"), ("/%252e%252e/a", "/%252e%252e/a"), ("/public//../admin", "/admin"), ("/.a", "/.a"),
        ("/...", "/..."), ("/a/...", "/a/..."),
    ])
    func `a path is brought into its one form`(path: String, normal: String) {
        let result = normalize(path)
        #expect(result == .changed(Array(normal.utf8)) || (path == normal && result == .unchanged))
    }

    @Test(arguments: [
        "", "a", "*", "/..", "/../a", "/a/../..", "/a/../../b", "/%2e%2e/a", "/..%2fa", "/%2f", "/%2F", "/a%5cb",
        "/a%5Cb",
        "/a\\b", "/\\..\\a", "/%00", "/a%00.txt", "/%", "/%2", "/%g0", "/%0g", "/a%", "/a b", "/a\tb", "/a\u{7F}", "/é",
        // Servlet containers drop what follows the semicolon and then climb.
        "/public/..;/admin", "/public/..;x=1/admin", "/.;/admin", "/a/%2e%2e;/admin", "/a/..%3b/admin",
        "/a/..%3B/admin",
        "/a/..;", "/a/.;x",
        // Overlong UTF-8 of dot and slash.
        "/a/%c0%ae%c0%ae/b", "/a/%c1%9cb", "/%e0%80%ae/a", "/%e0%80%af", "/%f0%80%80%af",
    ])
    func `a path that two readers may read in two ways is refused`(path: String) {
        #expect(normalize(path) == .refused)
    }

    @Test(arguments: 0..<200) func `normalising twice changes nothing`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let pieces = ["/", "a", ".", "..", ";", "%2e", "%2E", "%61", "%c3%a9", "%25", "%3b", "//", "~", "%20", "b.c"]
        for _ in 0..<50 {
            let path =
                "/"
                + (0..<Int.random(in: 0..<9, using: &random)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &random)]
                }.joined()
            guard case .changed(let normal) = normalize(path) else { continue }
            #expect(PathNormalizer.normalize(normal.span.bytes) == .unchanged || isFixed(normal), "\(path)")
        }
    }

    /// Escapes that stay make the fast look fail; the slow one must find nothing to change.
    private func isFixed(_ path: [UInt8]) -> Bool {
        PathNormalizer.normalize(path.span.bytes) == .changed(path)
    }
}
