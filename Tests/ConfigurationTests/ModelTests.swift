import Configuration
import Testing

@Suite struct ModelTests {
    private let text = """
        version: 1
        workers: 3
        observe: { access_log: { path: logs/access.log, format: text } }
        listeners:
          public:
            address: "[::1]:8080"
            limits: { connections: 10000, connections_per_ip: 9, header_bytes: 16KiB, body: 2MiB }
            timeouts: { head: 5s, drain: 0s }
        upstreams:
          bank:
            contract: wsdl/bank.wsdl
            import_paths: [/usr/share/xsd, schemas]
            soap: { version: "1.2", validate: log, arrays: collapsed, unknown: ignore, fill_defaults: true }
            json: { unknown_members: ignore, unknown_parameters: ignore }
            timeout: 2s
            retry: { attempts: 3, on: [connect, unavailable], budget: 12.5% }
          web:
            endpoints: [{ url: "http://a:81/base", weight: 3 }, "http://b"]
            balance: least_requests
            connect_timeout: 250ms
            pool: { idle: 0, idle_timeout: 1m }
            circuit: { connections: 9, requests: 7 }
        routes:
          - expose: bank.Accounts.GetAccount
            as: rest
            under: /bank/
            priority: 3
          - put: /accounts/:id
            call: bank.GetAccount
            map: { Account.Id: path.id, Verbose: query.verbose, Tenant: header.X-Tenant, Name: body.a.b }
            faults: { NoSuchAccount: 404 }
            respond: { unwrap: GetAccountResult, status: 201 }
            timeout: 800ms
          - path: /catalog/**
            host: "*.Example.com"
            methods: [GET, HEAD]
            headers: { X-Version: "2", X-Beta: "*" }
            to: web
            rewrite: { path: /v2/**, headers: { set: { X-Shop: "1" }, remove: [Cookie] } }
        """

    private func loaded() throws -> Configuration {
        try #require(Configuration.parse(text, named: "etc/dragoman.yaml").configuration)
    }

    @Test func `listeners have what the file says and the defaults beside it`() throws {
        let configuration = try loaded()
        #expect(configuration.workers == 3)
        #expect(configuration.observe.accessLog?.destination == .file("etc/logs/access.log"))
        #expect(configuration.observe.accessLog?.format == .text)
        let listener = try #require(configuration.listeners.first)
        #expect(listener.name == "public")
        #expect(listener.address == .tcp(host: "::1", port: 8080))
        #expect(listener.limits.connections == 10_000)
        #expect(listener.limits.connectionsPerIP == 9)
        #expect(listener.limits.headerBytes == 16_384)
        #expect(listener.limits.body == 2 << 20)
        #expect(listener.limits.requests == 1000)
        #expect(listener.timeouts.head == .seconds(5))
        #expect(listener.timeouts.drain == .zero)
        #expect(listener.timeouts.idle == .seconds(60))
    }

    @Test func `a service may say itself what it is`() throws {
        let text = """
            version: 1
            listeners: { a: { address: ":0" } }
            upstreams:
              stock:
                contract: reflection
                endpoints: ["grpcs://stock:9000"]
                reflection: { interval: 30s, keep: kept/stock.binpb }
              plain: { contract: reflection, endpoints: ["h2c://plain"], reflection: { interval: 0s } }
              file: { contract: ./reflection }
            """
        let configuration = try #require(Configuration.parse(text, named: "etc/dragoman.yaml").configuration)
        let stock = try #require(configuration.upstream(named: "stock"))
        #expect(stock.contract == .reflection)
        #expect(stock.reflection.interval == .seconds(30) && stock.reflection.keep == "etc/kept/stock.binpb")
        let plain = try #require(configuration.upstream(named: "plain"))
        #expect(plain.reflection.interval == .seconds(300) && plain.reflection.keep == nil)
        #expect(configuration.upstream(named: "file")?.contract == .file("etc/./reflection"))
    }

    @Test func `upstreams have what the file says`() throws {
        let configuration = try loaded()
        let bank = try #require(configuration.upstream(named: "bank"))
        #expect(bank.contract == .file("etc/wsdl/bank.wsdl"))
        #expect(bank.importPaths == ["/usr/share/xsd", "etc/schemas"])
        #expect(bank.soap.version == .v12)
        #expect(bank.soap.validation == .log)
        #expect(bank.soap.unknown == .ignore)
        #expect(bank.soap.fillsDefaults)
        #expect(bank.json.unknownMembers == .ignore && bank.json.unknownParameters == .ignore)
        #expect(bank.soap.arrays == .collapsed)
        #expect(bank.retry.attempts == 3)
        #expect(bank.retry.causes == [.connect, .unavailable])
        #expect(bank.retry.budget == 0.125)
        let web = try #require(configuration.upstream(named: "web"))
        #expect(web.endpoints.map(\.weight) == [3, 1])
        #expect(web.endpoints.map(\.authority) == ["a:81", "b"])
        #expect(web.soap.validation == .off && web.soap.unknown == nil && !web.soap.fillsDefaults)
        #expect(web.json.unknownMembers == .reject)
        #expect(web.balance == .leastRequests)
        #expect(web.connectTimeout == .milliseconds(250))
        #expect(web.pool.idle == 0)
        #expect(web.circuit.connections == 9 && web.circuit.requests == 7)
        #expect(web.timeout == .seconds(15))
    }

    @Test func `an exposed contract has faces and a prefix`() throws {
        guard case .expose(let exposure) = try loaded().routes[0].action else { throw WrongKind() }
        #expect(exposure.operations == .init(upstream: "bank", operation: "Accounts.GetAccount"))
        #expect(exposure.faces == [.rest])
        #expect(exposure.under == "/bank")
        #expect(try loaded().routes[0].priority == 3)
    }

    @Test func `a hand-shaped route has bindings, statuses and a shape`() throws {
        guard case .call(let call) = try loaded().routes[1].action else { throw WrongKind() }
        #expect(call.method == .put)
        #expect(call.path.description == "/accounts/:id")
        #expect(call.operation.description == "bank.GetAccount")
        #expect(call.bindings.map(\.field) == [["Account", "Id"], ["Verbose"], ["Tenant"], ["Name"]])
        #expect(
            call.bindings.map(\.source) == [
                .path(parameter: "id"), .query(name: "verbose"), .header(name: "x-tenant"), .body(["a", "b"]),
            ])
        #expect(call.faults.map(\.fault) == ["NoSuchAccount"])
        #expect(call.faults.map(\.status) == [404])
        #expect(call.response.unwrap == "GetAccountResult")
        #expect(call.response.status == 201)
        #expect(try loaded().routes[1].timeout == .milliseconds(800))
    }

    @Test func `a proxy has conditions and rewrites`() throws {
        let route = try loaded().routes[2]
        guard case .proxy(let proxy) = route.action else { throw WrongKind() }
        #expect(route.host == .subdomains(suffix: ".example.com"))
        #expect(route.headers == [.init(name: "x-version", value: "2"), .init(name: "x-beta", value: nil)])
        #expect(proxy.methods == [.get, .head])
        #expect(proxy.upstream == "web")
        #expect(proxy.rewrite.path?.description == "/v2/**")
        #expect(proxy.rewrite.headers.set == [.init(name: "X-Shop", value: "1")])
        #expect(proxy.rewrite.headers.remove == ["Cookie"])
    }

    private struct WrongKind: Error {}
}
