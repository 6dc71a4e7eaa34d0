import TestSupport
import Testing

@testable import Reactor

struct TLSContextTests {
    let authority: TestAuthority
    let credential: TLSCredential

    init() throws {
        authority = try TestAuthority()
        credential = try authority.issue("server.test")
    }

    private func reason(_ credential: TLSCredential) -> String? {
        do throws(TLSError) {
            _ = try TLSServerContext(TLSServerSettings(certificates: [credential]))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a key of another certificate is named`() throws {
        var mixed = credential
        mixed.key = try authority.issue("other.test").key
        #expect(reason(mixed) == "the key does not belong to the certificate")
        mixed.key = try authority.issue("other.test", kind: .rsa).key
        #expect(reason(mixed) == "the key does not belong to the certificate")
        #expect(reason(credential) == nil)
    }

    @Test func `what is no certificate or key is named`() {
        var broken = credential
        broken.certificate = .bytes([])
        #expect(reason(broken) == "there is no certificate in it")
        broken.certificate = credential.key
        #expect(reason(broken) == "there is no certificate in it")
        broken = credential
        broken.key = credential.certificate
        #expect(reason(broken) == "there is no private key in it")
        broken.key = .bytes(Array("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".utf8))
        #expect(reason(broken) == "the key is damaged or of an unknown kind")
        broken.key = .bytes(
            Array("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n".utf8))
        #expect(reason(broken) == "the key is encrypted; store it without a password")
        broken.key = .file("/")
        #expect(reason(broken) == "Is a directory")
    }

    @Test func `a damaged certificate is damaged, also behind a good one`() throws {
        guard case .bytes(let good) = credential.certificate else { return }
        var damaged = good
        damaged[good.count / 2] = 0x21
        var broken = credential
        broken.certificate = .bytes(damaged)
        #expect(reason(broken) == "a certificate is damaged")
        broken.certificate = .bytes(good + damaged)
        #expect(reason(broken) == "a certificate is damaged")
    }

    @Test func `settings without sense are refused`() {
        #expect(throws: TLSError(reason: "TLS needs a certificate")) {
            try TLSServerContext(TLSServerSettings(certificates: []))
        }
        #expect(throws: TLSError(reason: "a protocol's name has 1 to 255 bytes")) {
            var settings = TLSServerSettings(certificates: [credential])
            settings.protocols = [""]
            _ = try TLSServerContext(settings)
        }
    }

    @Test func `a certificate tells what it says`() throws {
        let request = TestAuthority.Request(
            commonName: "s", names: "DNS:a.test,DNS:*.b.test,IP:2001:db8::1", begins: -100, ends: 1000)
        let now = WallTime.current().seconds
        let chain = try authority.issue(request, through: [authority]).chain()
        #expect(chain.map(\.subject) == ["CN=s,O=Example", "CN=Test Authority,O=Example"])
        #expect(chain[0].issuer == chain[1].subject)
        #expect(chain[0].dnsNames == ["a.test", "*.b.test"])
        #expect(chain[0].addresses == [IPAddress("2001:db8::1")])
        #expect(abs(chain[0].notBefore - (now - 100)) < 60)
        #expect(abs(chain[0].notAfter - (now + 1000)) < 60)
    }

    // MARK: Findings

    private func findings(_ request: TestAuthority.Request, _ days: Int64 = 0) throws -> [String] {
        let now = WallTime.current().seconds + days * 86_400
        return try authority.issue(request).findings(now: now).map(\.message)
    }

    @Test func `what has expired or soon will is found`() throws {
        var request = TestAuthority.Request(ends: 90 * 86_400 + 100)
        #expect(try findings(request) == [])
        #expect(try findings(request, 65) == ["the certificate of CN=server.test,O=Example expires in 25 days"])
        #expect(try findings(request, 92) == ["the certificate of CN=server.test,O=Example has expired 1 day ago"])
        request.begins = 3 * 86_400 + 60
        #expect(
            try findings(request) == ["the certificate of CN=server.test,O=Example is not valid for another 3 days"])
    }

    @Test func `a mismatch or a chain out of order is found`() throws {
        var mixed = credential
        mixed.key = try authority.issue("other.test").key
        #expect(mixed.findings().map(\.message) == ["the key does not belong to the certificate"])
        let stranger = try TestAuthority("Stranger")
        let odd = try authority.issue(.init(ends: 90 * 86_400), through: [stranger]).findings(margin: .seconds(60))
        #expect(odd.map(\.message) == ["the certificate of CN=server.test,O=Example is not followed by its issuer's"])
        #expect(authority.roots.authorityFindings(margin: .seconds(60)) == [])
        #expect(authority.roots.authorityFindings().map(\.isError) == [false])
    }
}
