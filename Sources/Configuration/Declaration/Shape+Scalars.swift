internal import Canonical

extension Shape where Value == String {
    /// Any text that is not empty.
    static let text = Shape.scalar("text", schema: ["type": "string", "minLength": 1], show: { .string($0) }) {
        $0.isEmpty ? nil : $0
    }

    /// A path to a file, relative to the file that says it.
    static let path = Shape(schema: text.schema) { node, reader in
        text.read(node, &reader).map { FilePath.resolve($0, besides: node.location.file) }
    }
}

extension Shape where Value == Bool {
    /// `true` or `false`; YAML 1.1's other eighteen words are not truth values.
    static let flag = Shape.scalar("true or false", schema: orVariable(["type": "boolean"]), show: { .bool($0) }) {
        Bool($0)
    }
}

extension Shape where Value == Int {
    /// A whole number in decimal digits.
    static func integer(_ range: ClosedRange<Int>) -> Shape {
        let expected =
            range.count == 1
            ? "\(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let number: JSON = [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ]
        return .scalar(expected, schema: orVariable(number), show: { .integer($0) }) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number of bytes: `16KiB`, `1MiB` or a plain number.
    static func size(_ range: ClosedRange<Int>) -> Shape {
        let expected =
            "a size from \(Size.text(range.lowerBound)) to \(Size.text(range.upperBound)), such as 16KiB or 1MiB"
        let pattern: JSON = ["type": ["integer", "string"], "pattern": .string("^[0-9]+(B|KiB|MiB|GiB)?$")]
        return .scalar(expected, schema: orVariable(pattern), show: { .string(Size.text($0)) }) { text in
            Size.parse(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Shape where Value == Duration {
    /// A time: `250ms`, `30s`, `5m`, `24h`, or several of them.
    static func duration(_ range: ClosedRange<Duration> = .milliseconds(1)...(.seconds(86_400))) -> Shape {
        let bounds = "from \(TimeSpan.text(range.lowerBound)) to \(TimeSpan.text(range.upperBound))"
        let schema: JSON = ["type": "string", "pattern": "^([0-9]+(ms|s|m|h))+$"]
        return Shape(schema: orVariable(schema), show: { .string(TimeSpan.text($0)) }) { node, reader in
            guard case .scalar(let scalar) = node.content else {
                reader.expect("a duration such as 250ms, 30s, 5m or 24h", found: node)
                return nil
            }
            guard let duration = TimeSpan.parse(scalar.text) else {
                let hint = Int(scalar.text) == nil ? "" : "; a unit is missing, as in \"\(scalar.shown)s\""
                reader.expect("a duration such as 250ms, 30s, 5m or 24h", found: node, hint: hint)
                return nil
            }
            guard range.contains(duration) else {
                reader.expect("a duration \(bounds)", found: node)
                return nil
            }
            return duration
        }
    }
}

extension Shape where Value == Double {
    /// A share such as `20%`; the value is a fraction of one.
    static let percentage = Shape.scalar(
        "a percentage from 0% to 100%", schema: orVariable(["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$"]),
        show: { .string("\(Int(($0 * 100).rounded()))%") }
    ) { text in
        guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number) else { return nil }
        return number / 100
    }
}

extension Shape where Value: CaseIterable & RawRepresentable<String> {
    /// One of a few words.
    static var word: Shape {
        let words = Value.allCases.map(\.rawValue)
        let expected = (words.count == 1 ? "" : "one of ") + words.joined(separator: ", ")
        let schema = orVariable(["enum": .array(words.map { .string($0) })])
        return Shape(schema: schema, show: { .string($0.rawValue) }) { node, reader in
            guard case .scalar(let scalar) = node.content else {
                reader.expect(expected, found: node)
                return nil
            }
            if let value = Value(rawValue: scalar.text) { return value }
            reader.expect(expected, found: node, hint: Suggestion.text(for: scalar.shown, among: words))
            return nil
        }
    }
}

/// The schema of a value that `${VAR}` may stand in for.
private func orVariable(_ schema: JSON) -> JSON {
    ["anyOf": [schema, ["$ref": "#/$defs/variable"]]]
}
