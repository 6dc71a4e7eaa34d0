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
    private(set) var byteCount = 0
    private let router: Router
    /// The paths by their methods.
    private var samples: [HTTPMethod: [[UInt8]]] = [:]

    init() throws {
        let lines = Corpus.read("http-templates.jsonl.gz").array.split(separator: UInt8(ascii: "\n"))
        var routes: [Route] = []
        for line in lines {
            let values = String(decoding: line, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
            let template = try HTTPTemplate(String(values[7]))
            let method = HTTPMethod(String(values[3]))
            routes.append(
                Route(
                    name: String(values[7]), match: RouteMatch(path: PathPattern(template), methods: [method]),
                    action: .answer(LocalAnswer(contentType: "", body: [])), limits: RouteLimits()))
            let sample = Self.sample(of: template)
            samples[method, default: []].append(sample)
            byteCount += sample.count
        }
        router = Router(routes)
        count = routes.count
    }

    /// Looks every path up once.
    func lookUpAll() throws {
        var captures = PathCaptures()
        for (method, paths) in samples {
            var head = HTTPRequestHead()
            head.method = method
            try lookUp(paths, head, &captures)
        }
    }

    private func lookUp(
        _ paths: [[UInt8]], _ head: borrowing HTTPRequestHead, _ captures: inout PathCaptures
    ) throws {
        for path in paths {
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
