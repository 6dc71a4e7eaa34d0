internal import Canonical

/// Where decoding is in the content of one element or group.
struct Cursor {
    let type: Int
    /// Where the type's fields begin in the plan.
    let first: Int
    let fieldCount: Int
    /// The object on the tape.
    let object: Int
    /// The field of the last element; -1 at first.
    var last = -1
    /// The field that most likely comes next.
    var next: Int
    var present = FieldSet()
    /// What the text of an empty element means; empty when it means nothing else.
    var preset = Literal.empty

    init(_ type: Int, _ plan: TypePlan, object: Int) {
        self.type = type
        self.object = object
        first = plan.firstField
        fieldCount = plan.fieldCount
        next = plan.firstElement
    }
}
