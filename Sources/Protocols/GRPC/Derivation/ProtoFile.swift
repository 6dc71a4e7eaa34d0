/// A .proto file as it is written: what was made of a contract.
struct ProtoFile {
    struct Message {
        var name: String
        var documentation: String?
        var fields: [Field] = []
        var reserved = Reserved()
    }

    struct Field {
        enum Label: String { case single = "", optional = "optional ", repeated = "repeated " }

        var name: String
        /// What JSON calls it; nil where that follows from the name.
        var jsonName: String?
        var number: Int
        var type: String
        var label: Label
        var documentation: String?
        /// The name of the oneof that it is in.
        var oneof: String?
    }

    struct Enumeration {
        struct Value {
            var name: String
            var number: Int
            /// What stands behind it.
            var comment: String?
        }

        var name: String
        var documentation: String?
        var values: [Value] = []
        var reserved = Reserved()
    }

    /// What once had a number and a name, which nothing may have again.
    struct Reserved {
        var numbers: [Int] = []
        var names: [String] = []
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

    var title: String
    var package: String
    var imports: Set<String> = []
    var services: [Service] = []
    var messages: [Message] = []
    var enumerations: [Enumeration] = []
}
