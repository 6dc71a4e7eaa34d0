internal import Canonical

/// Why a document cannot be written as XML, and the node that is at fault. The words are made at the boundary.
struct XMLEncodingError: Error {
    enum Rule {
        case character, null, object, text, item, type, name, attribute, member
    }

    let rule: Rule
    let node: Int

    init(_ rule: Rule, at node: Int) {
        self.rule = rule
        self.node = node
    }

    func failure(in document: borrowing Document, _ schema: Schema, origin: FailureOrigin) -> Failure {
        let (rule, detail) = words
        let violation = Violation(pointer: document.pointer(to: node, in: schema), rule: rule, detail: detail)
        let what = origin == .upstream ? "response" : "request"
        return Failure(
            origin == .upstream ? .internal : .invalidArgument, "\(what).invalid",
            "The \(what) cannot be written as XML.", origin: origin, violations: [violation])
    }

    private var words: (rule: String, detail: String) {
        switch rule {
        case .character: ("character", "has a character that XML 1.0 does not allow")
        case .null: ("nillable", "must not be null")
        case .object: ("type", "must be an object")
        case .text: ("type", "must be a simple value")
        case .item: ("pattern", "must not be empty or have white space, for it is an item of a list")
        case .type: ("type", "has a type that is not known or not allowed here")
        case .name: ("name", "has a name that is no XML name")
        case .attribute: ("name", "has an attribute twice, or one that is not allowed here")
        case .member: ("unknown", "has a member that stands for nothing in XML")
        }
    }
}
