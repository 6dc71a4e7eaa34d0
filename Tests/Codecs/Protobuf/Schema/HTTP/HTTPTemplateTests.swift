import Buffers
import ProtobufSchema
import TestSupport
import Testing

struct HTTPTemplateTests {
    @Test func `a template has segments, variables and a verb`() throws {
        let template = try HTTPTemplate("/v1/{parent.name=shelves/*/books/**}:bulkRead")
        #expect(template.segments == [.literal("v1"), .literal("shelves"), .any, .literal("books"), .rest])
        #expect(template.variables.map(\.name) == ["parent.name"])
        #expect(template.variables.map(\.segments) == [1..<5])
        #expect(template.variables[0].isMultiSegment)
        #expect(template.verb == "bulkRead")
        #expect(template.shape == "/v1/shelves/*/books/**:bulkRead")
    }

    @Test(arguments: [
        ("/v1/{name}", false), ("/v1/{name=*}", false), ("/v1/{name=**}", true), ("/v1/{name=a/*}", true),
        ("/v1/{name=a}", false),
    ])
    func `a variable may have several segments or not`(_ text: String, _ isMultiSegment: Bool) throws {
        let template = try HTTPTemplate(text)
        #expect(template.variables.map(\.isMultiSegment) == [isMultiSegment])
    }

    @Test(arguments: [
        "/", "/v1", "/v1:verb", "/*", "/**", "/v1/*/a", "/{a}/{b}/{c.d_e}", "/{a=x/*}/y:z", "/{a}:b",
        "/a%20b/c-d.e_f~g",
        "/@me/$batch", "/{a=**}/b", "/v1/{a=**}:v", "/a:b/c", "/ab/{c=*}/d/{e=f/**}",
    ])
    func `the grammar is taken`(_ text: String) throws {
        _ = try HTTPTemplate(text)
    }

    @Test(arguments: [
        ("", 0), ("v1", 0), ("//", 1), ("/v1/", 4), ("/v1//a", 4), ("/{", 2), ("/{}", 2), ("/{a", 3), ("/{a=}", 4),
        ("/{a.}", 4), ("/{1a}", 2), ("/{a=*/", 6), ("/{a={b}}", 4), ("/{a}b", 4), ("/a*", 2), ("/***", 3), ("/a b", 2),
        ("/**/**", 4), ("/{a=**}/{b=**}", 11), ("/a:", 2), ("/a:b*", 4), ("/{a}/{a}", 5), ("/a}", 2), ("/a?b", 2),
        ("/ä", 1),
    ])
    func `what the grammar does not have is refused with its place`(_ text: String, _ offset: Int) throws {
        let error = try #require(throws: HTTPTemplateError.self) { try HTTPTemplate(text) }
        #expect(error.offset == offset)
    }

    @Test(.enabled(if: Corpus.has("http-templates.jsonl.gz")))
    func `the templates of real services are taken`() throws {
        let lines = Corpus.read("http-templates.jsonl.gz").array.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 9269)
        var count = 0
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            let start = try #require(text.firstRange(of: "\"template\": \"")?.upperBound)
            let template = text[start...].prefix { $0 != "\"" }
            if (try? HTTPTemplate(String(template))) != nil { count += 1 }
        }
        #expect(count == lines.count)
    }
}
