import Buffers
import Testing
import WebSocket

/// Random messages from one end to the other, cut at random.
@Suite struct RoundTripTests {
    private typealias Direction = WebSocketDeflate.Direction

    static let terms: [WebSocketDeflate?] = [
        nil, WebSocketDeflate(),
        WebSocketDeflate(server: Direction(keepsContext: true), client: Direction(keepsContext: true)),
        WebSocketDeflate(
            server: Direction(keepsContext: true, windowBits: 8), client: Direction(keepsContext: false, windowBits: 9)),
    ]

    @Test(arguments: terms.indices, 1...4 as ClosedRange<UInt64>)
    func `what is sent is received`(terms: Int, seed: UInt64) {
        var generator = Seeded(state: seed)
        var settings = WebSocketSettings()
        settings.compressedFromBytes = 20
        let pool = WebSocketPool.forTests()
        let client = Endpoint(.client, deflate: Self.terms[terms], settings: settings, pool: pool)
        let server = Endpoint(.server, deflate: Self.terms[terms], settings: settings, pool: pool)
        for (sender, receiver) in [(client, server), (server, client)] {
            var sent: [WebSocketEvent] = []
            for _ in 0..<60 {
                let message = Self.message(&generator)
                sender.send(message)
                sent.append(.message(message))
                guard Bool.random(using: &generator) else { continue }
                let payload = Bytes(Array("ping".utf8))
                sender.write { (connection, out) in connection.ping(payload.span, into: &out) }
                sent.append(.ping(payload))
            }
            Self.carry(sender.takeOutput(), to: receiver, &generator)
            #expect(receiver.error == nil)
            #expect(receiver.events == sent, "seed \(seed)")
            // The pongs.
            Self.carry(receiver.takeOutput(), to: sender, &generator)
            receiver.events = []
            sender.events = []
        }
    }

    private static func carry(_ bytes: [UInt8], to end: Endpoint, _ generator: inout Seeded) {
        var start = 0
        while start < bytes.count {
            let length = Int.random(in: 1...Int.random(in: 1...10_000, using: &generator), using: &generator)
            let stop = min(start + length, bytes.count)
            end.receive(Array(bytes[start..<stop]))
            start = stop
        }
    }

    private static func message(_ generator: inout Seeded) -> WebSocketMessage {
        let count = [0, 1, 7, 125, 126, 127, 3000, 70_000].randomElement(using: &generator) ?? 0
        let characters = Array("aé€𝔘 e".unicodeScalars)
        guard Bool.random(using: &generator) else {
            let bytes = (0..<count / 8).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
            return .binary(Bytes(bytes))
        }
        var text = String.UnicodeScalarView()
        for _ in 0..<min(count, 4000) { text.append(characters.randomElement(using: &generator) ?? "a") }
        return .text(String(text))
    }
}
