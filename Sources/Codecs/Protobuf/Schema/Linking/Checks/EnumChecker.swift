/// The rules of one enum.
struct EnumChecker {
    private let checker: FileChecker
    private let type: EnumDescriptor

    init(_ checker: FileChecker, _ type: EnumDescriptor) {
        self.checker = checker
        self.type = type
    }

    func check() {
        guard let first = type.values.first else {
            return report("proto.enum", "The enum '\(type.name)' has no values.", type.places.name)
        }
        if !type.isClosed, first.number != 0 {
            report(
                "proto.enum", "The first value of '\(type.name)' must be 0, which is its default.", first.places.number)
        }
        checkAliases()
        checkReserved()
        checkLikeness()
    }

    private func report(_ rule: String, _ text: String, _ place: Int32) {
        checker.report(rule, text, place)
    }

    private func checkAliases() {
        var names: [Int32: String] = [:]
        var hasAlias = false
        for value in type.values {
            guard let other = names.updateValue(value.name, forKey: value.number) else { continue }
            hasAlias = true
            if !type.allowsAliases {
                report(
                    "proto.enum",
                    "'\(value.name)' has the number of '\(other)'; if that is meant, set 'option allow_alias = true;'.",
                    value.places.number)
            }
        }
        if type.allowsAliases, !hasAlias {
            report("proto.enum", "'\(type.name)' sets allow_alias, but no two values share a number.", type.places.name)
        }
    }

    private func checkReserved() {
        for range in type.reservedRanges where range.end < range.start {
            report("proto.range", "A range ends behind its start.", range.places.name)
        }
        let sorted = type.reservedRanges.sorted { $0.start < $1.start }
        for (left, right) in zip(sorted, sorted.dropFirst()) where right.start <= left.end {
            report("proto.range", "The reserved ranges of '\(type.name)' overlap.", right.places.name)
        }
        var names: Set<String> = []
        for name in type.reservedNames where !names.insert(name).inserted {
            report("proto.reserved", "'\(type.name)' reserves \"\(name)\" twice.", type.places.name)
        }
        for value in type.values {
            if names.contains(value.name) {
                report("proto.reserved", "The name '\(value.name)' is reserved.", value.places.name)
            }
            if type.reservedRanges.contains(where: { $0.start <= value.number && value.number <= $0.end }) {
                report("proto.reserved", "The number \(value.number) is reserved.", value.places.number)
            }
        }
    }

    /// Names that are one name once case and the enum's own name are gone, as code generators have it.
    private func checkLikeness() {
        let prefix = Self.plain(type.name)
        let isStrict = type.features.jsonFormat == .allow && type.options.boolean(6) != true
        var values: [String: EnumValueDescriptor] = [:]
        for value in type.values {
            var name = Self.plain(value.name)
            if name.hasPrefix(prefix), name.count > prefix.count, !name.dropFirst(prefix.count).isDigitFirst {
                name.removeFirst(prefix.count)
            }
            guard let other = values.updateValue(value, forKey: name), other.number != value.number,
                other.name != value.name
            else { continue }
            let text = "'\(other.name)' and '\(value.name)' differ in case or the name of the enum only."
            if isStrict {
                report("proto.enum", text, value.places.name)
            } else {
                checker.warn("proto.enum", text, value.places.name)
            }
        }
    }

    private static func plain(_ name: String) -> String {
        String(decoding: name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }
}

extension Substring {
    fileprivate var isDigitFirst: Bool { utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }
}
