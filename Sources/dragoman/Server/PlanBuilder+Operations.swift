internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import REST

// Routes to the operations of a contract.
extension PlanBuilder {
    /// Every selected operation at its own address, and the description of them all.
    mutating func add(_ exposure: Configuration.Exposure, of route: Configuration.Route, to upstream: Int) {
        guard let loaded = contracts[exposure.operations.upstream] else { return }
        let contract = loaded.contract
        let operations =
            exposure.operations.operation.map { contract.operations(selectedBy: $0) } ?? contract.operations
        if exposure.faces.contains(.grpc) {
            offerGRPC(operations, under: exposure.under, of: route, to: upstream, in: loaded)
        }
        if exposure.faces.contains(.webSocket) {
            offerWebSocket(operations, of: exposure, route, to: upstream, in: loaded)
        }
        guard exposure.faces.contains(.rest) else { return }
        do throws(Diagnostic) {
            let addresses = try loaded.addresses(
                of: operations, under: exposure.under, stream: exposure.stream.form)
            let taken = Set(routes.filter { $0.name == route.name }.map(\.match.path.description))
            // Where gRPC has the same address, it answers JSON there, too (Connect).
            for address in addresses where !taken.contains(address.path.description) {
                try offer(address, of: route, to: upstream, in: loaded)
            }
            describe(addresses, under: exposure.under, of: route, in: loaded)
        } catch {
            report(error, at: route.name)
        }
    }

    /// One operation at the address that the user gave it.
    mutating func add(_ call: Configuration.OperationCall, of route: Configuration.Route, to upstream: Int) {
        guard let loaded = contracts[call.operation.upstream], let name = call.operation.operation,
            let operation = loaded.contract.operation(named: name)
        else { return }
        let pattern = PathPattern(call.path)
        var options = loaded.restOptions
        options.bindsQuery = call.method.map { $0 == .get || $0 == .head || $0 == .delete } ?? false
        if call.response.status != 200 { options.status = call.response.status }
        options.unwrap = call.response.unwrap
        for fault in call.faults { options.faults[fault.fault] = fault.status }
        for binding in call.bindings {
            let field = binding.field.joined(separator: ".")
            do throws(Diagnostic) {
                options.mappings.append(
                    try FieldMapping(
                        field, from: binding.source.description, in: pattern, of: operation, loaded.contract.schema,
                        collapsing: loaded.collapsesWrappers))
            } catch {
                report(error, at: "\(route.name).map.\(field)")
            }
        }
        do throws(Diagnostic) {
            let binding = try RESTBinding(
                operation, schema: loaded.contract.schema, request: loaded.requests, response: loaded.responses,
                options: options)
            let methods = call.method.map { [HTTPMethod($0.rawValue)] }
            try offer(binding, methods, pattern, of: route, to: upstream, in: loaded)
        } catch {
            report(error, at: route.name)
        }
    }

    private mutating func offer(
        _ address: RESTAddress, of route: Configuration.Route, to upstream: Int, in loaded: LoadedContract
    ) throws(Diagnostic) {
        try offer(address.binding, [address.method], address.path, of: route, to: upstream, in: loaded)
    }

    private mutating func offer(
        _ binding: RESTBinding, _ methods: [HTTPMethod]?, _ path: PathPattern, of route: Configuration.Route,
        to upstream: Int, in loaded: LoadedContract
    ) throws(Diagnostic) {
        let translator = try loaded.translator(for: binding.operation)
        add(
            Route(
                name: route.name, match: RouteMatch(route, path: path, methods: methods), operation: binding.operation,
                action: .call(face: RESTFactory(binding), translator: translator, upstream: upstream),
                limits: limits(of: route, to: upstream)))
    }
}

extension Configuration.Exposure.Stream {
    /// nil where the client's `Accept` chooses.
    fileprivate var form: StreamForm? {
        switch self {
        case .auto: nil
        case .events: .events
        case .lines: .lines
        case .array: .array
        }
    }
}
