internal import XMLCodec

/// What an operation is called in its WSDL, whatever it is served as. An annotation of `Operation`.
struct WSDLOperation: Sendable {
    var portType: QualifiedName
    var name: String
    /// The name of the input, or of its message; tells overloads apart.
    var input: String

    /// As a lock file has it.
    var key: String { "\(name)(\(input))" }
}
