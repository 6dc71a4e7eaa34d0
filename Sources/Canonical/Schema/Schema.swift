/// The message types of one contract; immutable once built.
public final class Schema: Sendable {
    public let messages: [MessageType]

    init(messages: [MessageType]) {
        self.messages = messages
    }

    public subscript(id: MessageID) -> MessageType { messages[id.index] }

    /// Whether a value of `id` may stand where `declared` is asked for.
    public func isType(_ id: MessageID, _ declared: MessageID) -> Bool {
        id == declared || messages[declared.index].derived.contains(id)
    }

    /// Collects message types; a type may be referred to before it is defined, since types are recursive.
    public struct Builder {
        private var messages: [MessageType?] = []
        private var names: Set<String> = []

        public init() {}

        /// How many places there are.
        public var count: Int { messages.count }

        /// A place for a type that will be defined later.
        public mutating func reserve() -> MessageID {
            messages.append(nil)
            return MessageID(messages.count - 1)
        }

        /// Defines the type at `id`. A name that is taken gets the first free numeric suffix, in order of definition.
        public mutating func define(_ id: MessageID, _ type: MessageType) {
            var type = type
            var name = type.name
            var suffix = 2
            while !names.insert(name).inserted {
                name = "\(type.name)\(suffix)"
                suffix += 1
            }
            type.name = name
            messages[id.index] = type
        }

        public mutating func add(_ type: MessageType) -> MessageID {
            let id = reserve()
            define(id, type)
            return id
        }

        /// The definition at `id`, as far as it is known.
        public subscript(id: MessageID) -> MessageType? { messages[id.index] }

        /// The schema; places that were never defined become empty types.
        public consuming func build() -> Schema {
            var types = messages.enumerated().map { index, type in type ?? MessageType(name: "Undefined\(index)") }
            for index in types.indices {
                var ancestor = types[index].base
                var seen: Set<Int> = [index]
                while let id = ancestor, seen.insert(id.index).inserted {
                    types[id.index].derived.append(MessageID(index))
                    ancestor = types[id.index].base
                }
            }
            return Schema(messages: types)
        }
    }
}
