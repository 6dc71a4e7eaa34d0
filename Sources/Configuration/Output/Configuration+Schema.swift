extension Configuration {
    /// The JSON Schema (2020-12) of the file, for editors: made from the declarations that read it.
    public static var schema: JSON {
        let head: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Dragoman configuration",
            "$defs": [
                "variable": [
                    "type": "string", "pattern": "\\$\\{[^}]+\\}",
                    "description": "${VAR}, ${VAR:-default} or ${file:/path}.",
                ]
            ],
        ]
        guard case .object(let members) = descriptions.schema else { return head }
        return members.reduce(head) { $0.adding($1.key, $1.value) }
    }
}
