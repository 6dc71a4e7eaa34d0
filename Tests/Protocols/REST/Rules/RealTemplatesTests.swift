import Buffers
import Engine
import HTTP
import ProtobufSchema
import REST
import TestSupport
import Testing

/// The http rules of real services, all at once.
@Suite struct RealTemplatesTests {
    private struct Rule {
        let method: HTTPMethod
        let path: PathPattern
        /// A path that the template means.
        let sample: [UInt8]
    }

    private func rules() throws -> [Rule] {
        try Corpus.read("http-templates.jsonl.gz").array.split(separator: UInt8(ascii: "\n")).map { line in
            let values = String(decoding: line, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
            let template = try HTTPTemplate(String(values[7]))
            return Rule(
                method: HTTPMethod(String(values[3])), path: PathPattern(template), sample: sample(of: template))
        }
    }

    private func sample(of template: HTTPTemplate) -> [UInt8] {
        let segments = template.segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .any: "v-1"
            case .rest: "v-1/v-2"
            }
        }
        return Array(("/" + segments.joined(separator: "/") + (template.verb.map { ":" + $0 } ?? "")).utf8)
    }

    @Test(.enabled(if: Corpus.has("http-templates.jsonl.gz")))
    func `each is found among all, by a route that takes its path and method`() throws {
        let rules = try rules()
        #expect(rules.count == 9269)
        let router = Router(
            rules.map { rule in
                Route(
                    name: rule.path.description, match: RouteMatch(path: rule.path, methods: [rule.method]),
                    action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits())
            })
        let alone = Dictionary(rules.map { ($0.path.description, $0) }, uniquingKeysWith: { first, _ in first })
        var captures = PathCaptures()
        for rule in rules {
            var head = HTTPRequestHead()
            head.method = rule.method
            guard case .route(let route) = router.match(head, path: rule.sample.span.bytes, captures: &captures) else {
                Issue.record("\(rule.method) \(rule.path) is not found")
                continue
            }
            #expect(route.match.methods == [rule.method])
            // What is found is the rule itself, or one that says more of the path.
            let literals = { (path: PathPattern) in
                path.segments.count { if case .literal = $0 { true } else { false } }
            }
            #expect(literals(route.match.path) >= literals(rule.path), "\(rule.path) became \(route.name)")
            #expect(alone[route.name] != nil)
        }
    }
}
