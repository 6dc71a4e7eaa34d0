import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import Testing

@testable import REST

@Suite struct OpenAPITests {
    private static func binding(
        _ operation: String, collapsing: Bool = false, _ change: (inout RESTBinding.Options) throws -> Void = { _ in }
    ) throws -> RESTBinding {
        var options = RESTBinding.Options()
        try change(&options)
        var json = JSONOptions()
        json.collapsesWrappers = collapsing
        let plan = JSONPlan(Bank.schema, options: json)
        return try RESTBinding(
            Bank.operation(operation), schema: Bank.schema, request: plan, response: plan, options: options)
    }

    private static func map(_ target: String, _ source: String, _ path: String) throws -> FieldMapping {
        try FieldMapping(target, from: source, in: PathPattern(path), of: Bank.operation("GetAccount"), Bank.schema)
    }

    /// Every operation at its own address, and `GetAccount` by hand twice more.
    private static func addresses(collapsing: Bool = false) throws -> [RESTAddress] {
        let own = try Bank.contract.operations.map { operation in
            RESTAddress(
                method: .post, path: PathPattern("/bank/\(RESTAddress.kebabCase(operation.name))"),
                binding: try binding(operation.name, collapsing: collapsing))
        }
        let get = try binding("GetAccount", collapsing: collapsing) { options in
            options.mappings = [try map("AccountId", "path.id", "/accounts/:id")]
            options.mappings.append(try map("Note", "header.X-Note", "/accounts/:id"))
            options.bindsQuery = true
            options.unwrap = "GetAccountResult"
            options.faults = ["NoSuchAccount": 404]
        }
        let post = try binding("GetAccount", collapsing: collapsing) { options in
            options.mappings = [try map("AccountId", "body.customer.id", "/accounts")]
            options.mappings.append(try map("Tags", "query.tag", "/accounts"))
            options.status = 201
        }
        return own + [
            RESTAddress(method: .get, path: PathPattern("/accounts/:id"), binding: get),
            RESTAddress(method: .post, path: PathPattern("/accounts"), binding: post),
        ]
    }

    private static func document(collapsing: Bool = false) throws -> JSONValue {
        try JSONValue(OpenAPIDocument(Bank.contract, addresses: try addresses(collapsing: collapsing)).text())
    }

    private let api: JSONValue

    init() throws {
        api = try Self.document()
    }

    // MARK: The whole

    @Test func `every reference leads to something`() throws {
        for document in [api, try Self.document(collapsing: true)] {
            let references = document.all("$ref").compactMap(\.string)
            #expect(!references.isEmpty)
            for reference in references {
                #expect(reference.hasPrefix("#/") && document.at(String(reference.dropFirst(2))) != nil, "\(reference)")
            }
        }
    }

    @Test func `objects are closed unless clients may send more than the contract names`() throws {
        #expect(api.at("components/schemas/Account/additionalProperties") != nil)
        var json = JSONOptions()
        json.ignoresUnknownMembers = true
        let binding = try RESTBinding(
            Bank.operation("GetAccount"), schema: Bank.schema, request: JSONPlan(Bank.schema, options: json),
            response: JSONPlan(Bank.schema))
        let address = RESTAddress(method: .post, path: PathPattern("/x"), binding: binding)
        let open = try JSONValue(OpenAPIDocument(Bank.contract, addresses: [address]).text())
        #expect(open.at("components/schemas/Account/type") != nil)
        #expect(open.at("components/schemas/Account/additionalProperties") == nil)
    }

    @Test func `operations have ids of their own, also where places look alike`() throws {
        let binding = try Self.binding("Ping")
        let alike = ["/a-b", "/a_b", "/a.b"].map { RESTAddress(method: .post, path: PathPattern($0), binding: binding) }
        let all = try JSONValue(OpenAPIDocument(Bank.contract, addresses: try Self.addresses() + alike).text())
        let ids = all.all("operationId").compactMap(\.string)
        #expect(ids.count == 9 && Set(ids).count == 9)
        #expect(api.at("paths/~bank~pay/post/operationId")?.string == "Pay")
        #expect(api.at("paths/~accounts~{id}/get/operationId")?.string == "GetAccount_get_accounts__id_")
    }

