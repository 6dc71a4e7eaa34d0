internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufCodec
internal import ProtobufSchema

/// Orders as proto3 JSON and as protobuf.
struct Orders {
    let lane: ProtobufJSONLane
    let coder: ProtobufCoder
    let json: ProtobufJSON
    private let message: MessageID

    init() throws {
        let compiler = ProtobufCompiler(importPaths: [], loader: NoImports())
        let contract = try compiler.compile(Bytes(Self.source), named: "orders.proto").0.contract()
        guard let id = contract.annotations[ProtobufContract.self]?.messages["shop.Order"] else {
            throw Bank.Missing(name: "shop.Order")
        }
        let plan = ProtobufPlan(contract.schema)
        message = id
        lane = ProtobufJSONLane(id, plan: plan)
        coder = ProtobufCoder(id, plan: plan)
        json = ProtobufJSON(plan)
    }

    // MARK: In one pass

    func protobuf(of json: Bytes) throws -> Bytes {
        var out = ByteWriter(capacity: json.count)
        try lane.writeProtobuf(of: json, into: &out)
        return out.finish()
    }

    func json(of protobuf: Bytes) throws -> Bytes {
        var out = ByteWriter(capacity: protobuf.count * 2)
        try lane.writeJSON(of: protobuf, into: &out)
        return out.finish()
    }

    // MARK: With a document between

    func protobufByDocument(of json: Bytes) throws -> Bytes {
        var out = ByteWriter(capacity: json.count)
        try coder.encode(self.json.decode(json, as: message), into: &out)
        return out.finish()
    }

    func jsonByDocument(of protobuf: Bytes) throws -> Bytes {
        var out = ByteWriter(capacity: protobuf.count * 2)
        try json.encode(coder.decode(protobuf), as: message, into: &out)
        return out.finish()
    }

    /// An order with so many items, compact, in the order of the fields. 80 items are 16 KB.
    static func text(items count: Int) -> Bytes {
        let items = (0..<count).map { index in
            """
            {"sku":"SKU-\(10_000 + index * 37)","title":"A thing of some use, number \(index)","quantity":\(index % 7 + 1),\
            "price":\(index).25,"stockLevel":"\(index * 7919)","isGift":\(index % 3 == 0),"isNew":true,\
            "tags":["red","large"]}
            """
        }
        return Bytes(
            """
            {"id":"ord-2024-000123","customerId":"3141592653","placedAt":"2024-03-01T12:30:45.250Z","status":"PAID",\
            "items":[\(items.joined(separator: ","))],"shipTo":{"street":"12 Long Lane","city":"Springfield",\
            "postalCode":"12345","country":"US"},"labels":{"channel":"web","priority":"high"},"totalCents":"129900",\
            "scores":[1,2,3,5,8,13,21,340]}
            """)
    }

    private static let source = """
        syntax = "proto3";
        package shop;
        import "google/protobuf/timestamp.proto";
        enum Status { UNKNOWN = 0; OPEN = 1; PAID = 2; }
        message Item {
          string sku = 1; string title = 2; int32 quantity = 3; double price = 4; int64 stock_level = 5; bool is_gift = 6;
          bool is_new = 7; repeated string tags = 8;
        }
        message Address { string street = 1; string city = 2; string postal_code = 3; string country = 4; }
        message Order {
          string id = 1; int64 customer_id = 2; google.protobuf.Timestamp placed_at = 3; Status status = 4;
          repeated Item items = 5; Address ship_to = 6; map<string, string> labels = 7; int64 total_cents = 8;
          repeated int32 scores = 9;
        }
        """
}
