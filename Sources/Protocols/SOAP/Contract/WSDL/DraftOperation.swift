internal import Canonical
internal import XMLCodec

/// An operation before its types are read.
struct DraftOperation {
    struct Message {
        var body: SOAPBody
        /// What stands in the body.
        var content: ValueType
        /// The fields of `$headers`; none when no header is declared.
        var headers: [Field]
    }

    var name: String
    var service: String
    /// What the WSDL calls it.
    var source: WSDLOperation
    var documentation: String?
    var versions: [SOAPVersion]
    var action: String
    var input: Message
    /// nil for a one-way operation.
    var output: Message?
    var faults: [FaultType]
    /// The operation in its preferred binding.
    var origin: Component
}
