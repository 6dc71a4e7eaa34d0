internal import Canonical
internal import XMLCodec

/// Collects the ports of a WSDL and brings together what several of them offer alike (TRANSLATION B.2).
struct PortReader {
    /// One operation of a port type in all the bindings that offer it, the preferred one first.
    struct Group {
        let portType: Component
        /// Others of the port type have the same name.
        let isOverloaded: Bool
        var candidates: [BoundOperation]

        /// What the WSDL calls the operation.
        var source: WSDLOperation {
            let own = candidates[0]
            let input = own.abstract.element.wsdlChild("input")
            let message = input?.value("message")?.split(separator: ":").last.map(String.init)
            return WSDLOperation(
                portType: QualifiedName(portType.document.targetNamespace, portType.element.value("name") ?? ""),
                name: own.name, input: input?.value("name") ?? message ?? "")
        }
    }

    private let definitions: Definitions
    private(set) var ports: [SOAPPorts.Port] = []
    private(set) var groups: [Group] = []
    /// Which groups each port offers, beside `ports`.
    private(set) var offers: [[Int]] = []
    private var places: [Place: Int] = [:]
    private var bindings: [Place: Binding?] = [:]
    private var portTypes: [Place: [String: [Component]]] = [:]

    /// Where a port type's operation stands.
    private struct Place: Hashable {
        let document: ObjectIdentifier
        let offset: Int

        init(_ component: Component) {
            document = ObjectIdentifier(component.document)
            offset = component.element.offset
        }
    }

    init(_ definitions: Definitions) {
        self.definitions = definitions
        for service in definitions.services {
            for port in service.element.wsdlChildren("port") { read(service.child(port), of: service) }
        }
        // A description without services still says what can be called; where is the user's affair.
        if definitions.services.isEmpty {
            for binding in definitions.bindings {
                if let binding = self.binding(binding) { _ = join(binding) }
            }
        }
        for index in groups.indices { groups[index].candidates.sort { Self.rank($0) < Self.rank($1) } }
    }

    /// Addresses, best first: SOAP 1.2 before 1.1, https before http.
    var endpoints: [String] {
        func rank(_ port: SOAPPorts.Port) -> Int {
            (port.version == .v12 ? 0 : 2) + (port.address?.lowercased().hasPrefix("https:") == true ? 0 : 1)
        }
        var addresses: [String] = []
        for port in ports.filter({ $0.version != nil }).sorted(by: { rank($0) < rank($1) }) {
            if let address = port.address, !address.isEmpty, !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    private mutating func read(_ port: Component, of service: Component) {
        var result = SOAPPorts.Port(
            service: service.element.value("name") ?? "", name: port.element.value("name") ?? "",
            binding: .other,
            address: port.element.children.first { $0.local == "address" }?.value("location"),
            operations: [], refused: [])
        var offered: [Int] = []
        do {
            let component = try definitions.find(.binding, port.element.value("binding"), from: port)
            if let binding = self.binding(component) {
                result.binding = .soap(binding.version)
                (offered, result.refused) = join(binding)
            } else {
                if component.element.firstChild(ContractNamespace.http, "binding") != nil { result.binding = .http }
                result.refused = component.element.wsdlChildren("operation").compactMap { $0.value("name") }
            }
        } catch {
            definitions.findings.add(error.warning)
        }
        ports.append(result)
        offers.append(offered)
    }

    private mutating func binding(_ component: Component) -> Binding? {
        let place = Place(component)
        if let known = bindings[place] { return known }
        var binding: Binding?
        do {
            binding = try Binding(component, in: definitions)
        } catch {
            definitions.findings.add(error.warning)
        }
        bindings[place] = .some(binding)
        return binding
    }

    /// Adds the operations of a binding to the groups.
    private mutating func join(_ binding: Binding) -> (offered: [Int], refused: [String]) {
        let abstracts = operations(of: binding.portType)
        var offered: [Int] = []
        var refused: [String] = []
        for bound in binding.operations {
            let name = bound.element.value("name") ?? ""
            let named = abstracts[name] ?? []
            guard let abstract = named.first(where: { bound.isBinding(of: $0) }) ?? named.first else {
                definitions.findings.warn(
                    "wsdl.undefined-operation", "The port type has no operation '\(name)'; it is not served.",
                    at: bound.location)
                refused.append(name)
                continue
            }
            let operation = BoundOperation(binding: binding, bound: bound, abstract: abstract)
            offered.append(join(operation, isOverloaded: named.count > 1))
        }
        return (offered, refused)
    }

    /// The operations of a port type by name; a name with several is overloaded.
    private mutating func operations(of portType: Component) -> [String: [Component]] {
        let place = Place(portType)
        if let known = portTypes[place] { return known }
        var found: [String: [Component]] = [:]
        for element in portType.element.wsdlChildren("operation") {
            found[element.value("name") ?? "", default: []].append(portType.child(element))
        }
        portTypes[place] = found
        return found
    }

    private mutating func join(_ operation: BoundOperation, isOverloaded: Bool) -> Int {
        let place = Place(operation.abstract)
        if let index = places[place] {
            let isKnown = groups[index].candidates.contains { Place($0.bound) == Place(operation.bound) }
            if !isKnown { groups[index].candidates.append(operation) }
            return index
        }
        places[place] = groups.count
        groups.append(
            Group(portType: operation.binding.portType, isOverloaded: isOverloaded, candidates: [operation]))
        return groups.count - 1
    }

    private static func rank(_ operation: BoundOperation) -> Int { operation.version == .v12 ? 0 : 1 }

    mutating func settle(port: Int, served: [String], refused: [String]) {
        ports[port].operations = served
        ports[port].refused += refused
    }
}

extension Component {
    /// Whether this operation of a binding is the overload `abstract`: both name the same messages (WSDL 1.1 §2.5).
    fileprivate func isBinding(of abstract: Component) -> Bool {
        ["input", "output"].allSatisfy { direction in
            guard let name = element.wsdlChild(direction)?.value("name") else { return true }
            return abstract.element.wsdlChild(direction)?.value("name") == name
        }
    }
}

extension Diagnostic {
    /// The same as something that is survived.
    var warning: Diagnostic { Diagnostic(.warning, rule, message, at: location) }
}
