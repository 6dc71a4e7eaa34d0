import COpenSSL
import TestSupport

@testable import Reactor

extension TestAuthority {
    /// An OCSP response that `credential` is good, for `seconds` from now.
    func vouch(for credential: TLSCredential, seconds: Int) throws -> TLSMaterial {
        let subject = try PEMReader.certificates(credential.certificate)[0]
        let id = OCSP_cert_to_id(EVP_sha1(), subject.pointer, certificate)
        let answer = OCSP_BASICRESP_new()
        let begins = X509_gmtime_adj(nil, -7200)
        let ends = X509_gmtime_adj(nil, seconds)
        OCSP_basic_add1_status(answer, id, V_OCSP_CERTSTATUS_GOOD, 0, nil, begins, ends)
        OCSP_basic_sign(answer, certificate, key, EVP_sha256(), nil, 0)
        let response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, answer)
        defer {
            OCSP_RESPONSE_free(response)
            OCSP_BASICRESP_free(answer)
            OCSP_CERTID_free(id)
            ASN1_TIME_free(begins)
            ASN1_TIME_free(ends)
        }
        var bytes = [UInt8](repeating: 0, count: Int(i2d_OCSP_RESPONSE(response, nil)))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            i2d_OCSP_RESPONSE(response, &next)
        }
        return .bytes(bytes)
    }
}
