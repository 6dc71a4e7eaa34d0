internal import JSONCodec

/// The powers of ten that a double holds exactly.
enum PowersOfTen {
    static let doubles: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}

extension JSONNumber {
    /// The nearest double, where two exact ones make it by one operation (Clinger 1990); nil else.
    var exactDouble: Double? {
        guard scale >= 0, digits.magnitude <= 1 << 53 else { return nil }
        if digits == 0 { return isNegative ? -0.0 : 0 }
        return scale == 0 ? Double(digits) : Double(digits) / PowersOfTen.doubles[scale]
    }
}
