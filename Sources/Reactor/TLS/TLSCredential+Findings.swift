internal import COpenSSL

extension TLSCredential {
    /// The certificate and those of its authorities, in the order of the file.
    public func chain() throws(TLSError) -> [Certificate] {
        try Certificate.all(in: certificate)
    }

    /// What an operator should know before this is served: files that cannot be read, a key of another certificate,
    /// what has expired or will within `margin`, a chain out of order.
    ///
    /// - Parameter now: Seconds since 1970.
    public func findings(
        now: Int64 = WallTime.current().seconds, margin: Duration = .seconds(30 * 86_400)
    ) -> [TLSFinding] {
        do throws(TLSError) {
            let loaded = try LoadedCredential(self)
            let all = [loaded.certificate] + loaded.authorities
            var findings =
                all
                .flatMap { Certificate($0.pointer).findings(certificate.path, now: now, margin: margin) }
            var issued = loaded.certificate
            for authority in loaded.authorities {
                if X509_check_issued(authority.pointer, issued.pointer) != X509_V_OK {
                    let subject = Certificate(issued.pointer).subject
                    findings.append(
                        TLSFinding(
                            file: certificate.path,
                            message: "the certificate of \(subject) is not followed by its issuer's",
                            isError: true))
                }
                issued = authority
            }
            if let staple = loaded.staple, staple.expires <= now {
                findings.append(
                    TLSFinding(
                        file: ocspResponse?.path, message: "the OCSP response is outdated and is not sent",
                        isError: false))
            }
            return findings
        } catch {
            return [TLSFinding(error)]
        }
    }
}

extension TLSMaterial {
    /// As `TLSCredential.findings`, for authorities to trust.
    public func authorityFindings(
        now: Int64 = WallTime.current().seconds, margin: Duration = .seconds(30 * 86_400)
    ) -> [TLSFinding] {
        do throws(TLSError) {
            return try Certificate.all(in: self).flatMap { $0.findings(path, now: now, margin: margin) }
        } catch {
            return [TLSFinding(error)]
        }
    }
}
