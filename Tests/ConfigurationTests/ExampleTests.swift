import Canonical
import Configuration
import Testing

@Suite struct ExampleTests {
    @Test func `the reference's example fails only for what this version does not have`() {
        let secrets = ["BANK_PASSWORD": "hunter2", "ADMIN_TOKEN": "hunter3"]
        let loaded = Configuration.parse(exampleConfiguration, files: MemoryFileSystem(), environment: secrets)
        let places = loaded.diagnostics.map { "\($0.message.prefix { $0 != ":" })" }
        #expect(Set(loaded.diagnostics.map(\.rule)) == ["config.unsupported"])
        #expect(
            places == [
                "upstreams.bank.soap.ws_security", "upstreams.stock.health",
                "upstreams.stock.outliers", "upstreams.stock.circuit.pending",
                "routes[0].as[1]", "routes[6].use", "routes[7].join", "routes[8].split",
                "policies", "observe.traces",
            ])
    }
}
