internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP

/// One line of the table of routes.
struct RouteRow {
    private static let columns = ["face", "method", "address", "operation", "upstream", "policies", "route"]

    private let cells: [String]

    init(_ route: Route, of plan: Plan) {
        let methods = route.match.methods?.map(\.description).joined(separator: ",") ?? "any"
        let address = (route.match.host ?? "") + route.match.path.description
        let (face, upstream) =
            switch route.action {
            case .call(let face, _, let index): (face.faceName, plan.upstreams[index].name)
            case .serve(let face, _), .host(let face, _, _): (face.faceName, "")
            case .answer: ("description", "")
            }
        let operation = route.operation.map { "\($0.service).\($0.name)" } ?? ""
        cells = [face, methods, address, operation, upstream, "", route.name]
    }

    /// By address, then method.
    var order: (String, String) { (cells[2], cells[1]) }

    var json: JSON {
        .object(
            zip(Self.columns, cells).map { column, cell in
                (key: column, value: column == "policies" ? [] : cell.isEmpty ? .null : .string(cell))
            })
    }

    static func table(_ rows: [RouteRow]) -> Table {
        Table(header: columns, rows: rows.map { row in row.cells.map { $0.isEmpty ? "-" : $0 } })
    }
}
