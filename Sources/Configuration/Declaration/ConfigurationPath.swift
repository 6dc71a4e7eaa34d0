/// The names of places in a configuration, as findings say them: `upstreams.bank.endpoints[0]`.
public enum ConfigurationPath {
    /// The value of `key` in the mapping at `path`.
    public static func member(_ key: String, of path: String = "") -> String {
        guard Words.isName(key) else { return "\(path)[\"\(key)\"]" }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    /// The item at `index` of the list at `path`.
    public static func item(_ index: Int, of path: String) -> String {
        "\(path)[\(index)]"
    }
}
