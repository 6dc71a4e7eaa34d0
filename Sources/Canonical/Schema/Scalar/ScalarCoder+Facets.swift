internal import Buffers

/// The facets, each in the value space of its kind (XSD 1.0 part 2 §4.3).
extension ScalarCoder {
    func checkString(_ text: RawSpan) throws(ScalarViolation) {
        // Text has at most as many characters as bytes, and at least a fourth.
        if text.byteCount > limits.most || limits.least > (text.byteCount &+ 3) / 4 {
            try checkLength(text.characterCount)
        }
        try checkText(text)
    }

    func checkBytes(_ text: RawSpan, _ count: Int) throws(ScalarViolation) {
        try checkLength(count)
        try checkText(text)
    }

    func checkNumber(_ text: RawSpan, _ number: NumberText) throws(ScalarViolation) {
        if limits.totalDigits < text.byteCount, number.totalDigits(in: text) > limits.totalDigits {
            throw broken(.totalDigits)
        }
        if number.fraction.count > limits.fractionDigits,
            number.trimmedFraction(in: text).count > limits.fractionDigits
        {
            throw broken(.fractionDigits)
        }
        if let enumeration, !enumeration.contains(number, text) { throw broken(.enumeration) }
        try checkPatterns(text)
    }

    /// Whether a list of `count` items keeps this type's own rules; `text` is its items with single spaces between.
    public func checkList(_ text: RawSpan, _ count: Int) throws(ScalarViolation) {
        try checkLength(count)
        try checkText(text)
    }

    /// Enumeration and patterns.
    func checkText(_ text: RawSpan) throws(ScalarViolation) {
        if let enumeration, !enumeration.contains(text) { throw broken(.enumeration) }
        try checkPatterns(text)
    }

    private func checkPatterns(_ text: RawSpan) throws(ScalarViolation) {
        for pattern in type.facets.patterns where !pattern.matcher.matches(text) { throw broken(.pattern) }
    }

    private func checkLength(_ count: Int) throws(ScalarViolation) {
        guard count < limits.least || count > limits.most else { return }
        if type.facets.length != nil { throw broken(.length) }
        throw broken(count < limits.least ? .minLength : .maxLength)
    }
}
