import Buffers
import Canonical
import HTTP
import JSONCodec
import REST
import Testing

@Suite struct HTTPRuleTests {
    private let library: Library

    init() throws {
        library = try Library.shared.get()
    }

    @Test(arguments: [
        ("/v1/shelves/1/books/a%20b", #"{"name":"shelves/1/books/a b"}"#), ("/v1/books/x:y", #"{"name":"x:y"}"#),
        ("/v1/files/a/b/c", #"{"name":"a/b/c"}"#), ("/v1/files/a/b/", #"{"name":"a/b/"}"#),
        ("/v1/files", #"{}"#), ("/v1/trees/a/b/leaf/x", #"{"name":"trees/a/b/leaf","like":{"title":"x"}}"#),
    ])
    func `a variable is the part of the path that it stands for`(path: String, message: String) throws {
        #expect(try library.call(.get, path) == "GetBook " + message)
    }

    @Test(arguments: [
        ("deep=true&kinds=NOVEL&kinds=2", #""deep":true,"kinds":["NOVEL","POEM"]"#),
        ("like.title=T&like.author.full_name=A", #""like":{"author":{"fullName":"A"},"title":"T"}"#),
        ("like.author.fullName=A&like.author.born=5", #""like":{"author":{"born":"5","fullName":"A"}}"#),
        ("like.tags=a&like.tags=b&like.counts[x]=1", #""like":{"counts":{"x":1},"tags":["a","b"]}"#),
        ("like.counts[a.b]=1&like.counts[c%5D]=2", #""like":{"counts":{"a.b":1,"c]":2}}"#),
        ("like.printed=2026-01-01T00:00:00Z&like.pages=0", #""like":{"pages":0,"printed":"2026-01-01T00:00:00Z"}"#),
        ("mask=title,author.fullName", #""mask":"title,author.fullName""#),
    ])
    func `the query is what the path has not`(query: String, members: String) throws {
        #expect(try library.call(.get, "/v1/books/b?" + query) == #"GetBook {"name":"b","# + members + "}")
    }

    @Test(arguments: [
        ("nope=1", "request.unknown_parameter"), ("like=1", "request.unknown_parameter"),
        ("like.nope=1", "request.unknown_parameter"), ("kinds.x=1", "request.unknown_parameter"),
        ("like.counts[x=1", "request.unknown_parameter"), ("like.=1", "request.unknown_parameter"),
        ("like..title=1", "request.unknown_parameter"), (".like=1", "request.unknown_parameter"),
        ("like.title[x]=1", "request.unknown_parameter"),
        ("deep=maybe", "request.invalid"), ("name=other", "request.invalid"), ("kinds=EPIC", "request.invalid"),
    ])
    func `a parameter that means nothing is refused`(query: String, reason: String) throws {
        #expect(try library.call(.get, "/v1/books/b?" + query) == reason)
    }

    @Test func `a verb is no part of what stands before it`() throws {
        let moved = try library.call(.post, "/v1/shelves/7:move", body: #"{"shelf":"s","name":"ignored"}"#)
        #expect(moved == #"MoveBook {"shelf":"s","name":"shelves/7"}"#)
        #expect(try library.call(.post, "/v1/shelves/7:move") == #"MoveBook {"name":"shelves/7"}"#)
        #expect(try library.call(.post, "/v1/shelves/7:move?speed=1") == "request.unknown_parameter")
        #expect(try library.call(.post, "/v1/shelves/7:drop") == "no route")
        #expect(try library.call(.post, "/v1/shelves/7") == "no route")
        #expect(try library.call(.get, "/v1/s/list:all?speed=3") == #"ListBooks {"shelf":"s","speed":3}"#)
    }

    @Test func `a body that is a field keeps to it, and fills a mask`() throws {
        let path = "/v1/shelves/1/books/2"
        let patched = try library.call(.patch, path, body: #"{"title":"T","author":{"full_name":"A"},"name":"x"}"#)
        #expect(
            patched == "UpdateBook " + #"{"book":{"title":"T","author":{"fullName":"A"},"name":"shelves/1/books/2"},"#
                + #""updateMask":"title,author.fullName,name"}"#)
        let masked = try library.call(.patch, path + "?update_mask=title&force=true", body: #"{"title":"T"}"#)
        #expect(
            masked == "UpdateBook "
                + #"{"force":true,"updateMask":"title","book":{"title":"T","name":"shelves/1/books/2"}}"#)
        #expect(try library.call(.patch, path, body: #"{"title":"T"},"force":true,"x":{"#) == "json.syntax")
        #expect(try library.call(.patch, path, body: "[1]") == "request.invalid")
        #expect(try library.call(.patch, path + "?book.title=T", body: "{}") == "request.unknown_parameter")
    }

    @Test func `a parameter that means nothing is passed over where that is wanted`() throws {
        var options = RESTBinding.Options()
        options.ignoresUnknownParameters = true
        #expect(
            try library.call(.get, "/v1/books/b?nope=1&deep=true", options: options)
                == #"GetBook {"name":"b","deep":true}"#)
    }

    @Test func `a rule may have a method of its own, or any`() throws {
        let found = try library.call(HTTPMethod("SEARCH"), "/v1/books?deep=1", body: "[\"POEM\", 1]")
        #expect(found == #"SearchBooks {"deep":true,"kinds":["POEM","NOVEL"]}"#)
        #expect(try library.call(.post, "/v1/books") == "no route")
        for method in [HTTPMethod.get, .put, .post, .patch, .delete] {
            #expect(try library.call(method, "/v1/any/2") == #"SearchBooks {"like":{"kind":"POEM"}}"#)
        }
    }

    @Test func `an operation without a rule is at its own name`() throws {
        let path = "/api/library.v1.Books/WatchBooks"
        #expect(try library.call(.post, path, body: #"{"name":"n"}"#) == #"WatchBooks {"name":"n"}"#)
        #expect(try library.call(.get, path) == "no route")
    }

    @Test func `every binding is an address`() throws {
        let texts = try library.addresses().map { "\($0.method) \($0.path)" }
        #expect(
            texts == [
                "GET /v1/shelves/:name_1/books/:name_2", "GET /v1/books/:name", "GET /v1/files/**",
                "GET /v1/trees/**/leaf/:like.title",
                "PATCH /v1/shelves/:book.name_1/books/:book.name_2", "POST /v1/shelves/:name_1:move",
                "SEARCH /v1/books", "GET /v1/any/:like.kind", "PUT /v1/any/:like.kind", "POST /v1/any/:like.kind",
                "PATCH /v1/any/:like.kind", "DELETE /v1/any/:like.kind", "GET /v1/:shelf/list:all",
                "POST /api/library.v1.Books/WatchBooks", "PUT /v1/covers/:name",
                "GET /v1/covers/:name", "POST /v1/covers/:name:send", "GET /v1/covers/:name:read",
                "POST /api/library.v1.Books/Echo",
            ])
    }
}
