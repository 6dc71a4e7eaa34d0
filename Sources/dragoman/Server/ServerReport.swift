internal import Configuration
internal import Engine
internal import Glibc
internal import Reactor

/// What `serve` says once it serves: listeners with their limits, and routes.
struct ServerReport {
    private let listeners: [(name: String, address: String, limits: Configuration.Limits)]
    private let routes: [RouteRow]
    private let workers: Int
    private let admin: (address: String, hasToken: Bool)?

    init(_ server: Server, _ configuration: Configuration, _ plan: Plan) {
        listeners = zip(server.addresses, configuration.listeners).map { bound, listener in
            (bound.name, bound.address.description, listener.limits)
        }
        routes = plan.routes.map { RouteRow($0, of: plan) }.sorted { $0.order < $1.order }
        workers = server.workers.count
        admin = server.admin.map { ($0.description, configuration.admin?.token != nil) }
    }

    func text(asJSON: Bool) -> String {
        guard !asJSON else { return json.text() }
        return [listenerTable.text, adminLine, RouteRow.table(routes).text].compactMap(\.self).joined(separator: "\n\n")
    }

    private var listenerTable: Table {
        Table(
            header: ["listener", "address", "workers", "head", "fields", "body", "connections per ip"],
            rows: listeners.map { listener in
                [
                    listener.name, listener.address, String(workers), "\(listener.limits.headerBytes) B",
                    String(listener.limits.headerFields),
                    listener.limits.body.map { "\($0) B" } ?? "\(Configuration.Limits.translatedBody) B translated",
                    String(listener.limits.connectionsPerIP),
                ]
            })
    }

    private var adminLine: String? {
        admin.map {
            "admin API at \($0.address), \($0.hasToken ? "with its token" : "for this machine, without a token")"
        }
    }

    private var json: JSON {
        let admin = self.admin.map { ["address": .string($0.address), "token": .bool($0.hasToken)] as JSON } ?? .null
        return [
            "listeners": .array(
                listeners.map { ["name": .string($0.name), "address": .string($0.address)] }),
            "workers": .integer(workers),
            "admin": admin,
            "routes": .array(routes.map(\.json)),
        ]
    }
}

/// What was printed is shown at once, also where the output is a file or a pipe.
func fflushStandardOutput() {
    fflush(nil)
}
