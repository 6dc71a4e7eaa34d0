/// Something that is, or soon will be, wrong with certificates or keys; for `check`.
public struct TLSFinding: Hashable, Sendable {
    /// The file; nil when the material was given as bytes.
    public let file: String?
    /// For an operator: "the certificate of CN=api.example.com has expired 3 days ago".
    public let message: String
    /// Peers will refuse it, or it cannot be loaded; otherwise there is time left.
    public let isError: Bool
}

extension TLSFinding {
    init(_ error: TLSError) {
        self.init(file: error.file, message: error.reason, isError: true)
    }
}

extension Certificate {
    /// What is wrong with its time of validity.
    func findings(_ file: String?, now: Int64, margin: Duration) -> [TLSFinding] {
        func days(_ seconds: Int64) -> String {
            let days = seconds / 86_400
            return days == 0 ? "less than a day" : days == 1 ? "1 day" : "\(days) days"
        }
        let left = notAfter - now
        if now < notBefore {
            let message = "the certificate of \(subject) is not valid for another \(days(notBefore - now))"
            return [TLSFinding(file: file, message: message, isError: true)]
        } else if left < 0 {
            let message = "the certificate of \(subject) has expired \(days(-left)) ago"
            return [TLSFinding(file: file, message: message, isError: true)]
        } else if left < margin.components.seconds {
            let message = "the certificate of \(subject) expires in \(days(left))"
            return [TLSFinding(file: file, message: message, isError: false)]
        }
        return []
    }
}
