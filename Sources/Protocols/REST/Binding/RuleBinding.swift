internal import Canonical

/// What an http rule says beyond the values of the path.
///
/// Source: google/api/http.proto.
struct RuleBinding: Sendable {
    /// The field that the body is; nil where the body is the message.
    var bodyField: FieldMapping.Target?
    /// What the query may set.
    var query: QueryFields
    /// The field mask that a PATCH without one has filled with what its body names.
    var mask: FieldMapping.Target?
    /// The type of the body.
    var bodyType: ValueType
}
