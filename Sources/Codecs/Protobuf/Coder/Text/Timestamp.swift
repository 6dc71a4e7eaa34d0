internal import Buffers

/// A `google.protobuf.Timestamp`: seconds since 1970 in UTC, and nanoseconds after them.
struct Timestamp: Equatable {
    var seconds: Int64
    var nanos: Int32

    /// From the year 1 to the end of the year 9999.
    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    var isValid: Bool { Timestamp.range.contains(seconds) && nanos >= 0 && nanos <= 999_999_999 }

    init(seconds: Int64, nanos: Int32) {
        self.seconds = seconds
        self.nanos = nanos
    }

    /// Reads RFC 3339 text with upper-case `T` and `Z`, any offset, up to nine fraction digits.
    init?(_ text: RawSpan) {
        guard text.byteCount >= 20, let year = text.digits(0..<4), let month = text.digits(5..<7),
            let day = text.digits(8..<10), let hour = text.digits(11..<13), let minute = text.digits(14..<16),
            let second = text.digits(17..<19), text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
        else { return nil }
        guard year >= 1, month >= 1, month <= 12, day >= 1, day <= Timestamp.days(year, month), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var index = 19
        guard let nanos = Nanos.read(text, &index), let offset = Timestamp.offset(text, index) else { return nil }
        let days = Timestamp.daysSince1970(year, month, day)
        seconds = Int64(days) * 86400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.nanos = nanos
        guard isValid else { return nil }
    }

    /// Writes a valid timestamp with `Z` and 0, 3, 6 or 9 fraction digits.
    func write(into out: inout ByteWriter) {
        var days = Int(seconds / 86400)
        var rest = Int(seconds % 86400)
        if rest < 0 {
            rest += 86400
            days -= 1
        }
        let (year, month, day) = Timestamp.date(days)
        out.append(padded: year, 4)
        out.append(UInt8(ascii: "-"))
        out.append(padded: month, 2)
        out.append(UInt8(ascii: "-"))
        out.append(padded: day, 2)
        out.append(UInt8(ascii: "T"))
        out.append(padded: rest / 3600, 2)
        out.append(UInt8(ascii: ":"))
        out.append(padded: rest / 60 % 60, 2)
        out.append(UInt8(ascii: ":"))
        out.append(padded: rest % 60, 2)
        Nanos.write(nanos, into: &out)
        out.append(UInt8(ascii: "Z"))
    }

    /// Seconds east of UTC of what stands from `index` to the end.
    private static func offset(_ text: RawSpan, _ index: Int) -> Int? {
        guard index < text.byteCount else { return nil }
        if text[index] == UInt8(ascii: "Z") { return text.byteCount == index + 1 ? 0 : nil }
        guard text.byteCount == index + 6, text[index + 3] == UInt8(ascii: ":"),
            let hours = text.digits(index + 1..<index + 3), let minutes = text.digits(index + 4..<index + 6),
            hours < 24, minutes < 60
        else { return nil }
        switch text[index] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    // MARK: Calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms")

    private static func days(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
