public import Buffers

/// The date format of HTTP (IMF-fixdate, RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, always 29 bytes.
public enum HTTPDate {
    private static let days: StaticString = "ThuFriSatSunMonTueWed"
    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    /// The end of the year 9999, the last that four digits can say.
    private static let end = 253_402_300_800

    /// Writes the moment `unixSeconds` after 1970 began; times outside the years 1970 to 9999 become the nearest within.
    public static func write(unixSeconds: Int, into out: inout ByteWriter) {
        let time = min(max(unixSeconds, 0), end - 1)
        let (days, seconds) = (time / 86_400, time % 86_400)
        let date = civilDate(daysSince1970: days)
        append(Self.days, at: days % 7, into: &out)
        out.append(", ")
        append(twoDigits: date.day, into: &out)
        out.append(0x20)
        append(months, at: date.month - 1, into: &out)
        out.append(0x20)
        append(twoDigits: date.year / 100, into: &out)
        append(twoDigits: date.year % 100, into: &out)
        out.append(0x20)
        append(twoDigits: seconds / 3600, into: &out)
        out.append(UInt8(ascii: ":"))
        append(twoDigits: seconds / 60 % 60, into: &out)
        out.append(UInt8(ascii: ":"))
        append(twoDigits: seconds % 60, into: &out)
        out.append(" GMT")
    }

    /// The Gregorian date by whole eras of 400 years that begin in March, so that the leap day ends a year.
    private static func civilDate(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func append(_ names: StaticString, at index: Int, into out: inout ByteWriter) {
        out.append(RawSpan(_unsafeStart: names.utf8Start + index * 3, byteCount: 3))
    }

    private static func append(twoDigits value: Int, into out: inout ByteWriter) {
        out.append(UInt8(truncatingIfNeeded: 0x30 + value / 10))
        out.append(UInt8(truncatingIfNeeded: 0x30 + value % 10))
    }
}
