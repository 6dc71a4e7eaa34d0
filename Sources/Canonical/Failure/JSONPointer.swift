/// Builds JSON pointers (RFC 6901), the addresses in violations.
public enum JSONPointer {
    /// `pointer` and one more member name.
    public static func appending(_ name: String, to pointer: String) -> String {
        var result = pointer
        result.append("/")
        for character in name.unicodeScalars {
            switch character {
            case "~": result.append("~0")
            case "/": result.append("~1")
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// `pointer` and one more index of an array.
    public static func appending(_ index: Int, to pointer: String) -> String {
        "\(pointer)/\(index)"
    }
}
