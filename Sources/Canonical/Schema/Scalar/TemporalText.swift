internal import Buffers

/// Reads dates, times and durations as XSD 1.0 part 2 §3.2.6–3.2.14 (second edition) writes them.
struct TemporalText: ~Escapable {
    private let text: RawSpan
    private var index = 0
    private var value = TemporalValue()

    /// What `text` says, nil when it is not in the lexical space of `kind`.
    static func read(_ text: RawSpan, _ kind: TemporalKind) -> TemporalValue? {
        var reader = TemporalText(text)
        return reader.read(kind) && reader.isAtEnd ? reader.value : nil
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
        case .gYear: year() && zone()
        case .gYearMonth: year() && skip(UInt8(ascii: "-")) && month() && zone()
        case .gMonth: dashes(2) && month() && zone()
        case .gMonthDay: dashes(2) && month() && skip(UInt8(ascii: "-")) && day() && zone()
        case .gDay: dashes(3) && day() && zone()
        }
    }

    // MARK: Dates

    private mutating func date() -> Bool {
        year() && skip(UInt8(ascii: "-")) && month() && skip(UInt8(ascii: "-")) && day()
    }

    /// Four or more digits, no needless zeros, no year 0.
    private mutating func year() -> Bool {
        let isNegative = skip(UInt8(ascii: "-"))
        let start = index
        var year = 0
        while let digit = digit() {
            // Years have any number of digits. Beyond eleven the order is lost, but the leap rule holds: it repeats every 400.
            year = year &* 10 &+ digit
            if year >= 100_000_000_000 { year = year % 400 &+ 99_999_999_600 }
        }
        let length = index &- start
        guard length >= 4, year > 0, length == 4 || text[start] != UInt8(ascii: "0") else { return false }
        value.year = isNegative ? -year : year
        return true
    }

    private mutating func month() -> Bool {
        guard let month = number(1...12) else { return false }
        value.month = month
        return true
    }

    private mutating func day() -> Bool {
        let last =
            switch value.month {
            case 2: value.isLeapYear ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        guard let day = number(1...last) else { return false }
        value.day = day
        return true
    }

    // MARK: Times

    private mutating func time() -> Bool {
        guard let hour = number(0...24), skip(UInt8(ascii: ":")), let minute = number(0...59),
            skip(UInt8(ascii: ":")), let second = number(0...59), fraction()
        else { return false }
        value.seconds = hour &* 3600 &+ minute &* 60 &+ second
        return value.seconds < 86_400 || (value.seconds == 86_400 && value.fraction == 0)
    }

    /// A point and digits, or nothing.
    private mutating func fraction() -> Bool {
        guard skip(UInt8(ascii: ".")) else { return true }
        guard isDigit else { return false }
        var unit = 100_000_000_000_000_000
        while let digit = digit() {
            value.fraction &+= digit &* unit
            // A digit below 10^-18 s only says that there is something.
            if unit == 0, digit > 0, value.fraction == 0 { value.fraction = 1 }
            unit /= 10
        }
        return true
    }

    private mutating func zone() -> Bool {
        if isAtEnd { return true }
        value.isZoned = true
        if skip(UInt8(ascii: "Z")) { return true }
        let isWest = skip(UInt8(ascii: "-"))
        guard isWest || skip(UInt8(ascii: "+")), let hour = number(0...14), skip(UInt8(ascii: ":")),
            let minute = number(0...59), hour < 14 || minute == 0
        else { return false }
        let offset = hour &* 3600 &+ minute &* 60
        value.seconds &+= isWest ? offset : -offset
        return true
    }

    // MARK: Durations

    private mutating func duration() -> Bool {
        value.isDuration = true
        value.year = 0
        let isNegative = skip(UInt8(ascii: "-"))
        guard skip(UInt8(ascii: "P")), let hasDate = components("YMD") else { return false }
        if skip(UInt8(ascii: "T")) {
            guard components("HMS") == true else { return false }
        } else if !hasDate {
            return false
        }
        if isNegative { value.negate() }
        return true
    }

    /// Numbers, each with one of `letters`, in their order. Nil when malformed; else whether there was one.
    private mutating func components(_ letters: StaticString) -> Bool? {
        var place = 0
        var found = false
        while !isAtEnd, text[index] != UInt8(ascii: "T") {
            guard isDigit else { return nil }
            var amount = 0
            while let digit = digit() { amount = min(amount &* 10 &+ digit, 1_000_000_000) }
            let point = index
            guard fraction(), !isAtEnd else { return nil }
            while place < 3, text[index] != letters.utf8Start[place] { place &+= 1 }
            guard place < 3, index == point || letters.utf8Start[place] == UInt8(ascii: "S") else { return nil }
            add(amount, letters.utf8Start[place], isTime: letters.utf8Start[0] == UInt8(ascii: "H"))
            place &+= 1
            index &+= 1
            found = true
        }
        return found
    }

    private mutating func add(_ amount: Int, _ letter: UInt8, isTime: Bool) {
        switch letter {
        case UInt8(ascii: "Y"): value.months &+= amount &* 12
        case UInt8(ascii: "M") where !isTime: value.months &+= amount
        case UInt8(ascii: "D"): value.seconds &+= amount &* 86_400
        case UInt8(ascii: "H"): value.seconds &+= amount &* 3600
        case UInt8(ascii: "M"): value.seconds &+= amount &* 60
        default: value.seconds &+= amount
        }
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

    private var isDigit: Bool { index < text.byteCount && ASCII.isDigit(text[index]) }

    private mutating func digit() -> Int? {
        guard isDigit else { return nil }
        defer { index &+= 1 }
        return Int(text[index] &- 0x30)
    }

    /// Two digits within `range`.
    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        guard let tens = digit(), let ones = digit(), range.contains(tens &* 10 &+ ones) else { return nil }
        return tens &* 10 &+ ones
    }
}
