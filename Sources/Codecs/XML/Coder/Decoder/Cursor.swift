internal import Canonical

/// Where decoding is in the content of one element or group.
struct Cursor {
    let type: Int
    /// Where the type's fields begin in the plan.
    let first: Int
    let fieldCount: Int
    /// The object on the tape.
    let object: Int
    /// The field of the last element; at first the one before the first that an element can have.
    var last: Int
    var present = FieldSet()

    init(_ type: Int, _ plan: TypePlan, object: Int) {
        self.type = type
        self.object = object
        first = plan.firstField
        fieldCount = plan.fieldCount
        last = plan.firstElement &- 1
    }
}
