internal import Buffers

/// The facets, each in the value space of its kind (XSD 1.0 part 2 §4.3).
extension ScalarCoder {
    func checkString(_ text: RawSpan) throws(ScalarViolation) {
        let facets = type.facets
        if facets.length != nil || facets.minimumLength != nil || facets.maximumLength != nil {
            try checkLength(text.characterCount)
        }
        try checkText(text)
    }

    func checkBytes(_ text: RawSpan, _ count: Int) throws(ScalarViolation) {
        try checkLength(count)
        try checkText(text)
    }

    func checkNumber(_ text: RawSpan, _ number: NumberText) throws(ScalarViolation) {
        let facets = type.facets
        if let limit = facets.totalDigits, number.totalDigits(in: text) > limit { throw broken(.totalDigits) }
        if let limit = facets.fractionDigits, number.trimmedFraction(in: text).count > limit {
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
        let facets = type.facets
        if let length = facets.length, count != length { throw broken(.length) }
        if let minimum = facets.minimumLength, count < minimum { throw broken(.minLength) }
        if let maximum = facets.maximumLength, count > maximum { throw broken(.maxLength) }
    }
}
