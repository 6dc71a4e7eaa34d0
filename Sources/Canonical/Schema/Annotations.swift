/// What one protocol knows about a field, type or operation and the others need not: keyed by the note's own type, so
/// that a new codec never edits the schema. Read when coders are compiled, not per message.
public struct Annotations: Sendable {
    private var notes: [ObjectIdentifier: any Sendable] = [:]

    public init() {}

    public subscript<Note: Sendable>(_ type: Note.Type) -> Note? {
        get { notes[ObjectIdentifier(type)] as? Note }
        set { notes[ObjectIdentifier(type)] = newValue }
    }
}
