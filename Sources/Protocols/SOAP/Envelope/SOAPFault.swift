internal import Buffers
internal import Canonical
internal import XMLCodec

/// What a Fault element says, the same for both versions (SOAP 1.1 §4.4, SOAP 1.2 part 1 §5.4).
struct SOAPFault {
    /// What the sender of the fault blames.
    enum Blame { case sender, receiver, mustUnderstand, versionMismatch, other }

    var blame = Blame.other
    /// Local names of code and subcodes, outermost first, such as `Client.Authentication` or `Sender`, `InvalidAccount`.
    var codes: [String] = []
    var text = ""
    var details: [FailureDetail] = []

    mutating func add(code: String) {
        // A 1.1 code may carry its subcodes behind dots.
        let parts = code.split(separator: ".").map(String.init)
        if codes.isEmpty, let first = parts.first { blame = Self.blame(first) }
        codes += parts
    }

    /// The failure of the call.
    var failure: Failure {
        let message = text.isEmpty ? "The service answered with a fault." : text
        switch blame {
        case .sender:
            return Failure(
                .invalidArgument, "soap.fault", message, origin: .upstream, httpStatus: 400, details: allDetails)
        case .receiver, .other:
            return Failure(.internal, "soap.fault", message, origin: .upstream, httpStatus: 502, details: allDetails)
        case .mustUnderstand:
            return Failure(
                .internal, "soap.must_understand", message, origin: .upstream, httpStatus: 502, details: allDetails)
        case .versionMismatch:
            return Failure(
                .internal, "soap.version_mismatch", message, origin: .upstream, httpStatus: 502, details: allDetails)
        }
    }

    private var allDetails: [FailureDetail] {
        if codes.isEmpty { return details }
        var builder = DocumentBuilder()
        let root = builder.openObject(nil, field: Node.noField)
        builder.text(.key, "codes", field: Node.noField)
        let list = builder.openList(field: Node.noField)
        for code in codes { builder.text(.string, code, field: Node.noField) }
        builder.close(list)
        builder.close(root)
        return details + [FailureDetail(typeName: "soap.Fault", document: builder.finish())]
    }

    private static func blame(_ code: String) -> Blame {
        switch code {
        case "Client", "Sender", "DataEncodingUnknown": .sender
        case "Server", "Receiver": .receiver
        case "MustUnderstand": .mustUnderstand
        case "VersionMismatch": .versionMismatch
        default: .other
        }
    }
}
