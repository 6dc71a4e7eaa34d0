import Buffers
import HTTP
import Testing

@testable import REST

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("application/json", true), ("APPLICATION/JSON", true), ("text/json", true), (" application/json ;x=y", true),
        ("application/json;charset=utf-8", true), ("application/json; charset=\"UTF-8\"", true),
        ("application/problem+json", true), ("application/a+json", true), ("application/json; charset=utf-16", false),
        ("application/jsonp", false), ("application/+json", false), ("application/json+xml", false), ("", false),
        ("text/plain", false), ("text/xml; a=application/json", false), ("application/json, text/plain", false),
    ])
    func `a content type is JSON or it is not`(value: String, isJSON: Bool) {
        #expect(MediaType.isJSON(Array(value.utf8).span.bytes) == isJSON)
    }

    @Test(arguments: [
        ("*/*", true), ("application/*", true), ("application/json", true), ("Application/Json", true),
        ("text/html,application/json;q=0.001", true), ("application/problem+json", true), ("*/*;q=1", true),
        ("text/html;level=1, */*; q=0.5", true), ("", false), ("text/*", false), ("application/xml", false),
        ("application/json;q=0", false), ("*/*; q=0.000", false), ("application/json; Q=0", false), (",,", false),
    ])
    func `a wish admits JSON or it does not`(value: String, admits: Bool) {
        #expect(MediaType.acceptsJSON(Array(value.utf8).span.bytes) == admits)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a": "1", "b": "2"]), ("a", ["a": ""]), ("a=", ["a": ""]), ("=1", ["": "1"]),
        ("&&a=1&", ["a": "1"]),
        ("a=b=c", ["a": "b=c"]), ("%61=%62+%2B", ["a": "b +"]), ("", [:]),
    ])
    func `a query has parameters`(query: String, parameters: [String: String]) {
        let read = QueryString(Array(query.utf8).span.bytes)
        #expect(
            Dictionary((read?.parameters ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) == parameters)
    }
}
