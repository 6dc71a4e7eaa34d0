internal import Buffers
internal import Canonical
internal import SOAP
internal import WebSocket
internal import XMLCodec

// Messages per second of processor time through the codecs; run it from the root of the checkout:
//
//     swift run --package-path Benchmarks -c release codec [WORD]
//
// With a word, only what has it in its name.

let (contract, findings) = try WSDLReader().read(
    contents(of: "wsdl/bank.wsdl"), named: "wsdl/bank.wsdl", loader: NoImports())
for finding in findings { print(finding.message) }

let reply = contents(of: "Benchmarks/Samples/GetAccountResponse.xml")
let order = contents(of: "Benchmarks/Samples/Transfer.json")
// As large as a message may be: 1 MiB.
let list = listOfAccounts(in: reply, count: 550)

let getAccount = try Bank("GetAccount", of: contract)
let validated = try Bank("GetAccount", of: contract, validation: .strict)
let listAccounts = try Bank("ListAccounts", of: contract)
let transfer = try Bank("Transfer", of: contract)

let orders = try Orders()
let smallOrder = Orders.text(items: 1)
let largeOrder = Orders.text(items: 80)
let smallMessage = try orders.protobuf(of: smallOrder)
let largeMessage = try orders.protobuf(of: largeOrder)

let sockets = [128, 4096, 65_536].map { Sockets(text: String(repeating: "0123456789abcdef", count: $0 / 16)) }
let compressed = Sockets(
    text: (0..<300).map { "{\"id\":\($0),\"open\":true}" }.joined(separator: ","), deflate: WebSocketDeflate())

let routes = try Routes()

var measurements = [
    Measurement(name: "tokens of a SOAP reply", byteCount: reply.count) {
        var tokenizer = XMLTokenizer(reply)
        while try tokenizer.next() != .end {}
    },
    Measurement(name: "SOAP reply to JSON", byteCount: reply.count) { _ = try getAccount.answer(to: reply) },
    Measurement(name: "SOAP reply to JSON, validated", byteCount: reply.count) { _ = try validated.answer(to: reply) },
    Measurement(name: "large SOAP reply to JSON", byteCount: list.count) { _ = try listAccounts.answer(to: list) },
    Measurement(name: "JSON to SOAP request", byteCount: order.count) { _ = try transfer.envelope(for: order) },
    Measurement(name: "JSON to protobuf", byteCount: largeOrder.count) { _ = try orders.protobuf(of: largeOrder) },
    Measurement(name: "protobuf to JSON, of JSON", byteCount: largeOrder.count) {
        _ = try orders.json(of: largeMessage)
    },
    Measurement(name: "small JSON to protobuf", byteCount: smallOrder.count) {
        _ = try orders.protobuf(of: smallOrder)
    },
    Measurement(name: "small protobuf to JSON, of JSON", byteCount: smallOrder.count) {
        _ = try orders.json(of: smallMessage)
    },
    Measurement(name: "JSON to document to protobuf", byteCount: largeOrder.count) {
        _ = try orders.protobufByDocument(of: largeOrder)
    },
    Measurement(name: "protobuf to document to JSON, of JSON", byteCount: largeOrder.count) {
        _ = try orders.jsonByDocument(of: largeMessage)
    },
    Measurement(name: "WebSocket echo, small", byteCount: 128) { try sockets[0].echo() },
    Measurement(name: "WebSocket echo, 4 KiB", byteCount: 4096) { try sockets[1].echo() },
    Measurement(name: "WebSocket echo, 64 KiB", byteCount: 65_536) { try sockets[2].echo() },
    Measurement(name: "WebSocket echo, compressed", byteCount: 6789) { try compressed.echo() },
]
if routes.count > 0 {
    measurements.append(
        Measurement(name: "look-ups among \(routes.count) routes", count: routes.count, byteCount: routes.byteCount) {
            try routes.lookUpAll()
        })
}
let word = CommandLine.arguments.dropFirst().first ?? ""
for measurement in measurements where word.isEmpty || measurement.name.contains(word) {
    do {
        try measurement.report()
    } catch let failure as Failure {
        print("\(measurement.name): \(failure.reason): \(failure.message)")
    }
}

/// A reply of ListAccounts with the account of a reply of GetAccount so many times.
func listOfAccounts(in reply: Bytes, count: Int) -> Bytes {
    let text = String(reply)
        .split(separator: "GetAccountResult", omittingEmptySubsequences: false)
    let account = "<b:Account\(text[1])Account>"
    let response = ["ListAccountsResponse xmlns:b=\"http://example.com/bank/v1\"", "ListAccountsResponse"]
    return Bytes(
        """
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><b:\(response[0])>\
        \(String(repeating: account, count: count))</b:\(response[1])></soap:Body></soap:Envelope>
        """)
}
