/// Gives out names once each: a name that is taken gets the first free number behind it.
struct UniqueNames {
    private var taken: Set<String>

    init(_ taken: Set<String> = []) {
        self.taken = taken
    }

    mutating func add(_ name: String) -> String {
        var unique = name
        var number = 2
        while !taken.insert(unique).inserted {
            unique = "\(name)_\(number)"
            number += 1
        }
        return unique
    }
}
