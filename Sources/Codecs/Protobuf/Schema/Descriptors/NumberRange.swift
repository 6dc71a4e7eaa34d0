/// Numbers from `start` up to but without `end`; among enum values `end` is the last one (`ReservedRange`).
public struct NumberRange: Sendable, Equatable {
    public var start: Int32
    public var end: Int32
    var places = SourcePlaces()

    public init(start: Int32, end: Int32) {
        self.start = start
        self.end = end
    }

    public static func == (left: NumberRange, right: NumberRange) -> Bool {
        left.start == right.start && left.end == right.end
    }
}
