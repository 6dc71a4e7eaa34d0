/// One operation of a binding with what the port type says of it.
struct BoundOperation {
    let binding: Binding
    /// The operation in the binding.
    let bound: Component
    /// The operation in the port type.
    let abstract: Component

    var name: String { abstract.element.value("name") ?? "" }
    var version: SOAPVersion { binding.version }

    var soapNamespace: String { version == .v11 ? ContractNamespace.soap11 : ContractNamespace.soap12 }

    private var soap: ContractElement? { bound.element.soapChild("operation", version) }

    var isRPC: Bool {
        guard let style = soap?.value("style") else { return binding.isRPC }
        return style == "rpc"
    }

    var action: String { soap?.value("soapAction") ?? "" }
}
