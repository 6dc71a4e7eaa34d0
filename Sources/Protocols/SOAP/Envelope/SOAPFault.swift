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

    /// How much of a fault is taken: services answer with whatever they like.
    static let maximumTextBytes = 4096
    static let maximumDetails = 16
    private static let maximumCodes = 8

    mutating func add(code: String) {
        // A 1.1 code may carry its subcodes behind dots.
        let parts = code.split(separator: ".").map(String.init)
        if codes.isEmpty, let first = parts.first { blame = Self.blame(first) }
        codes += parts.prefix(Self.maximumCodes - codes.count)
    }

    /// The failure of the call.
    var failure: Failure {
        let message = shownText.isEmpty ? "The service answered with a fault." : shownText
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

    /// The text without the frames of a stack (`   at Bank.Account.Open(…)`) that some services put behind it.
    private var shownText: String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.prefix { !Self.isFrame($0) }.joined(separator: "\n")
    }

    private static func isFrame(_ line: Substring) -> Bool {
        guard line.first?.isWhitespace == true else { return false }
        let words = line.drop(while: \.isWhitespace)
        return words.hasPrefix("at ") && words.contains("(")
    }

    /// What stacks put into details for their developers: stack traces and host names are not for clients.
    static func isInternal(_ name: RawSpan) -> Bool {
        for known in internalNames where name.equalsIgnoringCase(known) { return true }
        return false
    }

    /// In lower case.
    private static let internalNames: [StaticString] = [
        "stacktrace", "hostname", "exceptionname", "exceptiondetail", "exception", "stack", "trace",
    ]

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
