internal import Buffers
public import Canonical
public import XMLCodec

/// One contract as an upstream speaks it over SOAP; compiled at load, shared by its operations and by all workers.
public final class SOAPPlan: Sendable {
    public let xml: XMLPlan
    let options: XMLOptions
    let envelope11: NamespaceID
    let envelope12: NamespaceID
    /// Reads an element that nothing declares.
    let anything: XMLRoot
    private let globals: Set<QualifiedName>

    /// - Parameters:
    ///   - contract: Its operations carry `SOAPBinding`.
    ///   - validation: How closely answers are held to their schema.
    public init(_ contract: Contract, validation: XMLOptions.Validation = .off) {
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
        options = XMLOptions(validation: validation, keepsUnknown: true, origin: .upstream)
        envelope11 = xml.namespaces.id(of: SOAPVersion.v11.namespace) ?? .none
        envelope12 = xml.namespaces.id(of: SOAPVersion.v12.namespace) ?? .none
    }

    /// Whether the schemas declare `element`: else it is the wrapper of an rpc message.
    func isGlobal(_ element: QualifiedName) -> Bool {
        globals.contains(element)
    }
}
