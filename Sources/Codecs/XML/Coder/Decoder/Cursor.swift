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
    /// Which of the attributes that wait for their place are the object's, and still wait.
    var attributes = 0..<0
    /// The fields' names are compared with the document before it is read: text between elements means nothing, and
    /// whatever comes belongs to this object.
    let readsAhead: Bool

    init(_ type: Int, _ plan: TypePlan, object: Int, isGroup: Bool = false) {
        self.type = type
        self.object = object
        first = plan.firstField
        fieldCount = plan.fieldCount
        next = plan.firstElement
        readsAhead = !isGroup && !plan.traits.contains(.isMixed)
    }

    /// An element of the field at `place` has come.
    mutating func pass(_ place: Int, isRepeated: Bool) {
        last = place
        next = isRepeated ? place : place &+ 1
    }
}
