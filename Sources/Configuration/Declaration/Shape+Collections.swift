extension Shape {
    /// A list. Items that cannot be read are reported and left out.
    static func list<Item>(of item: Shape<Item>) -> Shape where Value == [Item] {
        Shape(
            schema: ["type": "array", "items": item.schema],
            show: { items in
                let shown = items.compactMap(item.show)
                return shown.count == items.count ? .array(shown) : nil
            },
            read: { node, reader in
                guard case .list(let nodes) = node.content else {
                    reader.expect("a list", found: node)
                    return nil
                }
                return nodes.enumerated().compactMap { index, node in
                    reader.descend(into: node, at: index, item.read)
                }
            })
    }

    /// A list, or a single item without the brackets.
    static func oneOrMore<Item>(of item: Shape<Item>) -> Shape where Value == [Item] {
        let list = Shape.list(of: item)
        return Shape(schema: ["anyOf": [item.schema, list.schema]], show: list.show) { node, reader in
            if case .list = node.content { return list.read(node, &reader) }
            return item.read(node, &reader).map { [$0] }
        }
    }

    /// A mapping whose keys the user chooses, in the order of the file.
    static func pairs<Item>(
        _ expected: String, of item: Shape<Item>,
        key problem: @escaping @Sendable (String) -> String? = { _ in nil }
    ) -> Shape where Value == [(name: String, value: Item)] {
        Shape(schema: ["type": "object", "additionalProperties": item.schema]) { node, reader in
            guard case .mapping(let entries) = node.content else {
                reader.expect(expected, found: node)
                return nil
            }
            return entries.compactMap { entry in
                reader.descend(into: entry) { node, reader -> (name: String, value: Item)? in
                    if let sentence = problem(entry.key) {
                        reader.report("config.bad-name", sentence, at: entry.keyLocation)
                    }
                    return item.read(node, &reader).map { (name: entry.key, value: $0) }
                }
            }
        }
    }

    /// A mapping from names to declared mappings.
    static func named<Item: Configurable & Named>(_ expected: String) -> Shape where Value == [Item] {
        let pairs = Shape<[(name: String, value: Item)]>.pairs(expected, of: .mapping) { name in
            // Dots part an upstream from its operation, so that names cannot have any.
            Words.isName(name) ? nil : "a name is made of letters, digits, \"-\" and \"_\""
        }
        return Shape(schema: pairs.schema) { node, reader in
            pairs.read(node, &reader)?.map { pair in
                var item = pair.value
                item.name = pair.name
                return item
            }
        }
    }
}

/// What its key in a mapping names.
protocol Named {
    var name: String { get set }
}
