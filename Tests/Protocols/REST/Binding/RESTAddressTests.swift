import Canonical
import Engine
import REST
import Testing

@Suite struct RESTAddressTests {
    @Test(arguments: [
        ("GetAccount", "get-account"), ("getAccount", "get-account"), ("GetAccountByID", "get-account-by-id"),
        ("HTTPServer", "http-server"), ("ID", "id"), ("a", "a"), ("Add2Numbers", "add2-numbers"), ("x_y", "x-y"),
        ("_x_", "x"), ("x__y", "x-y"), ("get.account", "get-account"), ("ÄndereName", "ändere-name"),
        ("v1API", "v1-api"),
        ("", ""), ("___", ""),
    ])
    func `names become addresses`(name: String, address: String) {
        #expect(RESTAddress.kebabCase(name) == address)
    }

    @Test(arguments: [
        ("Zebra", "path.id", "route.unknown-field"), ("Note.x", "path.id", "route.unknown-field"),
        ("Period", "path.id", "route.not-a-value"), ("Note", "path.di", "route.unknown-parameter"),
        ("Note", "cookie.a", "route.unknown-source"), ("Note", "Note", "route.unknown-source"),
        ("", "body.x", "route.not-a-value"),
    ])
    func `a mapping that cannot be is found at load`(target: String, source: String, rule: String) {
        let error = #expect(throws: Diagnostic.self) {
            try FieldMapping(
                target, from: source, in: PathPattern("/a/:id"), of: Bank.operation("GetAccount"), Bank.schema)
        }
        #expect(error?.rule == rule)
    }
}
