import Buffers
import Compression
import WebSocket

/// Messages that an end with permessage-deflate echoes.
struct DeflateRow: Sendable, CustomStringConvertible {
    enum Content: CaseIterable, Sendable {
        case json, zeros, english, german, noise

        fileprivate var bytes: [UInt8] { Self.all[self] ?? [] }
        fileprivate var isText: Bool { self != .zeros && self != .noise }

        private static let all: [Content: [UInt8]] = {
            var generator = Seeded(state: 7)
            return [
                .json: repeated(#"{"id":"3f2a","balance":{"amount":1234.5,"currency":"EUR"},"open":true},"#),
                .zeros: Array(repeating: 0, count: count),
                .english: repeated("It is a truth universally acknowledged, that a single man must be in want. "),
                .german: repeated("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich – „schön“. "),
                .noise: (0..<count / 8).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } },
            ]
        }()

        private static let count = 131_072

        private static func repeated(_ text: String) -> [UInt8] {
            Array(repeating: Array(text.utf8), count: count / text.utf8.count + 1).flatMap { $0 }
        }
    }

    var name: String
    var terms: WebSocketDeflate
    var content: Content
    var size: Int
    /// Bytes of compressed data in one frame.
    var fragment: Int?

    var description: String { name }

    private var message: WebSocketMessage {
        let isText = content.isText
        var bytes = Array(content.bytes.prefix(size))
        while isText, String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
        return WebSocketMessage(isText ? .text : .binary, Bytes(bytes))
    }

    /// What is wrong; nil when all is as it must be.
    func complaint() -> String? { complaint(.server) ?? complaint(.client) }

    private func complaint(_ role: WebSocketRole) -> String? {
        let (incoming, outgoing) = role == .server ? (terms.client, terms.server) : (terms.server, terms.client)
        let deflater = MessageDeflater(windowBits: incoming.windowBits, keepsContext: incoming.keepsContext)
        let inflater = MessageInflater(
            windowBits: outgoing.windowBits, keepsContext: outgoing.keepsContext,
            limits: InflationLimits(bytes: size, ratio: .max))
        var settings = WebSocketSettings()
        settings.compressedFromBytes = 0
        settings.messageBytes = size
        let end = Endpoint(role, deflate: terms, settings: settings, pool: .withoutMasks())
        end.echoes = true
        let message = message
        for round in 1...3 {
            end.receive(frames(of: message, deflater).flatMap { $0.bytes(key: role == .server ? [0, 0, 0, 0] : nil) })
            if let error = end.error { return "\(role), round \(round): \(error.reason)" }
            guard let frames = end.takeFrames(), frames.count == 1 else { return "\(role): not one frame" }
            guard Self.payload(of: frames[0], inflater) == message.payload.array else {
                return "\(role), round \(round): not the same"
            }
        }
        return nil
    }

    private func frames(of message: WebSocketMessage, _ deflater: MessageDeflater) -> [Frame] {
        var out = ByteWriter()
        deflater.deflate(message.payload.span, isLast: true, into: &out)
        return Self.frames(message.kind == .text ? 1 : 2, out.finish().array, by: fragment)
    }

    /// The frames of a compressed message.
    static func frames(_ opcode: UInt8, _ payload: [UInt8], by fragment: Int? = nil) -> [Frame] {
        let size = fragment ?? max(payload.count, 1)
        var frames = stride(from: 0, to: max(payload.count, 1), by: size).map {
            Frame(0, Array(payload[$0..<min($0 + size, payload.count)]), isFinal: false)
        }
        frames[0].opcode = opcode
        frames[0].reserved = 4
        frames[frames.count - 1].isFinal = true
        return frames
    }

    /// What the frame of a whole message says; nil when it is malformed.
    static func payload(of frame: Frame, _ inflater: MessageInflater) -> [UInt8]? {
        guard frame.isFinal, frame.opcode == 1 || frame.opcode == 2 else { return nil }
        guard frame.reserved == 4 else { return frame.reserved == 0 ? frame.payload : nil }
        var out = ByteWriter()
        do { try inflater.inflate(frame.payload.span.bytes, isLast: true, into: &out) } catch { return nil }
        return out.finish().array
    }
}
