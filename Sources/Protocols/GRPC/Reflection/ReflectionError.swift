/// Why a service's contract could not be had by reflection.
public enum ReflectionError: Error, Sendable, Equatable {
    /// It knows neither version.
    case unsupported
    /// The call did not come to a good end: why.
    case failed(String)
    /// It answered a question with an error.
    case refused(question: String, answer: String)
    /// It answered what no service should: what that was.
    case malformed(String)
    /// A file imports another that neither the service nor the gateway has.
    case missing(file: String, importedBy: String)
    /// Two different files have one name.
    case conflict(file: String)
    /// It says more than is read: of what.
    case tooMuch(String)
    /// It lists no service that could be called.
    case nothing

    /// What is wrong, to follow "… by reflection: ".
    public var message: String {
        switch self {
        case .unsupported: "it knows no server reflection, neither v1 nor v1alpha"
        case .failed(let cause): cause
        case .refused(let question, let answer): "asked for \(question), it says: \(answer)"
        case .malformed(let what): "its answer makes no sense: \(what)"
        case .missing(let file, let importer): "\"\(importer)\" imports \"\(file)\", which it does not give out"
        case .conflict(let file): "it gives out two different files called \"\(file)\""
        case .tooMuch(let limit): "it has more than \(limit)"
        case .nothing: "it describes no service beside reflection and health"
        }
    }

    /// What its user can do about it.
    public var advice: String {
        switch self {
        case .unsupported, .nothing:
            "enable reflection in the service, or let \"contract\" name its .proto file or a descriptor set"
        case .failed: "see that the service runs and that its address speaks gRPC"
        case .refused, .malformed, .missing, .conflict, .tooMuch:
            "let \"contract\" name its .proto file or a descriptor set"
        }
    }

    /// What a service says of itself, fit for a line on a terminal: of bounded length and without control characters.
    static func shown(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(200) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }
}
