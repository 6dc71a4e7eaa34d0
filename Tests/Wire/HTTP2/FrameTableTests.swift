import HTTP2
import Testing

/// What RFC 9113 says of frames and streams, row by row; the list is that of h2spec, and some more.
struct FrameTableTests {
    typealias F = Frames

    private func check(_ rows: [Row], sourceLocation: SourceLocation = #_sourceLocation) {
        for row in rows {
            let whole = row.run()
            #expect(whole.matches(row.outcome), "\(row.name): \(whole)", sourceLocation: sourceLocation)
            for cut in row.runCut() where cut != whole {
                Issue.record("\(row.name), cut: \(cut), not \(whole)", sourceLocation: sourceLocation)
                break
            }
        }
    }

    @Test func `the table is long enough`() {
        #expect(FrameTable.all.count >= 120, "\(FrameTable.all.count) rows")
    }

    @Test func `section 3 and 4: the connection and its frames`() { check(FrameTable.framing) }
    @Test func `section 5: streams`() { check(FrameTable.streams) }
    @Test func `section 6.1 to 6.4: data, headers, priority, resets`() { check(FrameTable.frames) }
    @Test func `section 6.5 to 7: settings, pings, windows, continuations`() { check(FrameTable.control) }
    @Test func `section 8: messages`() { check(FrameTable.messages) }
    @Test func `HPACK`() { check(FrameTable.compression) }
}

enum FrameTable {
    static var all: [Row] { framing + streams + frames + control + messages + compression }
}
