internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// An enum's names and numbers, either way.
final class EnumPlan: Sendable {
    let isClosed: Bool
    let isNullValue: Bool
    /// What a field without a value has.
    let defaultNumber: Int32
    private let names: NameTable
    private let byNumber: NumberTable
    private let numbers: [Int32]
    private let text: [UInt8]
    private let ends: [Int]

    init(_ type: ProtobufEnum) {
        isClosed = type.isClosed
        isNullValue = type.isNullValue
        defaultNumber = type.values.first?.number ?? 0
        names = NameTable(type.values.map(\.name))
        numbers = type.values.map(\.number)
        byNumber = NumberTable(numbers.map(Int.init))
        var text: [UInt8] = []
        ends = type.values.map { value in
            text.append(contentsOf: value.name.utf8)
            return text.count
        }
        self.text = text
    }

    func number(named name: RawSpan) -> Int32? {
        names.index(of: name).map { numbers[$0] }
    }

    func isKnown(_ number: Int32) -> Bool {
        byNumber.index(of: Int(number)) != nil
    }

    /// Lets `body` see the first name of `number`; false when it has none.
    @inline(__always)
    func withName(of number: Int32, _ body: (RawSpan) -> Void) -> Bool {
        guard let index = byNumber.index(of: Int(number)) else { return false }
        let text = text
        body(text.span.bytes.extracting((index == 0 ? 0 : ends[index &- 1])..<ends[index]))
        return true
    }
}
