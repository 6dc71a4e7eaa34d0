/// The names that fields have in JSON.
enum JSONName {
    /// `foo_bar` as `fooBar`: each letter behind an underscore becomes upper case, underscores go.
    static func derived(from name: String) -> String {
        var result: [UInt8] = []
        var isRaised = false
        for byte in name.utf8 {
            if byte == UInt8(ascii: "_") {
                isRaised = true
            } else {
                let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                result.append(isRaised && isLower ? byte - 0x20 : byte)
                isRaised = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
