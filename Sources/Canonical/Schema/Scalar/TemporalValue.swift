/// A moment, a recurring moment or a duration, for comparing; the text is what is kept.
///
/// What a kind does not say has a fixed value, so that only values of one kind may be compared. 1972 is a leap year.
struct TemporalValue: Sendable {
    var year = 1972
    var month = 1
    var day = 1
    /// Of the day, in UTC when zoned; of a duration, all but its months.
    var seconds = 0
    /// In 10^-18 s.
    var fraction = 0
    var isZoned = false
    var isDuration = false
    /// A duration's years and months.
    var months = 0

    var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    mutating func negate() {
        months = -months
        seconds = -seconds
        fraction = -fraction
    }

    /// -1, 0 or 1 for `self` before, at or after `other`; nil where XSD leaves the order open (§3.2.6.2, §3.2.7.4).
    func compare(_ other: TemporalValue) -> Int? {
        guard !isDuration else { return compareDuration(other) }
        if isZoned == other.isZoned { return TemporalValue.order(instant, other.instant) }
        // The one without a zone may be anywhere within fourteen hours of where it seems.
        let span = 14 * 3600
        if TemporalValue.order((instant.0 + span, instant.1), other.instant) < 0 { return -1 }
        return TemporalValue.order((instant.0 - span, instant.1), other.instant) > 0 ? 1 : nil
    }

    /// Durations are ordered when they are so from each of four dates, whose months differ in length.
    private func compareDuration(_ other: TemporalValue) -> Int? {
        var result: Int?
        for (year, month) in [(1696, 9), (1697, 2), (1903, 3), (1903, 7)] {
            let order = TemporalValue.order(end(from: year, month), other.end(from: year, month))
            if let result, result != order { return nil }
            result = order
        }
        return result
    }

    private func end(from year: Int, _ month: Int) -> (Int, Int) {
        let total = year * 12 + month - 1 + months
        let start = TemporalValue.days(
            year: total.flooredQuotient(12), month: total - total.flooredQuotient(12) * 12 + 1, day: 1)
        return (start * 86_400 + seconds, fraction)
    }

    /// Seconds since 1970 and the fraction.
    private var instant: (Int, Int) {
        // There is no year 0 in XSD 1.0.
        (TemporalValue.days(year: year < 0 ? year + 1 : year, month: month, day: day) * 86_400 + seconds, fraction)
    }

    /// Days from 1970-01-01 in the Gregorian calendar, counted from March on so that leap days come last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year.flooredQuotient(400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func order(_ left: (Int, Int), _ right: (Int, Int)) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}

extension Int {
    fileprivate func flooredQuotient(_ divisor: Int) -> Int {
        let quotient = self / divisor
        return self < 0 && quotient * divisor != self ? quotient - 1 : quotient
    }
}

/// One end of a range of dates, times or durations.
struct TemporalBound: Sendable {
    private let value: TemporalValue
    private let isExclusive: Bool

    /// Nil when there is no bound, or it is not a value of `kind`.
    init?(_ bound: Facets.Bound?, _ kind: ScalarKind) {
        guard let bound, case .temporal(let kind) = kind,
            let value = TemporalText.read(Array(bound.value.utf8).span.bytes, kind)
        else { return nil }
        self.value = value
        isExclusive = bound.isExclusive
    }

    /// The rule that `other` breaks when this is the lower end of the range.
    func brokenAsMinimum(by other: TemporalValue) -> ScalarRule? {
        breaks(other.compare(value)) ? (isExclusive ? .exclusiveMinimum : .minimum) : nil
    }

    /// The rule that `other` breaks when this is the upper end of the range.
    func brokenAsMaximum(by other: TemporalValue) -> ScalarRule? {
        breaks(value.compare(other)) ? (isExclusive ? .exclusiveMaximum : .maximum) : nil
    }

    /// An open order keeps no bound.
    private func breaks(_ order: Int?) -> Bool {
        guard let order else { return true }
        return order < 0 || (order == 0 && isExclusive)
    }
}
