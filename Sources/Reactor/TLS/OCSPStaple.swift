internal import COpenSSL

/// A stapled answer to whether a certificate is revoked (RFC 6066 §8, RFC 6960).
final class OCSPStaple: Sendable {
    let bytes: [UInt8]
    /// When it is outdated, in seconds since 1970; `.max` for never.
    let expires: Int64

    /// Throws when the response is no good one about `certificate`.
    init(_ source: TLSMaterial, for certificate: OpenSSLHandle) throws(TLSError) {
        bytes = try source.read()
        let parsed = bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return d2i_OCSP_RESPONSE(nil, &next, buffer.count)
        }
        guard let parsed else {
            ERR_clear_error()
            throw TLSError(file: source.path, reason: "there is no OCSP response (DER) in it")
        }
        defer { OCSP_RESPONSE_free(parsed) }
        guard OCSP_response_status(parsed) == OCSP_RESPONSE_STATUS_SUCCESSFUL,
            let basic = OCSP_response_get1_basic(parsed)
        else {
            ERR_clear_error()
            throw TLSError(file: source.path, reason: "the OCSP response is an error")
        }
        defer { OCSP_BASICRESP_free(basic) }
        guard let single = OCSPStaple.answer(in: basic, about: certificate) else {
            throw TLSError(file: source.path, reason: "the OCSP response is about another certificate")
        }
        var next: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        OCSP_single_get0_status(single, nil, nil, nil, &next)
        expires = next.map { Certificate.seconds($0) } ?? .max
    }

    private static func answer(in basic: OpaquePointer, about certificate: OpenSSLHandle) -> OpaquePointer? {
        let serial = X509_get0_serialNumber(certificate.pointer)
        for index in 0..<OCSP_resp_count(basic) {
            guard let single = OCSP_resp_get0(basic, index), let id = OCSP_SINGLERESP_get0_id(single) else { continue }
            var other: UnsafeMutablePointer<ASN1_INTEGER>?
            OCSP_id_get0_info(nil, nil, nil, &other, OpaquePointer(UnsafeRawPointer(id)))
            if let other, ASN1_INTEGER_cmp(serial, other) == 0 { return single }
        }
        return nil
    }
}
