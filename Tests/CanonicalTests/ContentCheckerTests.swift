import Canonical
import Testing

@Suite struct ContentCheckerTests {
    private static func type(_ cardinalities: [Cardinality], _ rules: [ContentRule] = []) -> MessageType {
        let fields = cardinalities.enumerated().map { index, cardinality in
            Field(name: "f\(index)", type: .any, cardinality: cardinality)
        }
        return MessageType(name: "T", fields: fields, rules: rules)
    }

    private static func found(_ type: MessageType, _ present: [Int]) -> [String] {
        let checker = ContentChecker(type)
        let violations = checker.violations(FieldSet(present), at: "/x")
        #expect(checker.allows(FieldSet(present)) == violations.isEmpty)
        return violations.map { "\($0.pointer) \($0.rule)" }
    }

    @Test func `required fields must be there`() {
        let type = ContentCheckerTests.type([.required, .optional, .repeated(minimum: 1, maximum: nil)])
        #expect(ContentCheckerTests.found(type, [0, 2]) == [])
        #expect(ContentCheckerTests.found(type, [1]) == ["/x/f0 required", "/x/f2 required"])
    }

    @Test func `one branch of a choice has values`() {
        let inner = ContentRule.choice(
            branches: [.init(fields: [2], required: [2]), .init(fields: [3], required: [3])], isRequired: true)
        let branches = [
            ContentRule.Branch(fields: [0], required: [0]), .init(fields: [1, 2, 3], required: [1], rules: [inner]),
        ]
        let optional = Array(repeating: Cardinality.optional, count: 4)
        let type = ContentCheckerTests.type(optional, [.choice(branches: branches, isRequired: true)])
        #expect(ContentCheckerTests.found(type, [0]) == [])
        #expect(ContentCheckerTests.found(type, [1, 2]) == [])
        #expect(ContentCheckerTests.found(type, []) == ["/x oneOf"])
        #expect(ContentCheckerTests.found(type, [0, 1]) == ["/x oneOf"])
        #expect(ContentCheckerTests.found(type, [2]) == ["/x/f1 required"])
        #expect(ContentCheckerTests.found(type, [1]) == ["/x oneOf"])
        #expect(ContentCheckerTests.found(type, [1, 2, 3]) == ["/x oneOf"])
        let free = ContentCheckerTests.type(optional, [.choice(branches: branches, isRequired: false)])
        #expect(ContentCheckerTests.found(free, []) == [])
    }

    @Test func `an optional sequence is whole or absent`() {
        let type = ContentCheckerTests.type(
            [.optional, .optional, .optional], [.together(.init(fields: [0, 1, 2], required: [0, 1]))])
        #expect(ContentCheckerTests.found(type, []) == [])
        #expect(ContentCheckerTests.found(type, [0, 1]) == [])
        #expect(ContentCheckerTests.found(type, [2]) == ["/x/f0 required", "/x/f1 required"])
    }

    @Test func `more than 64 fields are checked like few`() {
        let type = ContentCheckerTests.type(Array(repeating: .required, count: 200))
        #expect(ContentCheckerTests.found(type, Array(0..<200)) == [])
        #expect(
            ContentCheckerTests.found(type, Array(0..<200).filter { $0 != 63 && $0 != 64 && $0 != 199 }) == [
                "/x/f63 required", "/x/f64 required", "/x/f199 required",
            ])
    }

    @Test func `items are counted`() {
        let checker = ContentChecker(ContentCheckerTests.type([.repeated(minimum: 2, maximum: 3), .required]))
        #expect(checker.countViolation(0, 1, at: "/f0")?.rule == "minItems")
        #expect(checker.countViolation(0, 2, at: "/f0") == nil)
        #expect(checker.countViolation(0, 4, at: "/f0")?.rule == "maxItems")
        #expect(checker.countViolation(1, 5, at: "/f1") == nil)
    }

    @Test func `a field set tells the new from the known`() {
        var set = FieldSet()
        #expect(set.isEmpty)
        for field in [0, 63, 64, 127, 128, 1000] {
            let isNew = set.insert(field)
            let isNewAgain = set.insert(field)
            #expect(isNew && !isNewAgain && set.contains(field) && !set.contains(field + 1))
        }
        #expect(set.intersects(FieldSet([1, 1000])))
        #expect(!set.intersects(FieldSet([1, 999])))
        #expect(set.isSuperset(of: FieldSet([0, 128])))
        #expect(!set.isSuperset(of: FieldSet([0, 2000])))
    }

    @Test(arguments: [("a", "/x/a"), ("", "/x/"), ("a/b~c", "/x/a~1b~0c")])
    func `pointers escape what RFC 6901 escapes`(_ name: String, _ expected: String) {
        #expect(JSONPointer.appending(name, to: "/x") == expected)
    }
}
