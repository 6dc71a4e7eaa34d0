import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import REST
import Testing

/// The description of operations of protobuf, by their http rules.
@Suite struct RuleOpenAPITests {
    private let api: JSONValue

    init() throws {
        let library = try Library.shared.get()
        api = try JSONValue(OpenAPIDocument(library.contract, addresses: try library.addresses()).text())
    }

    private func parameters(_ place: String) -> [String] {
        guard case .array(let list)? = api.at("paths/\(place)/parameters") else { return [] }
        return list.map { parameter in
            let style = parameter["style"]?.string.map { " " + $0 } ?? ""
            return "\(parameter["in"]?.string ?? "") \(parameter["name"]?.string ?? "")\(style)"
        }
    }

    @Test func `every reference leads to something, and nothing else is there`() {
        let references = Set(api.all("$ref").compactMap(\.string))
        for reference in references { #expect(api.at(String(reference.dropFirst(2))) != nil, "\(reference)") }
        #expect(
            api.at("components/schemas")?.names.sorted() == [
                "dragoman.Problem", "google.api.HttpBody", "library.v1.Author", "library.v1.Book", "library.v1.Cover",
                "library.v1.Get", "library.v1.Move", "library.v1.Page", "library.v1.Update",
            ])
    }

    @Test func `paths have their variables, and the names of the first who has them`() {
        #expect(api["paths"]?.names.contains("/v1/shelves/{name_1}/books/{name_2}") == true)
        #expect(api.at("paths/~v1~shelves~{name_1}~books~{name_2}")?.names == ["get", "patch"])
        #expect(api["paths"]?.names.contains("/v1/shelves/{name_1}:move") == true)
        #expect(parameters("~v1~shelves~{name_1}~books~{name_2}/patch").prefix(2) == ["path name_1", "path name_2"])
        #expect(parameters("~v1~files~{rest}/get").first == "path rest")
    }

    @Test func `the query has the fields of inner messages, and maps`() {
        #expect(
            parameters("~v1~books~{name}/get") == [
                "path name", "query like.name", "query like.title", "query like.author.fullName",
                "query like.author.born", "query like.kind", "query like.tags", "query like.counts deepObject",
                "query like.printed", "query like.pages", "query kinds", "query deep", "query mask",
            ])
        #expect(
            parameters("~v1~shelves~{name_1}~books~{name_2}/patch").dropFirst(2) == ["query updateMask", "query force"])
        #expect(parameters("~v1~shelves~{name_1}:move/post") == ["path name_1"])
    }

    @Test func `streams have the types that they come in`() {
        let watch = api.at("paths/~api~library.v1.Books~WatchBooks/post/responses/200/content")
        #expect(watch?.names == ["application/json", "application/x-ndjson", "text/event-stream"])
        #expect(watch?.at("application~json/schema/type")?.string == "array")
        #expect(watch?.at("application~x-ndjson/schema/$ref")?.string == "#/components/schemas/library.v1.Book")
    }

    @Test func `bytes have any type`() {
        let cover = api.at("paths/~v1~covers~{name}/put")
        #expect(cover?.at("requestBody/content")?.names == ["*/*"])
        #expect(cover?.at("responses/200/content")?.names == ["*/*"])
        #expect(api.at("paths/~v1~covers~{name}:read/get/responses/200/content")?.names == ["*/*"])
    }

    @Test func `types are those of proto3 JSON`() {
        let book = api.at("components/schemas/library.v1.Book/properties")
        #expect(
            book?["printed"]?.text
                == #"{"x-protobuf-type":"google.protobuf.Timestamp","type":"string","format":"date-time"}"#)
        #expect(book?.at("kind/enum")?.text == #"["UNKNOWN","NOVEL","POEM"]"#)
        #expect(
            book?["counts"]?.text == #"{"type":"object","additionalProperties":{"type":"integer","format":"int32"}}"#)
    }

    @Test func `methods that OpenAPI does not know stand apart`() throws {
        let depot = try Depot.shared.get()
        let addresses = try depot.contract.operations.flatMap { operation in
            try RESTAddress.addresses(
                of: operation, under: "", schema: depot.contract.schema, request: depot.requests,
                response: depot.answers)
        }
        let api = try JSONValue(OpenAPIDocument(depot.contract, addresses: addresses).text())
        #expect(api.at("paths/~v1~items")?.names == ["x-additional-operations"])
        #expect(api.at("paths/~v1~items/x-additional-operations/SEARCH/operationId")?.string == "Seek")
        #expect(
            api.at("paths/~v1~fill/post/requestBody/content")?.names == ["application/json", "application/x-ndjson"])
        #expect(
            api.at("components/schemas/depot.v1.Size/properties/height/anyOf")?.text
                == #"[{"type":"number","format":"double"},{"enum":["NaN","Infinity","-Infinity"]}]"#)
    }
}
