/// The parameters of permessage-deflate as one side says them (RFC 7692 §7.1).
struct DeflateParameters {
    static let name = "permessage-deflate"

    var serverNoContext = false
    var clientNoContext = false
    var serverWindowBits: Int?
    var clientWindowBits: Int?
    /// `client_max_window_bits`, with a value or without.
    var allowsClientWindowBits = false

    init() {}

    /// - Parameter isOffer: Only an offer may leave out the value of `client_max_window_bits` (§7.1.2.2).
    /// - Returns: nil when a parameter is unknown, repeated or has a value that it may not have.
    init?(_ item: ExtensionList.Item, isOffer: Bool) {
        guard item.name == Self.name else { return nil }
        for (place, parameter) in item.parameters.enumerated() {
            guard !item.parameters[..<place].contains(where: { $0.name == parameter.name }) else { return nil }
            guard read(parameter, isOffer: isOffer) else { return nil }
        }
    }

    private mutating func read(_ parameter: ExtensionList.Parameter, isOffer: Bool) -> Bool {
        switch parameter.name {
        case "server_no_context_takeover":
            serverNoContext = true
            return parameter.value == nil
        case "client_no_context_takeover":
            clientNoContext = true
            return parameter.value == nil
        case "server_max_window_bits":
            serverWindowBits = Self.windowBits(parameter.value)
            return serverWindowBits != nil
        case "client_max_window_bits":
            allowsClientWindowBits = true
            clientWindowBits = Self.windowBits(parameter.value)
            return clientWindowBits != nil || isOffer && parameter.value == nil
        default: return false
        }
    }

    /// A number without leading zeros.
    private static func windowBits(_ text: String?) -> Int? {
        (8...15).first { String($0) == text }
    }

    /// As the header field has it.
    var text: String {
        var text = Self.name
        if serverNoContext { text += "; server_no_context_takeover" }
        if clientNoContext { text += "; client_no_context_takeover" }
        if let serverWindowBits { text += "; server_max_window_bits=\(serverWindowBits)" }
        if let clientWindowBits {
            text += "; client_max_window_bits=\(clientWindowBits)"
        } else if allowsClientWindowBits {
            text += "; client_max_window_bits"
        }
        return text
    }
}
