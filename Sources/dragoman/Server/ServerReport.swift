internal import Configuration
internal import Engine
internal import Glibc
internal import Reactor

/// What `serve` says once it serves: listeners with their limits, and routes.
struct ServerReport {
    private let listeners: [(name: String, address: String, limits: Configuration.Limits)]
    private let routes: [RouteRow]
    private let workers: Int

    init(_ server: Server, _ configuration: Configuration, _ plan: Plan) {
        listeners = zip(server.addresses, configuration.listeners).map { bound, listener in
            (bound.name, bound.address.description, listener.limits)
        }
        routes = plan.routes.map { RouteRow($0, of: plan) }.sorted { $0.order < $1.order }
        workers = server.workers.count
    }

    func text(asJSON: Bool) -> String {
        asJSON ? json.text() : [listenerTable.text, RouteRow.table(routes).text].joined(separator: "\n\n")
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

    private var json: JSON {
        [
            "listeners": .array(
                listeners.map { ["name": .string($0.name), "address": .string($0.address)] }),
            "workers": .integer(workers),
            "routes": .array(routes.map(\.json)),
        ]
    }
}

/// What was printed is shown at once, also where the output is a file or a pipe.
func fflushStandardOutput() {
    fflush(nil)
}
