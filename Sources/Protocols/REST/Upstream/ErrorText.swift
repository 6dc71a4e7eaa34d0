internal import Canonical
internal import JSONCodec

/// An error as JSON: what of it we know.
struct ErrorText {
    let code: FailureCode
    let message: String
    private(set) var details: [FailureDetail] = []
    private(set) var violations: [Violation] = []
    /// Whether all that it says is in the other members.
    private(set) var isWhole: Bool

    /// Reads the error that `root` is, in one of the forms that are common; nil when it is in none of them.
    ///
    /// - Parameter status: The answer's; 0 where a stream breaks off.
    static func read(_ root: JSONView, status: Int) -> ErrorText? {
        guard let inner = root["error"], inner.isObject else {
            return connect(root) ?? self.status(root, status) ?? problem(root, status)
        }
        // So Google's APIs show a status, and streams of lines their end.
        var text = connect(inner) ?? self.status(inner, nil) ?? problem(inner, status)
        if root.members.count > 1 { text?.isWhole = false }
        return text
    }

    private init(_ code: FailureCode, _ message: String, _ object: JSONView, known: Set<String>) {
        self.code = code
        self.message = message
        isWhole = object.members.allSatisfy { known.contains($0.name) }
    }

    // MARK: google.rpc.Status

    /// - Parameter http: The status that the code must agree with, for many an API has numbers of its own; nil where it may
    ///   be either's number.
    private static func status(_ object: JSONView, _ http: Int?) -> ErrorText? {
        let name = object["status"]?.string.flatMap { FailureCode(name: $0) }
        let number = object["code"]?.integer
        guard let code = name ?? number.flatMap({ self.code($0, http) }) else { return nil }
        var text = ErrorText(
            code, object["message"]?.string ?? "", object, known: ["code", "message", "status", "details"])
        for item in object["details"]?.items ?? [] {
            if let url = item["@type"]?.string {
                text.details.append(FailureDetail(typeName: FailureDetail.name(of: url), document: item.copy))
            } else {
                text.isWhole = false
            }
        }
        return text
    }

    private static func code(_ number: Int, _ http: Int?) -> FailureCode? {
        guard let code = FailureCode(rawValue: number) else {
            return http == nil && (400..<600).contains(number) ? FailureCode(httpStatus: number) : nil
        }
        let isExpected = http == nil || http == 0 || Failure(code, "", "").status == http
        return isExpected ? code : nil
    }

    // MARK: Connect

    /// Source: Connect, "Error Codes", "Error End-Stream".
    private static func connect(_ object: JSONView) -> ErrorText? {
        guard let name = object["code"]?.string, name == name.lowercased(), let code = FailureCode(name: name) else {
            return nil
        }
        var text = ErrorText(code, object["message"]?.string ?? "", object, known: ["code", "message", "details"])
        for item in object["details"]?.items ?? [] {
            if let type = item["type"]?.string, let value = item["value"]?.string {
                text.details.append(FailureDetail(type: type, base64: value))
            } else {
                text.isWhole = false
            }
        }
        return text
    }

    // MARK: Problems

    private static let ownMembers: Set<String> = [
        "type", "title", "status", "detail", "instance", "code", "reason", "errors", "details", "request_id",
    ]

    /// Source: RFC 9457, and the members of our own problems.
    private static func problem(_ object: JSONView, _ status: Int) -> ErrorText? {
        guard let message = object["detail"]?.string ?? object["title"]?.string else { return nil }
        let named = object["code"]?.string.flatMap { FailureCode(name: $0) }
        let status = status > 0 ? status : object["status"]?.integer ?? 0
        var text = ErrorText(named ?? FailureCode(httpStatus: status), message, object, known: ownMembers)
        let type = object["type"]?.string ?? "about:blank"
        if type != "about:blank", !type.hasPrefix("urn:dragoman:failure:") { text.isWhole = false }
        for item in object["details"]?.items ?? [] {
            guard let type = item["type"]?.string, let value = item["value"] else {
                text.isWhole = false
                continue
            }
            text.details.append(FailureDetail(typeName: type, document: value.copy))
        }
        if let errors = object["errors"] { text.read(errors: errors) }
        return text
    }

    private mutating func read(errors: JSONView) {
        guard let items = errors.items else {
            isWhole = false
            return
        }
        for item in items {
            guard let pointer = item["pointer"]?.string, let detail = item["detail"]?.string else {
                isWhole = false
                continue
            }
            violations.append(Violation(pointer: pointer, rule: item["rule"]?.string ?? "invalid", detail: detail))
        }
    }
}
