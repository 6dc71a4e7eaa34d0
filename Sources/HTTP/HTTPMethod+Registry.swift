extension HTTPMethod {
    private static let extensions: Set<[UInt8]> = Set(
        [
            "ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE",
            "MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PROPFIND",
            "PROPPATCH", "PURGE", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK",
            "UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
        ].map { Array($0.utf8) })

    /// Whether the IANA registry knows the method, or it is `PURGE`, which caches know.
    ///
    /// Others are answered 501 (RFC 9110 §9.1): a method that nobody registered is a typo, a probe or another protocol.
    public var isRegistered: Bool {
        guard case .other(let token) = self else { return true }
        return Self.extensions.contains(token)
    }
}
