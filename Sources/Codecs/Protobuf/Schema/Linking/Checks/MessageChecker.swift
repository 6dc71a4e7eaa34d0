/// The rules of the fields of one message taken together.
struct MessageChecker {
    static let maximumFields = 30_000

    private static let maximumRanges = 5_000

    private let checker: FileChecker
    private let message: MessageDescriptor
    /// By their starts.
    private let ranges: [(range: NumberRange, isExtension: Bool)]

    init(_ checker: FileChecker, _ message: MessageDescriptor) {
        self.checker = checker
        self.message = message
        let extensions = message.extensionRanges.map { ($0.numbers, true) }
        let all: [(range: NumberRange, isExtension: Bool)] = extensions + message.reservedRanges.map { ($0, false) }
        ranges = all.sorted { $0.range.start < $1.range.start }
    }

    func check() {
        guard message.fields.count <= Self.maximumFields, ranges.count <= Self.maximumRanges else {
            return report("proto.limit", "The message has too many fields or ranges.", message.places.name)
        }
        checkNumbers()
        checkRanges()
        checkReservedNames()
        checkOneofs()
        checkJSONNames()
        if message.isMessageSet, !message.fields.isEmpty {
            report("proto.message-set", "A message set has extensions only.", message.places.name)
        }
        if checker.file.edition == .proto3, let range = message.extensionRanges.first {
            report("proto.extension", "proto3 has no extension ranges.", range.numbers.places.name)
        }
    }

    private func report(_ rule: String, _ text: String, _ place: Int32) {
        checker.report(rule, text, place)
    }

    // MARK: Numbers

    private func checkNumbers() {
        var names: [Int32: String] = [:]
        lazy var free = freeNumber
        for field in message.fields {
            if let other = names.updateValue(field.name, forKey: field.number) {
                report(
                    "proto.number",
                    "'\(message.name)' uses the number \(field.number) for '\(other)' and '\(field.name)'\(free).",
                    field.places.number)
            }
            if let what = use(of: field.number) {
                report(
                    "proto.number", "The number \(field.number) of '\(field.name)' is \(what)\(free).",
                    field.places.number)
            }
        }
    }

    /// What a number is kept for, unless it is for fields. Where ranges overlap, which is told apart, one of them counts.
    private func use(of number: Int32) -> String? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].range.start <= number { low = middle + 1 } else { high = middle }
        }
        guard low > 0, number < ranges[low - 1].range.end else { return nil }
        return ranges[low - 1].isExtension ? "in an extension range" : "reserved"
    }

    /// The next number that is not taken, as advice.
    private var freeNumber: String {
        let fields = Set(message.fields.map(\.number))
        let number = (1..<FieldChecker.reserved.lowerBound).first { !fields.contains($0) && use(of: $0) == nil }
        return number.map { "; the next free one is \($0)" } ?? ""
    }

    private func checkRanges() {
        let last: Int32 = message.isMessageSet ? Int32.max : 0x2000_0000
        for (range, isExtension) in ranges where range.start < 1 || range.end <= range.start || range.end > last {
            let kind = isExtension ? "extension" : "reserved"
            report("proto.range", "The \(kind) range \(text(range)) is not one of field numbers.", range.places.name)
        }
        for (left, right) in zip(ranges, ranges.dropFirst()) where right.range.start < left.range.end {
            let kinds = [right, left].map { $0.isExtension ? "extension" : "reserved" }
            report(
                "proto.range",
                "The \(kinds[0]) range \(text(right.range)) overlaps the \(kinds[1]) range \(text(left.range)).",
                right.range.places.name)
        }
    }

    private func text(_ range: NumberRange) -> String {
        "\(range.start) to \(Int64(range.end) - 1)"
    }

    private func checkReservedNames() {
        var names: Set<String> = []
        for name in message.reservedNames where !names.insert(name).inserted {
            report("proto.reserved", "'\(message.name)' reserves \"\(name)\" twice.", message.places.name)
        }
        for field in message.fields where names.contains(field.name) {
            report("proto.reserved", "The name '\(field.name)' is reserved.", field.places.name)
        }
    }

    // MARK: Oneofs

    private func checkOneofs() {
        var counts = [Int](repeating: 0, count: message.oneofs.count)
        var isReal = [Bool](repeating: true, count: message.oneofs.count)
        for field in message.fields {
            guard let index = field.oneofIndex.map(Int.init) else { continue }
            guard counts.indices.contains(index) else {
                report("proto.oneof", "'\(field.fullName)' is in a oneof that is not there.", field.places.name)
                continue
            }
            counts[index] += 1
            if field.isProto3Optional { isReal[index] = false }
            if field.isRepeated || field.label == .required {
                report("proto.oneof", "'\(field.name)' is in a oneof and has no label.", field.places.name)
            }
        }
        for (index, oneof) in message.oneofs.enumerated() {
            if counts[index] == 0 {
                report("proto.oneof", "The oneof '\(oneof.name)' has no fields.", oneof.places.name)
            } else if !isReal[index], counts[index] > 1 {
                report("proto.oneof", "'\(oneof.name)' is synthetic and has one field.", oneof.places.name)
            }
        }
    }

    // MARK: JSON names

    /// Two fields must not have one name in JSON; proto2 files, which are older than JSON, may with a warning.
    private func checkJSONNames() {
        let isStrict = message.features.jsonFormat == .allow && message.options.boolean(6) != true
        checkJSONNames(isStrict: isStrict) { JSONName.derived(from: $0.name) }
        checkJSONNames(isStrict: isStrict) { $0.jsonName ?? JSONName.derived(from: $0.name) }
    }

    private func checkJSONNames(isStrict: Bool, _ name: (FieldDescriptor) -> String) {
        var fields: [String: FieldDescriptor] = [:]
        for field in message.fields {
            let json = name(field)
            guard let other = fields[json] else {
                fields[json] = field
                continue
            }
            // Two names that were chosen are never forgiven; those that follow are unless JSON is promised.
            let isChosen = [field, other].allSatisfy { name($0) != JSONName.derived(from: $0.name) }
            let place = field.places.jsonName >= 0 ? field.places.jsonName : field.places.name
            let text = "'\(other.name)' and '\(field.name)' are both \"\(json)\" in JSON."
            if isStrict || isChosen {
                report("proto.json-name", text, place)
            } else {
                checker.warn("proto.json-name", text, place)
            }
        }
    }
}
