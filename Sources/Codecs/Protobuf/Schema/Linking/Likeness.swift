/// How much names are alike, for suggestions.
enum Likeness {
    /// How many letters to change, add or drop; `limit + 1` for more than `limit`.
    static func distance(_ left: String, _ right: String, atMost limit: Int) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let substitution = diagonal + (byte == other ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(substitution, row[place] + 1, row[place + 1] + 1)
            }
        }
        return min(row[right.count], limit + 1)
    }

    /// `; did you mean 'x'?` for the name most like `name`, or nothing.
    static func advice(_ name: String, among names: [String]) -> String {
        let rated = names.map { (distance(name, $0, atMost: 2), $0) }.filter { $0.0 <= min(2, name.utf8.count / 3) }
        return rated.min { $0 < $1 }.map { "; did you mean '\($0.1)'?" } ?? "."
    }
}
