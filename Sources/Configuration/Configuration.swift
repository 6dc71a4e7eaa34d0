/// Configuration: reads what the user wrote and says, of everything at once, what is wrong with it.
///
/// The keys of every mapping are declared once, beside the properties they set; reading, findings and the JSON Schema
/// follow from the declarations. The module knows nothing of protocols, sockets or calls: the executable turns the
/// values here into those of the other modules. Its types are nested in `Configuration`, so that they are told from the
/// engine's own routes and upstreams.

/// What the gateway is to do: listeners, upstreams and routes, with all defaults filled in.
public struct Configuration: Configurable, Sendable {
    /// Of the file's language.
    public var version = 1
    /// Event loops; nil: one for each core.
    public var workers: Int?
    public var listeners: [Listener] = []
    public var upstreams: [Upstream] = []
    /// Their order says nothing.
    public var routes: [Route] = []
    public var observe = Observe()
    /// Nil: the gateway is asked nothing.
    public var admin: Admin?
    /// Patterns of further files, whose listeners, upstreams and routes are added to those here.
    public var include: [String] = []

    public init() {}

    public init(listeners: [Listener], upstreams: [Upstream], routes: [Route]) {
        self.listeners = listeners
        self.upstreams = upstreams
        self.routes = routes
    }

    public func upstream(named name: String) -> Upstream? {
        upstreams.first { $0.name == name }
    }

    /// Bytes of the largest message that a socket of any route takes.
    public var largestSocketMessage: Int {
        routes.map { route in
            switch route.action {
            case .socket(let socket): socket.settings.messageBytes
            case .expose(let exposure): exposure.sockets.messageBytes
            case .proxy, .call: 0
            }
        }.max() ?? 0
    }

    static let keys: [Key<Configuration>] = [
        .required("version", \.version, .integer(1...1), "The version of this file's language."),
        .optional(
            "include", \.include, includeShape, "Further files, relative to this one; * and ? stand for any characters."
        ),
        .optional("workers", \.workers, .integer(1...1024), "Event loops; by default one for each core."),
        .required("listeners", \.listeners, .named("a mapping from names to listeners"), "Where clients connect."),
        .optional(
            "upstreams", \.upstreams, .named("a mapping from names to upstreams"), "The services behind the gateway."),
        .optional(
            "routes", \.routes, .list(of: Route.shape), "Which requests are answered how; their order says nothing."),
        .optional("observe", \.observe, .mapping, "What the gateway tells about itself."),
        .optional(
            "admin", \.admin, .mapping, "Where the gateway is asked about itself, and told to send to clients' sockets."
        ),
        .unsupported("policies"),
    ]

    func inspect(_ node: YAMLNode, reader: inout Reader) {
        guard let entry = node["listeners"], case .mapping(let entries) = entry.value.content, entries.isEmpty else {
            return
        }
        reader.descend(into: entry) { node, reader in reader.missing("at least one listener is needed", in: node) }
    }

    static let includeShape = Shape<[String]>.oneOrMore(of: .text)
}
