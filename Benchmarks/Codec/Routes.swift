internal import Buffers
internal import Engine
internal import HTTP
internal import ProtobufSchema
internal import REST
internal import TestSupport

/// Looking paths up among the http rules of many real services, all in one router.
struct Routes {
    /// How many rules there are: none without the acceptance corpus.
    let count: Int
    /// Of all paths.
    var byteCount: Int { samples.reduce(0) { $0 + $1.path.count } }
    private let router: Router
    private let samples: [(head: HTTPRequestHead, path: [UInt8])]

    init() throws {
        let lines = Corpus.read("http-templates.jsonl.gz").array.split(separator: UInt8(ascii: "\n"))
        var routes: [Route] = []
        var samples: [(head: HTTPRequestHead, path: [UInt8])] = []
        for line in lines {
            let values = String(decoding: line, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
            let template = try HTTPTemplate(String(values[7]))
            var head = HTTPRequestHead()
            head.method = HTTPMethod(String(values[3]))
            routes.append(
                Route(
                    name: String(values[7]), match: RouteMatch(path: PathPattern(template), methods: [head.method]),
                    action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits()))
            samples.append((head, Self.sample(of: template)))
        }
        router = Router(routes)
        count = routes.count
        self.samples = samples
    }

    /// Looks every path up once.
    func lookUpAll() throws {
        var captures = PathCaptures()
        for (head, path) in samples {
            guard case .route = router.match(head, path: path.span.bytes, captures: &captures) else {
                throw Bank.Missing(name: String(decoding: path, as: UTF8.self))
            }
        }
    }

    /// A path that the template means.
    private static func sample(of template: HTTPTemplate) -> [UInt8] {
        let segments = template.segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .any: "v-1"
            case .rest: "v-1/v-2"
            }
        }
        return Array(("/" + segments.joined(separator: "/") + (template.verb.map { ":" + $0 } ?? "")).utf8)
    }
}
