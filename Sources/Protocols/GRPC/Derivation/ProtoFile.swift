/// A .proto file as it is written: what was made of a contract.
struct ProtoFile {
    struct Message {
        var name: String
        var documentation: String?
        var fields: [Field] = []
        var reservedNumbers: [Int] = []
        var reservedNames: [String] = []
    }

    struct Field {
        enum Label: String { case single = "", optional = "optional ", repeated = "repeated " }

        var name: String
        /// What JSON calls it.
        var jsonName: String
        var number: Int
        var type: String
        var label: Label
        var documentation: String?
        /// The name of the oneof that it is in.
        var oneof: String?
    }

    struct Service {
        var name: String
        var methods: [Method] = []
    }

    struct Method {
        var name: String
        var input: String
        var output: String
        var documentation: String?
    }

    static let empty = "google.protobuf.Empty"
    static let structure = "google.protobuf.Struct"
    static let value = "google.protobuf.Value"

    var title: String
    var package: String
    var imports: Set<String> = []
    var services: [Service] = []
    var messages: [Message] = []
}
