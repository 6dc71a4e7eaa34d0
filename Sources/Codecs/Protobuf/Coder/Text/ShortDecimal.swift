internal import Buffers

/// A number with few digits, as most are that people write: it takes no search for its digits.
///
/// No two decimals of up to 15 digits are the same double (6 for a float), so one that reads as the number is the shortest
/// that does, once its last digit is not zero.
struct ShortDecimal {
    private let digits: UInt
    /// How many of the digits stand behind the point.
    private let places: Int

    /// - Parameter value: Not negative, and finite.
    init?(_ value: Double, isDouble: Bool) {
        let limit = isDouble ? 1e15 : 1e6
        for places in 0...4 {
            let scaled = value * PowersOfTen.doubles[places]
            guard scaled < limit else { return nil }
            let digits = UInt(scaled.rounded())
            let again = Double(digits) / PowersOfTen.doubles[places]
            if isDouble ? again == value : Float(again) == Float(value) {
                self.digits = digits
                self.places = places
                return
            }
        }
        return nil
    }

    func write(into out: inout ByteWriter) {
        guard places > 0 else { return out.append(decimal: digits) }
        let power = UInt(PowersOfTen.doubles[places])
        out.append(decimal: digits / power)
        out.append(UInt8(ascii: "."))
        out.append(padded: Int(digits % power), places)
    }
}
