internal import Canonical

extension Document {
    /// The names and values of the untyped object at `index`, by their places.
    func members(of index: Int) -> [(key: Int, value: Int)] {
        var members: [(key: Int, value: Int)] = []
        var key: Int?
        for child in children(of: index) {
            if let name = key {
                members.append((name, child))
                key = nil
            } else if nodes[child].kind == .key {
                key = child
            }
        }
        return members
    }
}
