/// The integers of a type.
struct IntegerRange {
    let least: Int64
    let most: UInt64

    func contains(_ amount: UInt64, isNegative: Bool) -> Bool {
        isNegative ? amount == 0 || amount <= least.magnitude : amount <= most
    }
}

extension ProtobufType {
    var integers: IntegerRange? {
        switch self {
        case .int32, .sint32, .sfixed32: IntegerRange(least: Int64(Int32.min), most: UInt64(Int32.max))
        case .int64, .sint64, .sfixed64: IntegerRange(least: Int64.min, most: UInt64(Int64.max))
        case .uint32, .fixed32: IntegerRange(least: 0, most: UInt64(UInt32.max))
        case .uint64, .fixed64: IntegerRange(least: 0, most: UInt64.max)
        default: nil
        }
    }
}
