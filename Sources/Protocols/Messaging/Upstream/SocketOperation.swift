internal import Buffers
internal import Canonical
internal import JSONCodec

/// One operation as a service behind a WebSocket has it: JSON out, JSON in. Compiled at load, shared by all workers.
final class SocketOperation: Sendable {
    let operation: Operation
    /// What the service calls it.
    let name: String
    let request: JSONCoder
    let response: JSONCoder
    /// Read the details of declared faults, by their types' names.
    private let faults: [String: JSONCoder]
    private let untyped: JSONCoder

    init(_ operation: Operation, named name: String, requests: JSONPlan, answers: JSONPlan) {
        self.operation = operation
        self.name = name
        request = JSONCoder(operation.input, plan: requests)
        response = JSONCoder(operation.output, plan: answers)
        var faults: [String: JSONCoder] = [:]
        for fault in operation.faults { faults[fault.name] = JSONCoder(fault.type, plan: answers) }
        self.faults = faults
        untyped = JSONCoder(.any, plan: answers)
    }

    /// `failure` with its details as the contract declares them.
    func typed(_ failure: Failure) -> Failure {
        guard failure.details.contains(where: { faults[$0.typeName] != nil }) else { return failure }
        return failure.with(details: failure.details.map { typed($0) ?? $0 })
    }

    private func typed(_ detail: FailureDetail) -> FailureDetail? {
        guard let coder = faults[detail.typeName] else { return nil }
        var text = ByteWriter()
        guard (try? untyped.encode(detail.document, into: &text)) != nil,
            let document = try? coder.decode(text.finish())
        else { return nil }
        return FailureDetail(typeName: detail.typeName, document: document)
    }
}
