internal import Canonical

/// One thing that the schema does not allow, and the node where it is.
struct XMLFinding: Sendable {
    enum Rule: Sendable {
        case scalar(ScalarViolation)
        /// The fields of an object do not go together; the checker of its type says why.
        case content(ContentChecker, present: FieldSet)
        /// A repeated field, by place and name, has too few or too many items.
        case count(ContentChecker, field: Int, name: String, items: Int)
        case nilValue
        case abstractType, unknownType
        case unexpectedText, unexpectedContent
        /// Elements and attributes by name.
        case order(String), repeated(String), unknownElement(String), undeclaredElement(String)
        case unknownAttribute(String)
    }

    let rule: Rule
    let node: Int

    func violations(at pointer: String) -> [Violation] {
        switch rule {
        case .scalar(let violation): [violation.violation(at: pointer)]
        case .content(let checker, let present): checker.violations(present, at: pointer)
        case .count(let checker, let field, let name, let items):
            checker.countViolation(field, items, at: JSONPointer.appending(name, to: pointer)).map { [$0] } ?? []
        default:
            [Violation(pointer: pointer, rule: words.rule, detail: words.detail)]
        }
    }

    private var words: (rule: String, detail: String) {
        switch rule {
        case .scalar, .content, .count: ("", "")
        case .nilValue: ("nillable", "must not be nil")
        case .abstractType: ("type", "must say its type, for the declared one is abstract")
        case .unknownType: ("type", "has a type that is not known or not allowed here")
        case .unexpectedText: ("content", "must not have text between its elements")
        case .unexpectedContent: ("content", "must not have elements in it")
        case .order(let name): ("order", "has the element \(name) in the wrong place")
        case .repeated(let name): ("maxItems", "must have the element \(name) only once")
        case .unknownElement(let name): ("unknown", "must not have an element \(name)")
        case .undeclaredElement(let name): ("unknown", "must not have an element \(name), which is not declared")
        case .unknownAttribute(let name): ("unknown", "must not have an attribute \(name)")
        }
    }
}
