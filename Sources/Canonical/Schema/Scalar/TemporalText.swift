internal import Buffers

/// Tells whether text is in the lexical space of a date or time type (XSD 1.0 part 2 §3.2.6–3.2.14, second edition).
struct TemporalText: ~Escapable {
    private let text: RawSpan
    private var index = 0

    static func isValid(_ text: RawSpan, _ kind: TemporalKind) -> Bool {
        var reader = TemporalText(text)
        return reader.read(kind) && reader.isAtEnd
    }

    @_lifetime(copy text)
    private init(_ text: RawSpan) {
        self.text = text
    }

    private var isAtEnd: Bool { index == text.byteCount }

    private mutating func read(_ kind: TemporalKind) -> Bool {
        switch kind {
        case .dateTime: date() && skip(UInt8(ascii: "T")) && time() && zone()
        case .date: date() && zone()
        case .time: time() && zone()
        case .duration: duration()
        case .gYear: year() != nil && zone()
        case .gYearMonth: year() != nil && skip(UInt8(ascii: "-")) && number(1...12) != nil && zone()
        case .gMonth: dashes(2) && number(1...12) != nil && zone()
        case .gMonthDay: dashes(2) && monthAndDay(isLeapYear: true) && zone()
        case .gDay: dashes(3) && number(1...31) != nil && zone()
        }
    }

    // MARK: Dates

    private mutating func date() -> Bool {
        guard let isLeapYear = year() else { return false }
        return skip(UInt8(ascii: "-")) && monthAndDay(isLeapYear: isLeapYear)
    }

    /// Four or more digits, no needless zeros, no year 0; tells whether it is a leap year.
    private mutating func year() -> Bool? {
        _ = skip(UInt8(ascii: "-"))
        let start = index
        var remainder = 0
        var isZero = true
        while let digit = digit() {
            // Years have any number of digits; the leap rule repeats every 400.
            remainder = (remainder &* 10 &+ digit) % 400
            if digit != 0 { isZero = false }
        }
        let length = index &- start
        guard length >= 4, !isZero, length == 4 || text[start] != UInt8(ascii: "0") else { return nil }
        return remainder % 4 == 0 && (remainder % 100 != 0 || remainder == 0)
    }

    private mutating func monthAndDay(isLeapYear: Bool) -> Bool {
        guard let month = number(1...12), skip(UInt8(ascii: "-")) else { return false }
        let last =
            switch month {
            case 2: isLeapYear ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        return number(1...last) != nil
    }

    // MARK: Times

    private mutating func time() -> Bool {
        guard let hour = number(0...24), skip(UInt8(ascii: ":")), let minute = number(0...59),
            skip(UInt8(ascii: ":")), let second = number(0...59)
        else { return false }
        var hasFraction = false
        if skip(UInt8(ascii: ".")) {
            let start = index
            while let digit = digit() { if digit != 0 { hasFraction = true } }
            guard index > start else { return false }
        }
        return hour < 24 || (minute == 0 && second == 0 && !hasFraction)
    }

    private mutating func zone() -> Bool {
        if isAtEnd || skip(UInt8(ascii: "Z")) { return true }
        guard skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-")), let hour = number(0...14),
            skip(UInt8(ascii: ":")), let minute = number(0...59)
        else { return false }
        return hour < 14 || minute == 0
    }

    private mutating func duration() -> Bool {
        _ = skip(UInt8(ascii: "-"))
        guard skip(UInt8(ascii: "P")) else { return false }
        let hasDate = components("YMD", allowsFraction: false)
        guard let hasDate else { return false }
        guard skip(UInt8(ascii: "T")) else { return hasDate }
        return components("HMS", allowsFraction: true) ?? false
    }

    /// Numbers, each with one of the `letters`, in their order. Nil when malformed; else whether there was one.
    private mutating func components(_ letters: StaticString, allowsFraction: Bool) -> Bool? {
        var place = 0
        var found = false
        while !isAtEnd, text[index] != UInt8(ascii: "T") {
            guard digit() != nil else { return nil }
            while digit() != nil {}
            var hasFraction = false
            if allowsFraction, skip(UInt8(ascii: ".")) {
                guard digit() != nil else { return nil }
                while digit() != nil {}
                hasFraction = true
            }
            guard !isAtEnd else { return nil }
            while place < 3, text[index] != letters.utf8Start[place] { place &+= 1 }
            guard place < 3, !hasFraction || place == 2 else { return nil }
            place &+= 1
            index &+= 1
            found = true
        }
        return found
    }

    // MARK: Characters

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard index < text.byteCount, text[index] == byte else { return false }
        index &+= 1
        return true
    }

    private mutating func dashes(_ count: Int) -> Bool {
        for _ in 0..<count where !skip(UInt8(ascii: "-")) { return false }
        return true
    }

    private mutating func digit() -> Int? {
        guard index < text.byteCount, ASCII.isDigit(text[index]) else { return nil }
        defer { index &+= 1 }
        return Int(text[index] &- 0x30)
    }

    /// Two digits within `range`.
    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        guard let tens = digit(), let ones = digit(), range.contains(tens &* 10 &+ ones) else { return nil }
        return tens &* 10 &+ ones
    }
}
