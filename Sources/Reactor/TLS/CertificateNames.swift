/// Which certificate is for which name.
struct CertificateNames: Sendable {
    private var exact: [String: Int] = [:]
    /// By what follows the "*.".
    private var wildcards: [String: Int] = [:]

    /// The first certificate for a name keeps it.
    mutating func add(_ name: String, _ index: Int) {
        if name.hasPrefix("*.") {
            let rest = String(name.dropFirst(2))
            if wildcards[rest] == nil { wildcards[rest] = index }
        } else if exact[name] == nil {
            exact[name] = index
        }
    }

    /// The certificate for a host name: an exact match, then a wildcard for its first label (RFC 9525 §6.3).
    func find(_ name: String) -> Int? {
        let name = name.lowercased()
        if let index = exact[name] { return index }
        guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return nil }
        return wildcards[String(name[name.index(after: dot)...])]
    }
}
