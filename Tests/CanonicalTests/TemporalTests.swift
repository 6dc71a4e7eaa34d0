import Buffers
import Canonical
import Testing

@Suite struct TemporalTests {
    @Test(arguments: [
        (TemporalKind.dateTime, "2015-03-26T10:00:00"), (.dateTime, "2015-03-26T10:00:00.000Z"),
        (.dateTime, "2015-03-26T24:00:00"),
        (.dateTime, "2015-03-26T24:00:00.00+14:00"), (.dateTime, "-12015-03-26T23:59:59.999999999-14:00"),
        (.dateTime, "2000-02-29T00:00:00"),
        (.dateTime, "2400-02-29T00:00:00"), (.dateTime, "123456789012345678901234567890-01-01T00:00:00"),
        (.date, "2015-03-26+01:00"),
        (.date, "2016-02-29"), (.date, "12000-02-29Z"), (.time, "00:00:00"), (.time, "24:00:00"),
        (.time, "10:00:00.5-00:30"),
        (.duration, "P1Y2M3DT4H5M6.7S"), (.duration, "-P1D"), (.duration, "PT0S"), (.duration, "P1Y1D"),
        (.duration, "PT1M"), (.duration, "P99999999999999999999Y"),
        (.gYear, "2015"), (.gYear, "-0044Z"), (.gYearMonth, "2015-12+01:00"), (.gMonth, "--12"), (.gMonth, "--01Z"),
        (.gMonthDay, "--02-29"),
        (.gMonthDay, "--12-31-05:00"), (.gDay, "---31"),
    ])
    func `what XSD allows is kept as written`(_ kind: TemporalKind, _ text: String) {
        #expect(ScalarCoderTests.read(" \(text)\n", .temporal(kind)) == "string \(text)")
    }

    @Test(arguments: [
        (TemporalKind.dateTime, "2015-03-26"), (.dateTime, "2015-03-26 10:00:00"), (.dateTime, "2015-3-26T10:00:00"),
        (.dateTime, "2015-02-29T10:00:00"),
        (.dateTime, "1900-02-29T10:00:00"), (.dateTime, "2015-13-01T10:00:00"), (.dateTime, "2015-00-01T10:00:00"),
        (.dateTime, "2015-04-31T10:00:00"),
        (.dateTime, "2015-03-26T24:00:01"), (.dateTime, "2015-03-26T24:00:00.01"), (.dateTime, "2015-03-26T25:00:00"),
        (.dateTime, "2015-03-26T10:60:00"),
        (.dateTime, "2015-03-26T10:00:60"), (.dateTime, "2015-03-26T10:00:00."),
        (.dateTime, "2015-03-26T10:00:00+14:01"), (.dateTime, "2015-03-26T10:00:00+1:00"),
        (.dateTime, "2015-03-26T10:00:00z"), (.dateTime, "02015-03-26T10:00:00"), (.dateTime, "0000-03-26T10:00:00"),
        (.dateTime, "015-03-26T10:00:00"),
        (.dateTime, "+2015-03-26T10:00:00"), (.dateTime, "2015-03-26T10:00"), (.date, "2015-03-26T"),
        (.time, "24:00:01"), (.time, "1:00:00"),
        (.duration, "P"), (.duration, "PT"), (.duration, "P1YT"), (.duration, "1Y"), (.duration, "P1M1Y"),
        (.duration, "P1H"), (.duration, "PT1D"),
        (.duration, "P1.5Y"), (.duration, "PT1.5M"), (.duration, "PT1.S"), (.duration, "PT.5S"), (.duration, "P-1D"),
        (.duration, "+P1D"), (.duration, "P1YP1M"),
        (.gYear, "15"), (.gMonth, "12"), (.gMonth, "--13"), (.gMonthDay, "--02-30"), (.gMonthDay, "--04-31"),
        (.gDay, "---32"), (.gDay, "---00"), (.gDay, "--01"),
        (.date, ""),
    ])
    func `what XSD does not allow is refused`(_ kind: TemporalKind, _ text: String) {
        #expect(ScalarCoderTests.read(text, .temporal(kind)) == "!type")
    }

    @Test(arguments: [
        (TemporalKind.dateTime, "2015-01-01T00:00:00Z", "2015-01-01T00:00:00Z", true),
        (.dateTime, "2015-01-01T00:00:00Z", "2014-12-31T23:59:59.999Z", false),
        (.dateTime, "2015-01-01T00:00:00Z", "2015-01-01T01:00:00+01:00", true),
        (.dateTime, "2015-01-01T00:00:00Z", "2015-01-01T00:59:59+01:00", false),
        (.dateTime, "2015-01-01T00:00:00Z", "2015-01-01T14:00:00", false),
        (.dateTime, "2015-01-01T00:00:00Z", "2015-01-01T14:00:01", true),
        (.dateTime, "2015-01-01T00:00:00", "2014-12-31T24:00:00", true),
        (.dateTime, "-0001-12-31T23:59:59", "0001-01-01T00:00:00", true),
        (.dateTime, "0001-01-01T00:00:00", "-0001-12-31T23:59:59", false), (.date, "2015-03-01", "2015-02-28", false),
        (.date, "2015-03-01", "2015-03-01", true),
        (.time, "10:00:00", "09:59:59.999999999999999999", false), (.time, "10:00:00Z", "11:00:00+01:00", true),
        (.gYear, "2000", "12000", true), (.gYear, "2000", "1999", false),
        (.gMonthDay, "--03-01", "--02-29", false), (.gDay, "---10", "---09", false),
        (.gYearMonth, "2015-12", "2016-01", true),
        (.duration, "P1M", "P32D", true), (.duration, "P1M", "P31D", false), (.duration, "P1M", "P30D", false),
        (.duration, "P1Y", "P12M", true), (.duration, "PT1M", "PT59.9S", false), (.duration, "-P1D", "PT0S", true),
        (.duration, "P1D", "PT24H", true), (.duration, "P5M", "P154D", true),
    ])
    func `a bound is kept on the time line`(_ kind: TemporalKind, _ bound: String, _ text: String, _ isKept: Bool) {
        var facets = Facets()
        facets.minimum = Facets.Bound(bound)
        #expect(ScalarCoderTests.read(text, .temporal(kind), facets) == (isKept ? "string \(text)" : "!minimum"))
    }

    @Test func `an exclusive bound is not kept by its own value`() {
        var facets = Facets()
        facets.maximum = Facets.Bound("2015-01-01", isExclusive: true)
        #expect(ScalarCoderTests.read("2015-01-01", .temporal(.date), facets) == "!exclusiveMaximum")
        #expect(ScalarCoderTests.read("2014-12-31", .temporal(.date), facets) == "string 2014-12-31")
    }
}
