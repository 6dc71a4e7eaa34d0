/// File name patterns: `*` any characters, `?` one; a leading dot must be written out.
enum Glob {
    static func isPattern(_ text: some StringProtocol) -> Bool {
        text.contains { $0 == "*" || $0 == "?" }
    }

    /// Backtracks to the last `*` only, which is linear in practice and quadratic at worst.
    static func matches(_ name: String, _ pattern: Substring) -> Bool {
        guard !name.hasPrefix(".") || pattern.hasPrefix(".") else { return false }
        let (name, pattern) = (Array(name), Array(pattern))
        var (position, place) = (0, 0)
        var star: (place: Int, position: Int)?
        while position < name.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                (place, position) = (last.place + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
