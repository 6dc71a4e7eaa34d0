public import Canonical

/// A schema compiled for JSON; one per contract and set of options, shared by its coders.
public final class JSONPlan: Sendable {
    let options: JSONOptions
    let schema: Schema
    /// What objects of the schema look like where not as here.
    let dialect: (any JSONDialect)?
    let messages: [MessagePlan]
    let scalars: [ScalarPlan]
    let maps: [MapPlan]
    /// Types by the name that `@type` says.
    let typeNames: NameTable
    private let table: ScalarTable

    /// Whether fields of types that only wrap an array are the array itself.
    public var collapsesWrappers: Bool { options.collapsesWrappers }
    /// Whether members that the schema does not name are skipped.
    public var ignoresUnknownMembers: Bool { options.ignoresUnknownMembers }

    /// - Parameter dialect: Reads and writes the objects of the schema in place of this plan, which then is for values that
    ///   are no objects of it.
    public init(_ schema: Schema, options: JSONOptions = JSONOptions(), dialect: (any JSONDialect)? = nil) {
        self.schema = schema
        self.options = options
        self.dialect = dialect
        var table = ScalarTable(options: options)
        messages = schema.messages.indices.map { index in
            MessagePlan(schema.messages[index], id: MessageID(index), in: schema, scalars: &table, options: options)
        }
        typeNames = NameTable(schema.messages.map(\.name))
        scalars = table.scalars
        maps = table.maps
        self.table = table
    }

    private init(_ other: JSONPlan, table: ScalarTable, options: JSONOptions, dialect: (any JSONDialect)?) {
        self.options = options
        self.dialect = dialect
        schema = other.schema
        messages = other.messages
        typeNames = other.typeNames
        scalars = table.scalars
        maps = table.maps
        self.table = table
    }

    /// The plan of a whole message of `type`, and the plan that knows it: another one when no field has that simple type.
    func root(_ type: ValueType) -> (plan: JSONPlan, root: FieldPlan) {
        var table = table
        let root = table.plan(type)
        let isKnown = table.scalars.count == scalars.count && table.maps.count == maps.count
        return isKnown ? (self, root) : (JSONPlan(self, table: table, options: options, dialect: dialect), root)
    }

    /// The same plan for what somebody else sends: all that is compiled is shared.
    ///
    /// - Parameter dialect: In place of the plan's own.
    public func reading(
        from origin: FailureOrigin, ignoringUnknownMembers: Bool, dialect: (any JSONDialect)? = nil
    ) -> JSONPlan {
        var options = options
        options.origin = origin
        options.ignoresUnknownMembers = ignoringUnknownMembers
        return JSONPlan(self, table: table, options: options, dialect: dialect ?? self.dialect)
    }
}
