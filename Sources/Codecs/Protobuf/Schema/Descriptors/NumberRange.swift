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

/// Numbers that other files may use for extensions (`google.protobuf.DescriptorProto.ExtensionRange`).
public struct ExtensionRange: Sendable {
    /// `end` is not one of them.
    public var numbers: NumberRange
    public var options = DescriptorOptions()
    public internal(set) var features = FeatureSet(.proto2)

    public init(numbers: NumberRange) {
        self.numbers = numbers
    }
}
