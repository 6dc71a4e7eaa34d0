public import Buffers
public import Canonical

/// An error as JSON: what of it we know.
public struct ErrorText {
    /// Of a text that goes with a failure as it is: failures travel in heads, which have limits of their own.
    private static let maximumDetailBytes = 4096

    public let code: FailureCode
    public let message: String
    public private(set) var details: [FailureDetail] = []
    public private(set) var violations: [Violation] = []
    /// The status of HTTP that it says itself.
    public private(set) var httpStatus: Int?
    /// Whether all that it says is in the other members.
    public private(set) var isWhole: Bool

    /// Reads the error that `root` is, in one of the forms that are common; nil when it is in none of them.
    ///
    /// - Parameter status: The answer's; 0 where a stream breaks off.
    public static func read(_ root: JSONView, status: Int) -> ErrorText? {
        guard let inner = root["error"], inner.isObject else {
            return connect(root) ?? self.status(root, status) ?? problem(root, status)
        }
        // So Google's APIs show a status, and streams of lines their end.
        var text = connect(inner) ?? self.status(inner, nil) ?? problem(inner, status)
        if root.members.count > 1 { text?.isWhole = false }
        return text
    }

    /// The failure that `text` is where it was read as `parsed`; what that leaves out of it goes along as it stands.
    ///
    /// - Parameters:
    ///   - code: Where the text says none.
    ///   - message: Where the text says none.
    public static func failure(
        _ parsed: ErrorText?, of text: Bytes, _ code: FailureCode, _ reason: String, _ message: String
    ) -> Failure {
        var details = parsed?.details ?? []
        if parsed?.isWhole != true {
            details.append(
                FailureDetail(body: text[0..<min(text.count, maximumDetailBytes)], type: "application/json"))
        }
        // What is the client's to mend it sees as it is.
        let status = parsed?.httpStatus.flatMap { (400..<500).contains($0) ? $0 : nil }
        return Failure(
            parsed?.code ?? code, reason, parsed?.message ?? message, origin: .upstream, httpStatus: status,
            violations: parsed?.violations ?? [], details: details)
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
        text.httpStatus = object["status"]?.integer
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
