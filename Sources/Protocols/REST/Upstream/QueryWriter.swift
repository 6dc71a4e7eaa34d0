internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Writes what a message has as the query of a target, as `QueryFields` reads it: fields of inner messages with dots, the
/// values of maps as `k[x]`, repeated ones one by one.
struct QueryWriter {
    private let schema: Schema
    private(set) var target: [UInt8]
    private var separator = UInt8(ascii: "?")

    /// - Parameter target: The path.
    init(_ target: [UInt8], _ schema: Schema) {
        self.target = target
        self.schema = schema
    }

    /// - Throws: `invalidArgument` "rest.query" for what no query holds: messages in a list, values of any structure.
    mutating func write(_ message: borrowing Document) throws(Failure) {
        try write(object: 0, "", "", of: message)
    }

    /// The fields of the message at `index`, which itself is called `name`.
    private mutating func write(
        object index: Int, _ name: String, _ pointer: String, of message: borrowing Document
    ) throws(Failure) {
        guard let id = message.nodes[index].message else { return }
        let fields = schema[id].fields
        for child in message.children(of: index) {
            // Others are bytes that the schema does not know.
            guard fields.indices.contains(Int(message.nodes[child].field)) else { continue }
            let field = fields[Int(message.nodes[child].field)]
            let name = name.isEmpty ? field.name : "\(name).\(field.name)"
            let pointer = JSONPointer.appending(field.name, to: pointer)
            if field.cardinality.isRepeated, case .message = field.type { throw refusal(pointer) }
            if field.annotations[ProtobufField.self]?.isExtension == true { throw refusal(pointer) }
            try write(value: child, field.type, name, pointer, of: message)
        }
    }

    private mutating func write(
        value index: Int, _ type: ValueType, _ name: String, _ pointer: String, of message: borrowing Document
    ) throws(Failure) {
        switch type {
        case .message: try write(object: index, name, pointer, of: message)
        case .map(_, let value):
            var key = index + 1
            let end = index + Int(message.nodes[index].extent)
            while key + 1 < end {
                let text = String(decoding: message.text(of: message.nodes[key]))
                try write(
                    value: key + 1, value, "\(name)[\(text)]", JSONPointer.appending(text, to: pointer), of: message)
                key += 1 + Int(message.nodes[key + 1].extent)
            }
        case .scalar, .any, .nothing:
            if message.nodes[index].kind == .null { return }
            guard case .scalar = type, let text = ScalarText.text(of: index, in: message) else {
                throw refusal(pointer)
            }
            append(name, text)
        }
    }

    private mutating func append(_ name: String, _ value: Bytes) {
        target.append(separator)
        separator = UInt8(ascii: "&")
        PercentEncoding.append(Array(name.utf8).span.bytes, to: &target)
        target.append(UInt8(ascii: "="))
        PercentEncoding.append(value.span, to: &target)
    }

    private func refusal(_ pointer: String) -> Failure {
        Failure(
            .invalidArgument, "rest.query", "The service is called by an address that cannot hold all of the message.",
            origin: .client,
            violations: [Violation(pointer: pointer, rule: "query", detail: "cannot be part of an address")])
    }
}
