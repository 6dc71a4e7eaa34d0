internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import REST

// What an exposed contract says about itself.
extension PlanBuilder {
    /// `GET {under}/openapi.json` and `GET {under}/docs`, made when somebody asks.
    mutating func describe(
        _ addresses: [RESTAddress], under: String, of route: Configuration.Route, in loaded: LoadedContract
    ) {
        guard !addresses.isEmpty else { return }
        let contract = loaded.contract
        let document = DeferredDocument { OpenAPIDocument(contract, addresses: addresses).text() }
        let page = DeferredDocument {
            Bytes(DocsPage(title: contract.name, description: await document.bytes).text())
        }
        answer("\(under)/openapi.json", LocalAnswer(contentType: "application/json", document: document), of: route)
        answer("\(under)/docs", LocalAnswer(contentType: "text/html; charset=utf-8", document: page), of: route)
    }

    /// `GET {under}/contract.proto`, where a .proto file was made of the contract.
    mutating func describe(_ contract: GRPCContract, under: String, of route: Configuration.Route) {
        guard let text = contract.text else { return }
        answer(
            "\(under)/contract.proto", LocalAnswer(contentType: "text/plain; charset=utf-8", body: Array(text.utf8)),
            of: route)
    }

    private mutating func answer(_ path: String, _ answer: LocalAnswer, of route: Configuration.Route) {
        add(
            Route(
                name: route.name, match: RouteMatch(route, path: PathPattern(path), methods: [.get]),
                action: .answer(answer), limits: RouteLimits()))
    }
}
