import Buffers
import Canonical
import JSONCodec

@testable import Messaging

/// A small contract with one operation of every kind.
enum Quotes {
    static let contract: Contract = {
        var builder = Schema.Builder()
        let text = ValueType.scalar(ScalarType(.string))
        let number = ValueType.scalar(ScalarType(.int(bits: 32)))
        let symbol = Field(name: "symbol", type: text, cardinality: .optional)
        let price = Field(name: "price", type: number, cardinality: .optional)
        let ask = ValueType.message(builder.add(MessageType(name: "Ask", fields: [symbol])))
        let quote = ValueType.message(builder.add(MessageType(name: "Quote", fields: [symbol, price])))
        let missing = ValueType.message(
            builder.add(MessageType(name: "Missing", fields: [Field(name: "code", type: number)])))
        func operation(
            _ name: String, _ interaction: Interaction, output: ValueType? = nil, faults: [FaultType] = []
        ) -> Operation {
            Operation(
                name: name, service: "Quotes", input: ask, output: output ?? quote, faults: faults,
                interaction: interaction)
        }
        return Contract(
            name: "Quotes", namespace: "quotes", schema: builder.build(),
            operations: [
                operation("Get", .unary, faults: [FaultType(name: "Missing", type: missing)]),
                operation("Watch", .serverStream), operation("Sum", .clientStream),
                operation("Chat", .bidirectionalStream), operation("Note", .oneWay, output: .nothing),
            ])
    }()

    static func operation(_ name: String) -> Operation {
        guard let operation = contract.operation(named: name) else { preconditionFailure("no operation \(name)") }
        return operation
    }

    static func plan(
        _ language: SocketLanguage, settings: SocketServiceSettings = SocketServiceSettings(),
        observer: (any SocketObserver)? = nil
    ) -> SocketServicePlan {
        var options = JSONOptions()
        options.origin = .upstream
        options.ignoresUnknownMembers = true
        return SocketServicePlan(
            contract, language, settings: settings, requests: JSONPlan(contract.schema),
            answers: JSONPlan(contract.schema, options: options), observer: observer)
    }

    /// What is wrong with calling the operation so; nil when nothing is.
    static func finding(_ name: String, _ language: SocketLanguage) -> String? {
        do throws(Diagnostic) {
            _ = try plan(language).factory(for: operation(name))
            return nil
        } catch {
            return error.rule
        }
    }
}
