public import Canonical

extension DescriptorSet {
    /// The canonical contract: one message type per message, named by its full name; every method an operation.
    ///
    /// Fields are named by their JSON names, extensions by `[full.name]`. 64-bit integers are `long`, enums text with an
    /// enumeration, maps maps, oneofs choices; well-known types are what `WellKnownType.valueType` says. The contract is
    /// annotated with `ProtobufContract`, its types with `ProtobufMessage`, fields with `ProtobufField`, operations with
    /// `ProtobufMethod` and `HTTPRule`.
    ///
    /// - Parameter roots: The names of the files whose services are served; nil for all.
    public func contract(of roots: [String]? = nil) -> Contract {
        let served = roots.map { roots in files.filter { roots.contains($0.name) } } ?? files
        return ContractBuilder(self).contract(of: served)
    }
}
