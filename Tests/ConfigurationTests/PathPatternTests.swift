import Testing

@testable import Configuration

@Suite struct PathPatternTests {
    @Test func `a pattern is literals, parameters, stars and a rest`() throws {
        let pattern = try Configuration.PathPattern("/accounts/:id/*/meta/**")
        #expect(pattern.segments == [.literal("accounts"), .parameter("id"), .any, .literal("meta"), .rest])
        #expect(pattern.parameters == ["id"])
        #expect(pattern.hasRest)
        #expect(pattern.description == "/accounts/:id/*/meta/**")
    }

    @Test func `a slash at the end is a segment that is empty`() throws {
        #expect(try Configuration.PathPattern("/").segments == [])
        #expect(try Configuration.PathPattern("/a/").segments == [.literal("a"), .literal("")])
        #expect(try Configuration.PathPattern("/a/").description == "/a/")
    }

    @Test(arguments: [
        ("/a%2Db", "/a-b"), ("/a%7eb", "/a~b"), ("/caf%c3%a9", "/caf%C3%A9"), ("/café", "/caf%C3%A9"),
        ("/a:b", "/a:b"), ("/a%3ab", "/a%3Ab"), ("/%41%2a", "/A%2A"),
    ])
    func `literals have one spelling`(text: String, normal: String) throws {
        #expect(try Configuration.PathPattern(text).description == normal)
    }

    @Test(arguments: [
        ("a", #"a path begins with "/""#), ("", #"a path begins with "/""#),
        ("/a/{id}", #"path parameters are written ":id", not "{id}""#),
        ("/a/**/b", #""**" is the last segment of a path"#),
        ("/a*", #""*" stands for a whole segment, not for a part as in "a*""#),
        ("/a%2fb", #"a path has no encoded "/", "\" or NUL"#), ("/a%5Cb", #"a path has no encoded "/", "\" or NUL"#),
        ("/a%00", #"a path has no encoded "/", "\" or NUL"#), ("/a%zz", #""%" is followed by two hexadecimal digits"#),
        ("/a%4", #""%" is followed by two hexadecimal digits"#), ("/:a/:a", #"the parameter ":a" appears twice"#),
        ("//", "a path has no empty segments"), ("/a//b", "a path has no empty segments"),
        ("/a/../b", #"a path has no ".." segments"#), ("/a/%2e%2e", #"a path has no ".." segments"#),
        ("/a?x", "a path has no query and no fragment"), ("/a#x", "a path has no query and no fragment"),
        ("/:1", #"a parameter is named by letters, digits and "_", unlike ":1""#),
        ("/:", #"a parameter is named by letters, digits and "_", unlike ":""#),
        ("/a b", "a path has no spaces, quotes or control characters"),
    ])
    func `what no request can have is refused`(text: String, sentence: String) {
        #expect(throws: Configuration.PathPattern.Problem(sentence: sentence)) {
            try Configuration.PathPattern(text)
        }
    }
}
