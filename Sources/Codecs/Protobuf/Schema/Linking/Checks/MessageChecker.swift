/// The rules of the fields of one message taken together.
struct MessageChecker {
    static let maximumFields = 30_000

    private let checker: FileChecker
    private let message: MessageDescriptor

    init(_ checker: FileChecker, _ message: MessageDescriptor) {
        self.checker = checker
        self.message = message
    }

    func check() {
        if message.fields.count > Self.maximumFields {
            report("proto.limit", "A message has at most \(Self.maximumFields) fields.", message.places.name)
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
        let extensions = message.extensionRanges.map { ($0.numbers, "an extension range") }
        let taken = extensions + message.reservedRanges.map { ($0, "reserved") }
        for field in message.fields {
            if let other = names[field.number] {
                report(
                    "proto.number",
                    "'\(message.name)' uses the number \(field.number) for '\(other)' and '\(field.name)'\(free).",
                    field.places.number)
            } else {
                names[field.number] = field.name
            }
            for (range, what) in taken where field.number >= range.start && field.number < range.end {
                report(
                    "proto.number",
                    "The number \(field.number) of '\(field.name)' is \(what == "reserved" ? what : "in \(what)")\(free).",
                    field.places.number)
            }
        }
    }

    /// The next number that is not taken, as advice.
    private var free: String {
        var number: Int32 = 1
        let fields = Set(message.fields.map(\.number))
        while number < FieldChecker.reserved.lowerBound {
            if let range = (message.extensionRanges.map(\.numbers) + message.reservedRanges).first(where: {
                number >= $0.start && number < $0.end
            }) {
                number = range.end
            } else if fields.contains(number) {
                number += 1
            } else {
                return "; the next free one is \(number)"
            }
        }
        return ""
    }

    private func checkRanges() {
        let last: Int32 = message.isMessageSet ? Int32.max : 0x2000_0000
        let extensions = message.extensionRanges.map { (range: $0.numbers, kind: "extension") }
        let all = extensions + message.reservedRanges.map { (range: $0, kind: "reserved") }
        for (range, kind) in all where range.start < 1 || range.end <= range.start || range.end > last {
            report("proto.range", "The \(kind) range \(text(range)) is not one of field numbers.", range.places.name)
        }
        let sorted = all.sorted { $0.range.start < $1.range.start }
        for (left, right) in zip(sorted, sorted.dropFirst()) where right.range.start < left.range.end {
            report(
                "proto.range",
                "The \(right.kind) range \(text(right.range)) overlaps the \(left.kind) range \(text(left.range)).",
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
