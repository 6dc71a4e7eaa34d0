import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSStapleTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    /// The response that a client gets that asks for one.
    private func stapled(_ credentials: [TLSCredential], _ name: String) async throws -> [UInt8] {
        try await withWorkers { workers in
            let context = try TLSServerContext(TLSServerSettings(certificates: credentials))
            let address = try await workers[0].listen(context) { _ = EchoHandler($0) }
            let askForResponse = { (ssl: OpaquePointer) in
                _ = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, Int(TLSEXT_STATUSTYPE_ocsp), nil)
            }
            let client = try BlockingTLSClient(address, serverName: name, begin: askForResponse)
            #expect(client.shakeHands() == nil)
            var response: UnsafePointer<UInt8>?
            let count = SSL_ctrl(client.ssl, SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &response)
            return count > 0 ? Array(UnsafeBufferPointer(start: response, count: count)) : []
        }
    }

    @Test func `each certificate has its own response, until that is outdated`() async throws {
        var good = try authority.issue("a.test")
        let response = try authority.vouch(for: good, seconds: 3600)
        good.ocspResponse = response
        var outdated = try authority.issue("b.test")
        outdated.ocspResponse = try authority.vouch(for: outdated, seconds: -60)
        let bare = try authority.issue("c.test")
        let all = [good, outdated, bare]
        guard case .bytes(let expected) = response else { return }
        #expect(try await stapled(all, "a.test") == expected)
        #expect(try await stapled(all, "b.test") == [])
        #expect(try await stapled(all, "c.test") == [])
        #expect(
            outdated.findings(margin: .seconds(1)).map(\.message) == ["the OCSP response is outdated and is not sent"])
    }

    @Test func `a response about another certificate is refused, and what is none`() throws {
        var credential = try authority.issue("a.test")
        credential.ocspResponse = try authority.vouch(for: try authority.issue("b.test"), seconds: 3600)
        #expect(credential.findings().map(\.message) == ["the OCSP response is about another certificate"])
        credential.ocspResponse = .bytes([1, 2, 3])
        #expect(credential.findings().map(\.message) == ["there is no OCSP response (DER) in it"])
    }
}
