internal import Canonical
internal import XMLCodec

/// A `wsdl:binding` to SOAP over HTTP (WSDL 1.1 §3.3).
struct Binding {
    let component: Component
    let version: SOAPVersion
    let portType: Component
    let isRPC: Bool

    private static let transports = [
        "http://schemas.xmlsoap.org/soap/http", "http://www.w3.org/2003/05/soap/bindings/HTTP/",
        "http://schemas.xmlsoap.org/soap/http/", "http://www.w3.org/2003/05/soap/bindings/HTTP",
    ]

    /// - Returns: nil, with a note, for a binding to something else than SOAP over HTTP.
    init?(_ component: Component, in definitions: Definitions) throws(Diagnostic) {
        guard let (version, element) = Self.soap(component.element) else {
            definitions.findings.note(
                "wsdl.other-binding", "The binding is not to SOAP and is not served.", at: component.location)
            return nil
        }
        let transport = element.value("transport") ?? ""
        guard Self.transports.contains(transport) else {
            definitions.findings.note(
                "wsdl.other-transport", "The binding's transport '\(transport)' is not HTTP; it is not served.",
                at: component.document.location(of: element))
            return nil
        }
        for extra in component.element.children where extra.isRequiredExtension {
            definitions.findings.warn(
                "wsdl.required-extension",
                "The binding requires '\(extra.name)', which is not known; served without it.",
                at: component.document.location(of: extra))
        }
        self.component = component
        self.version = version
        isRPC = element.value("style") == "rpc"
        portType = try definitions.find(.portType, component.element.value("type"), from: component)
    }

    private static func soap(_ binding: ContractElement) -> (SOAPVersion, ContractElement)? {
        if let element = binding.soapChild("binding", .v11) { return (.v11, element) }
        return binding.soapChild("binding", .v12).map { (.v12, $0) }
    }

    var operations: [Component] { component.element.wsdlChildren("operation").map(component.child) }
}

extension ContractElement {
    /// Whether the WSDL says that who does not know this element cannot use what it stands in (WSDL 1.1 §2.1.3).
    fileprivate var isRequiredExtension: Bool {
        let required = attributes[QualifiedName(ContractNamespace.wsdl, "required")]
        return (required == "true" || required == "1")
            && ![ContractNamespace.wsdl, ContractNamespace.soap11, ContractNamespace.soap12].contains(namespace)
    }
}
