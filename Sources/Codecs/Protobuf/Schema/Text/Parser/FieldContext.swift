/// Where a field stands.
struct FieldContext {
    var isInOneof = false
    var isExtension = false
}
