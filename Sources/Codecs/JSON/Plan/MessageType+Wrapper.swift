public import Canonical

extension MessageType {
    /// Whether all that the type holds are the items of one field: XML's usual way to write an array (`ArrayOfX`).
    ///
    /// Such a type has no attributes and no relatives: nothing but the items would be lost with the object around them.
    public var wrapsArray: Bool {
        guard let field = fields.first, fields.count == 1, field.cardinality.isRepeated, !field.name.isEmpty else {
            return false
        }
        return !"@$".utf8.contains(field.name.utf8.first ?? 0) && !isMixed && !isPolymorphic && base == nil
    }
}
