/// One frame, well-formed or not, as a table says it; written for either role.
struct Frame: Equatable, Sendable {
    /// How the length is said, where it is not as short as can be.
    enum LengthForm: Sendable {
        case shortest, sixteenBits, sixtyFourBits
        /// This number in 64 bits, whatever the payload is.
        case claimed(UInt64)
    }

    var opcode: UInt8
    var payload: [UInt8]
    var isFinal = true
    /// RSV1, RSV2, RSV3 as 4, 2, 1.
    var reserved: UInt8 = 0

    init(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0) {
        self.opcode = opcode
        self.payload = payload
        self.isFinal = isFinal
        self.reserved = reserved
    }

    static func text(_ text: String) -> Frame { Frame(1, Array(text.utf8)) }
    static func text(_ bytes: [UInt8]) -> Frame { Frame(1, bytes) }
    static func binary(_ bytes: [UInt8]) -> Frame { Frame(2, bytes) }
    static func ping(_ bytes: [UInt8] = []) -> Frame { Frame(9, bytes) }
    static func pong(_ bytes: [UInt8] = []) -> Frame { Frame(10, bytes) }
    static func close(_ code: Int? = nil, _ reason: [UInt8] = []) -> Frame {
        Frame(8, (code.map { [UInt8($0 >> 8), UInt8($0 & 255)] } ?? []) + reason)
    }

    /// The first frame of several.
    static func begin(_ opcode: UInt8, _ payload: [UInt8]) -> Frame { Frame(opcode, payload, isFinal: false) }
    static func more(_ payload: [UInt8]) -> Frame { Frame(0, payload, isFinal: false) }
    static func end(_ payload: [UInt8]) -> Frame { Frame(0, payload) }

    /// The frame as it goes over the wire.
    func bytes(key: [UInt8]?, _ form: LengthForm = .shortest) -> [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let mask: UInt8 = key == nil ? 0 : 0x80
        let count = payload.count
        func number(_ value: UInt64, _ width: Int) -> [UInt8] {
            (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
        }
        switch form {
        case .shortest where count < 126: bytes.append(mask | UInt8(count))
        case .shortest where count < 65_536, .sixteenBits: bytes += [mask | 126] + number(UInt64(count), 2)
        case .shortest, .sixtyFourBits: bytes += [mask | 127] + number(UInt64(count), 8)
        case .claimed(let length): bytes += [mask | 127] + number(length, 8)
        }
        guard let key else { return bytes + payload }
        bytes += key
        guard key != [0, 0, 0, 0] else { return bytes + payload }
        return bytes + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    /// Cuts what an end wrote into its frames; nil when it broke a rule of its own.
    static func all(in bytes: [UInt8], areMasked: Bool) -> [Frame]? {
        var frames: [Frame] = []
        var index = 0
        func number(_ width: Int) -> Int? {
            guard index + width <= bytes.count else { return nil }
            defer { index += width }
            return bytes[index..<index + width].reduce(0) { $0 << 8 | Int($1) }
        }
        while index < bytes.count {
            guard let first = number(1), let second = number(1), (second & 0x80 != 0) == areMasked else { return nil }
            var length = second & 0x7F
            let short = length
            if short >= 126 {
                guard let long = number(short == 126 ? 2 : 8), long > (short == 126 ? 125 : 65_535) else { return nil }
                length = long
            }
            var key: [UInt8] = [0, 0, 0, 0]
            if areMasked {
                guard index + 4 <= bytes.count else { return nil }
                key = Array(bytes[index..<index + 4])
                index += 4
            }
            guard index + length <= bytes.count else { return nil }
            var payload = Array(bytes[index..<index + length])
            if key != [0, 0, 0, 0] { payload = payload.enumerated().map { $1 ^ key[$0 & 3] } }
            index += length
            frames.append(
                Frame(
                    UInt8(first & 15), payload, isFinal: first & 0x80 != 0, reserved: UInt8(first >> 4 & 7)))
        }
        return frames
    }
}
