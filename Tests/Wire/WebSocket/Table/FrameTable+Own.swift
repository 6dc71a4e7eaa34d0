import WebSocket

extension FrameTable {
    // MARK: What Autobahn does not ask

    private static let some = Frame.text("some")
    private static let hundred = Frame.binary(Array(repeating: 7, count: 100))

    @Rows static var own: [Row] {
        Row.bad("mask: the wrong one", pieces: [.wronglyMasked(some)])
        Row.bad("mask: the wrong one on a ping", pieces: [.frame(some), .wronglyMasked(.ping())], [some])
        Row.bad("mask: the wrong one on a continuation", pieces: [.frame(.begin(1, [])), .wronglyMasked(.end([]))])
        Row.bad("mask: the wrong one on Close", pieces: [.wronglyMasked(.close(1000))])
        Row.bad("length: 4 in sixteen bits", pieces: [.form(some, .sixteenBits)])
        Row.bad("length: 4 in 64 bits", pieces: [.form(some, .sixtyFourBits)])
        Row.bad("length: 125 in sixteen bits", pieces: [.form(.binary(filler(125)), .sixteenBits)])
        Row.bad("length: 126 in 64 bits", pieces: [.form(.binary(filler(126)), .sixtyFourBits)])
        Row.bad("length: 65535 in 64 bits", pieces: [.form(.binary(filler(65_535)), .sixtyFourBits)]).large
        Row.bad("length: the highest bit", pieces: [.form(some, .claimed(1 << 63))])
        Row.bad("length: all bits", pieces: [.form(some, .claimed(.max))])
        Row.bad("length: all bits but the highest", pieces: [.form(some, .claimed(.max >> 1))], code: 1009)
        Row.bad("length: of a ping in sixteen bits", pieces: [.form(.ping([1]), .sixteenBits)])
        Row.bad("length: of a Close in 64 bits", pieces: [.form(.close(1000), .sixtyFourBits)])
        limits
        unfinished
    }

    @Rows private static var limits: [Row] {
        Row.good("limit: just as long", [hundred], [hundred]).with { $0.messageBytes = 100 }
        Row.bad("limit: a byte too long", [hundred], code: 1009).with { $0.messageBytes = 99 }
        Row.bad("limit: said before it comes", pieces: [.cut(hundred, 0)], code: 1009).with { $0.messageBytes = 99 }
        Row.good(
            "limit: just as long in fragments", [.begin(2, filler(50)), .more(filler(49)), .end([0xFE])],
            [.binary(filler(100))]
        ).with { $0.messageBytes = 100 }
        Row.bad(
            "limit: too long with the third fragment",
            pieces: [.frame(.begin(2, filler(50))), .frame(.more(filler(49))), .cut(.end(filler(2)), 0)], code: 1009
        ).with { $0.messageBytes = 100 }
        Row.bad("limit: nothing at all", [.begin(2, []), .end([1])], code: 1009).with { $0.messageBytes = 0 }
        Row.good("limit: nothing but emptiness", [.binary([])], [.binary([])]).with { $0.messageBytes = 0 }
        Row.good(
            "limit: each message by itself", Array(repeating: hundred, count: 5), Array(repeating: hundred, count: 5)
        ).with { $0.messageBytes = 100 }
        Row.bad("limit: the default is 1 MiB", pieces: [.form(.binary([]), .claimed(1 << 20 + 1))], code: 1009)
        Row.good("limit: three fragments", [.begin(2, [1]), .more([2]), .end([3])], [.binary([1, 2, 3])])
            .with { $0.fragments = 3 }
        Row.bad("limit: four fragments", [.begin(2, [1]), .more([2]), .more([3]), .end([4])], code: 1008)
            .with { $0.fragments = 3 }
        Row.bad(
            "limit: empty fragments without end", [.begin(2, [])] + Array(repeating: .more([]), count: 1024), code: 1008
        )
        Row.good(
            "limit: 1024 fragments", [.begin(2, [])] + Array(repeating: .more([]), count: 1022) + [.end([])],
            [.binary([])])
        Row.bad(
            "limit: pings", Array(repeating: .ping(), count: 201), Array(repeating: .pong(), count: 200), code: 1008)
        Row.bad("limit: pongs", Array(repeating: .pong(), count: 201), code: 1008)
        Row.bad(
            "limit: pings and pongs", [.ping(), .pong(), .ping(), .pong()], [.pong(), .pong()], code: 1008
        ).with { $0.controlBurst = 3 }
    }

    /// Nothing is said before it must be.
    @Rows private static var unfinished: [Row] {
        Row(name: "open: nothing", pieces: [], answer: [], code: nil)
        Row(name: "open: a text", pieces: [.frame(some)], answer: [some], code: nil)
        Row(name: "open: half a text", pieces: [.cut(some, 2)], answer: [], code: nil)
        Row(name: "open: half a ping", pieces: [.cut(.ping([1, 2]), 1)], answer: [], code: nil)
        Row(name: "open: half a Close", pieces: [.cut(.close(1000), 1)], answer: [], code: nil)
        Row(name: "open: a first fragment", pieces: [.frame(.begin(1, [0x61]))], answer: [], code: nil)
        Row(name: "open: half a character", pieces: [.frame(.begin(1, [0xCE]))], answer: [], code: nil)
    }
}
