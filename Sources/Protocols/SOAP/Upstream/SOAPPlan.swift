internal import Buffers
public import Canonical
public import XMLCodec

/// One contract as an upstream speaks it over SOAP; compiled at load, shared by its operations and by all workers.
public final class SOAPPlan: Sendable {
    public let xml: XMLPlan
    let options: XMLOptions
    /// For the details of faults: what nobody declared there is for the service's developers, not for clients.
    let detailOptions: XMLOptions
    let observer: (any AnswerObserver)?
    let envelope11: NamespaceID
    let envelope12: NamespaceID
    /// Reads an element that nothing declares.
    let anything: XMLRoot
    private let globals: Set<QualifiedName>

    /// - Parameters:
    ///   - contract: Its operations carry `SOAPBinding`.
    ///   - answers: How answers are read.
    ///   - observer: Is told of answers that break the contract where `answers` lets them pass and logs them.
    public init(
        _ contract: Contract, answers: XMLOptions = .response, observer: (any AnswerObserver)? = nil
    ) {
        var namespaces = [SOAPVersion.v11.namespace, SOAPVersion.v12.namespace]
        for operation in contract.operations {
            guard let binding = operation.annotations[SOAPBinding.self] else { continue }
            for body in [binding.request, binding.response].compactMap(\.self) {
                if let element = body.element { namespaces.append(element.namespace) }
            }
            for fault in operation.faults {
                if let element = fault.annotations[SOAPFaultElement.self] {
                    namespaces.append(element.element.namespace)
                }
            }
        }
        let globals = contract.annotations[XMLGlobals.self] ?? XMLGlobals()
        self.globals = Set(globals.elements.keys)
        xml = XMLPlan(contract.schema, globals: globals, namespaces: namespaces)
        anything = xml.root(QualifiedName("", "anything"), type: .any)
        envelope11 = xml.namespaces.id(of: SOAPVersion.v11.namespace) ?? .none
        envelope12 = xml.namespaces.id(of: SOAPVersion.v12.namespace) ?? .none
        var options = answers
        options.origin = .upstream
        // Such as `encodingStyle`, which some stacks put on what they answer.
        options.foreignNamespaces = [envelope11, envelope12]
        self.options = options
        if options.unknown == .keep { options.unknown = .ignore }
        detailOptions = options
        self.observer = answers.validation == .log ? observer : nil
    }

    /// Whether the schemas declare `element`: else it is the wrapper of an rpc message.
    func isGlobal(_ element: QualifiedName) -> Bool {
        globals.contains(element)
    }
}
