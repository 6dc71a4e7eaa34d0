internal import Buffers
internal import HTTP

/// The names of groups in a field of a service's answer.
enum GroupList {
    static func read(_ name: StaticString, in headers: borrowing Headers) -> [String] {
        var groups: [String] = []
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) && headers.name(at: index).equals(name) {
            let value = headers.value(at: index)
            var start = 0
            while let element = value.nextElement(from: &start) { groups.append(String(decoding: element)) }
        }
        return groups
    }
}