    @Test func `components have names of their own, also where they look alike`() throws {
        var builder = Schema.Builder()
        for name in ["a:b", "a_b", "ä", "ö", "dragoman.Problem"] { _ = builder.add(MessageType(name: name)) }
        let contract = Contract(name: "x", namespace: "", schema: builder.build(), operations: [])
        let document = try JSONValue(OpenAPIDocument(contract, addresses: []).text())
        #expect(
            document.at("components/schemas")?.names == [
                "dragoman.Problem", "a_b", "a_b_2", "_", "__2", "dragoman.Problem_2",
            ])
    }

    // MARK: Addresses

    @Test func `parameters are what the address takes`() {
        let parameters = api.at("paths/~accounts~{id}/get/parameters")
        guard case .array(let list)? = parameters else {
            Issue.record("there are parameters")
            return
        }
        #expect(
            list.map { "\($0["in"]?.string ?? "") \($0["name"]?.string ?? "") \($0["required"]?.text ?? "")" } == [
                "path id true", "header x-note false", "query Limit false", "query Places false", "query Rate false",
                "query Tags false", "query Verbose false",
            ])
        #expect(list.first?["schema"]?.text == #"{"type":"integer","format":"int32"}"#)
        #expect(list[5]["schema"]?.text == #"{"type":"array","items":{"type":"string"}}"#)
        #expect(api.at("paths/~accounts~{id}/get/requestBody") == nil)
    }

    @Test func `a body shows what moves where it comes from`() {
        let schema = api.at("paths/~accounts/post/requestBody/content/application~json/schema")
        let properties = schema?["properties"]
        #expect(properties?["AccountId"] == nil)
        #expect(properties?["Tags"] == nil)
        #expect(
            properties?["customer"]?.text
                == #"{"type":"object","properties":{"id":{"type":"integer","format":"int32"}}}"#)
        #expect(schema?["required"] == nil)
        #expect(schema?["additionalProperties"]?.text == "false")
    }

    @Test func `answers have their statuses, types and faults`() {
        let responses = api.at("paths/~accounts~{id}/get/responses")
        #expect(responses?.names == ["200", "404", "default"])
        #expect(
            responses?.at("200/content/application~json/schema")?.text == ##"{"$ref":"#/components/schemas/Account"}"##)
        #expect(
            responses?.at("404/content/application~problem+json/schema")?.all("const").map(\.text) == [
                #""NoSuchAccount""#
            ])
        #expect(api.at("paths/~accounts/post/responses")?.names == ["201", "502", "default"])
        #expect(api.at("paths/~bank~pay/post/responses")?.names == ["204", "502", "default"])
        #expect(api.at("paths/~bank~notify/post/responses")?.names == ["202", "default"])
        #expect(api.at("paths/~bank~ping/post/requestBody") == nil)
    }

    // MARK: Types

    @Test(arguments: [
        (
            "Money",
            #"{"@currency":{"type":"string","minLength":3,"maxLength":3},"$":{"type":"string","format":"decimal","pattern":"^-?[0-9]+(\.[0-9]+)?$"}}"#
        ),
        ("Account/id", #"{"type":"integer","format":"int32","minimum":1}"#),
        ("Account/kind", #"{"x-xsd-type":"tns:Kind","type":"string","enum":["current","savings"]}"#),
        ("Account/tags", #"{"type":"array","items":{"type":"string"},"maxItems":3}"#),
        ("Account/limits", #"{"type":"array","items":{"type":"integer","format":"int32"}}"#),
        ("Company/@type", #"{"const":"Company"}"#),
        ("Company/vat", #"{"type":"string","format":"int64","pattern":"^-?[0-9]+$"}"#),
        ("GetAccount/Codes", ##"{"anyOf":[{"$ref":"#/components/schemas/ArrayOfCode"},{"type":"null"}]}"##),
        ("Note/@lang", #"{"type":"string"}"#),
    ])
    func `a member is described as the coder writes it`(place: String, schema: String) throws {
        let parts = place.split(separator: "/").map(String.init)
        let type = try #require(api.at("components/schemas/\(parts[0])"))
        let found = parts.count == 1 ? type["properties"] : type["properties"]?[parts[1]]
        #expect(found?.text == schema)
    }

    @Test func `a type with relatives says which it is`() {
        let owner = api.at("components/schemas/Account/properties/owner")
        #expect(owner?["description"]?.string == "Who has it.")
        #expect(
            owner?.all("anyOf").map(\.text)
                == [##"[{"$ref":"#/components/schemas/Person"},{"$ref":"#/components/schemas/Company"}]"##])
        #expect(owner?.all("propertyName").map(\.text) == [#""@type""#])
        #expect(api.at("components/schemas/Party/required")?.text == #"["@type","name"]"#)
    }

    @Test func `null may carry attributes`() {
        let balance = api.at("components/schemas/Account/properties/balance")?.text
        #expect(
            balance
                == ##"{"anyOf":[{"$ref":"#/components/schemas/Money"},{"type":"null"},{"type":"object","##
                + ##""properties":{"@currency":{"type":"string","minLength":3,"maxLength":3},"$nil":{"const":true}},"##
                + ##""required":["$nil"]}]}"##)
    }

    @Test func `a choice has one branch`() {
        let rules = api.at("components/schemas/Payment/allOf")
        #expect(
            rules?.text
                == #"[{"anyOf":[{"required":["card"],"not":{"anyOf":[{"required":["iban"]},{"required":["bic"]}]}},"#
                + #"{"required":["iban"],"not":{"anyOf":[{"required":["card"]}]}}]}]"#)
    }

    @Test func `mixed content is a list of text and members`() {
        let note = api.at("components/schemas/Note")
        #expect(note?["properties"]?.names == ["@lang", "$mixed"])
        #expect(
            note?.at("properties/$mixed/items/anyOf")?.text
                == #"[{"type":"string"},{"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"additionalProperties":false}]"#
        )
        #expect(note?["required"]?.text == #"["$mixed"]"#)
    }

    @Test func `a type that wraps an array is one where the user wants it so`() throws {
        let collapsed = try Self.document(collapsing: true)
        #expect(
            collapsed.at("components/schemas/GetAccount/properties/Codes")?.text
                == #"{"anyOf":[{"type":"array","items":{"type":"integer","format":"int32"}},{"type":"null"}]}"#)
    }

    @Test func `what JSON does not show so is for people only`() throws {
        var facets = Facets()
        facets.enumeration = [.init("1 2")]
        let list = ScalarType(.list(of: ScalarType(.int(bits: 32))), facets: facets)
        facets.enumeration = [.init("1.50")]
        let price = ScalarType(.decimal, facets: facets)
        var builder = Schema.Builder()
        _ = builder.add(
            MessageType(
                name: "T", fields: [Field(name: "l", type: .scalar(list)), Field(name: "p", type: .scalar(price))]))
        let contract = Contract(name: "x", namespace: "", schema: builder.build(), operations: [])
        let document = try JSONValue(JSONSchemaDocument(contract).text())
        #expect(
            document.at("$defs/T/properties/l")?.text
                == #"{"type":"array","items":{"type":"integer","format":"int32"},"x-xsd-enumeration":["1 2"]}"#)
        #expect(document.at("$defs/T/properties/p/enum")?.text == #"["1.50"]"#)
    }
}
