/// What is wrong with the text at one place.
struct ProtoError: Error {
    let rule: String
    let message: String
    let range: Range<Int>

    init(_ message: String, at range: Range<Int>, rule: String = "proto.syntax") {
        self.rule = rule
        self.message = message
        self.range = range
    }
}
