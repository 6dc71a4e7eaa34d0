internal import Buffers

/// A number with few digits, as most are that people write: it takes no search for its digits.
///
/// No two decimals of up to 15 digits are the same double (6 for a float), so one that reads as the number is the shortest
/// that does, once its last digit is not zero.
struct ShortDecimal {
    private let digits: Int
    /// How many of the digits stand behind the point.
    private let places: Int
    /// Ten to the `places`.
    private let power: Int

    /// - Parameter value: Not negative, and finite.
    @inline(__always)
    init?(_ value: Double, isDouble: Bool) {
        let limit = isDouble ? 1e15 : 1e6
        var power = 1.0
        for places in 0...4 {
            let scaled = value * power
            guard scaled < limit else { return nil }
            let digits = Int(scaled + 0.5)
            let again = Double(digits) / power
            if isDouble ? again == value : Float(again) == Float(value) {
                self.digits = digits
                self.places = places
                self.power = Int(power)
                return
            }
            power *= 10
        }
        return nil
    }

    @inline(__always)
    func write(into out: inout ByteWriter) {
        guard places > 0 else { return out.append(decimal: digits) }
        out.append(decimal: digits / power)
        out.append(UInt8(ascii: "."))
        out.append(padded: digits % power, places)
    }
}
