import Testing
import WebSocket

/// What RFC 6455 demands, row by row; see the tables.
@Suite struct TableTests {
    private func check(_ rows: [Row], sourceLocation: SourceLocation = #_sourceLocation) {
        for row in rows {
            if let complaint = row.complaint() { Issue.record("\(row): \(complaint)", sourceLocation: sourceLocation) }
        }
    }

    @Test func `the tables are long enough`() {
        let names = (FrameTable.all + TextTable.all).map(\.name)
        #expect(names.count >= 250, "\(names.count) rows")
        #expect(Set(names).count == names.count)
    }

    @Test func `1 frames`() { check(FrameTable.framing) }
    @Test func `2 pings and pongs`() { check(FrameTable.pings) }
    @Test func `3 reserved bits`() { check(FrameTable.reserved) }
    @Test func `4 opcodes`() { check(FrameTable.opcodes) }
    @Test func `5 fragments`() { check(FrameTable.fragments) }
    @Test func `6 text`() { check(TextTable.all) }
    @Test func `7 closing`() { check(FrameTable.closing) }
    @Test func `9 and 10 large messages`() { check(FrameTable.large) }
    @Test func `masks, lengths and limits`() { check(FrameTable.own) }
}
