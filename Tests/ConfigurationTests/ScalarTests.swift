import Testing

@testable import Configuration

@Suite struct ScalarTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250), "250ms"), ("30s", .seconds(30), "30s"), ("5m", .seconds(300), "5m"),
        ("24h", .seconds(86_400), "24h"), ("1m30s", .seconds(90), "90s"), ("1000ms", .seconds(1), "1s"),
        ("0s", .zero, "0s"),
    ])
    func `durations are read and written`(text: String, duration: Duration, short: String) {
        #expect(TimeSpan.parse(text) == duration)
        #expect(TimeSpan.text(duration) == short)
    }

    @Test(arguments: [
        "", "30", "s", "1.5s", "-1s", "30 s", "30S", "1d", "9223372036854775807h", "99999999999999999999s", "٣s",
    ])
    func `other texts are not durations`(text: String) {
        #expect(TimeSpan.parse(text) == nil)
    }

    @Test(arguments: [
        ("0", 0, "0B"), ("512", 512, "512B"), ("512B", 512, "512B"), ("16KiB", 16_384, "16KiB"),
        ("1MiB", 1 << 20, "1MiB"), ("1024KiB", 1 << 20, "1MiB"), ("2GiB", 2 << 30, "2GiB"), ("1000B", 1000, "1000B"),
    ])
    func `sizes are read and written`(text: String, bytes: Int, short: String) {
        #expect(Size.parse(text) == bytes)
        #expect(Size.text(bytes) == short)
    }

    @Test(arguments: [
        "", "KiB", "1MB", "1 MiB", "-1KiB", "+1", "1.5MiB", "9223372036854775807GiB", "99999999999999999999",
    ])
    func `other texts are not sizes`(text: String) {
        #expect(Size.parse(text) == nil)
    }

    @Test(arguments: [
        ("orders", "ordrs", 1), ("", "abc", 3), ("abc", "", 3), ("web", "wbe", 1), ("kitten", "sitting", 3),
        ("a", "a", 0),
    ])
    func `words differ by added, removed, replaced and swapped letters`(left: String, right: String, distance: Int) {
        #expect(Suggestion.distance(left, right) == distance)
    }

    @Test func `a suggestion is near, and the same each time`() {
        #expect(Suggestion.nearest(to: "hedaers", among: ["header", "headers", "heads"]) == "headers")
        #expect(Suggestion.nearest(to: "ab", among: ["ac", "aa"]) == "aa")
        #expect(Suggestion.nearest(to: "zebra", among: ["to", "path"]) == nil)
        #expect(Suggestion.nearest(to: "TO", among: ["to"]) == "to")
    }

    @Test(arguments: [
        ("a.yaml", "*.yaml", true), ("a.yml", "*.yaml", false), (".a.yaml", "*.yaml", false), ("ab", "a?", true),
        ("a", "a?", false), ("abcbc", "a*bc", true), ("abcb", "a*bc", false), ("", "*", true), ("aaa", "*a*a*", true),
    ])
    func `a star is any characters`(name: String, pattern: String, matches: Bool) {
        #expect(Glob.matches(name, pattern[...]) == matches)
    }
}
