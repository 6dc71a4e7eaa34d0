internal import COpenSSL

/// TLS for the clients of a listener: certificates, keys and rules, compiled and shared by all workers.
///
/// It never changes. When certificates are reread, a new one takes its place in the listeners (`Listener.tls`);
/// connections keep the one that they began with.
///
///     let context = try TLSServerContext(settings)          // reads the files: throws(TLSError)
///     var options = ListenOptions()
///     options.tls = context
///     let listener = try reactor.listen(on: address, options) { socket in … }
///
/// The handler of an accepted socket hears `connected` when the handshake is done, plaintext from then on, and finds in
/// `socket.tls` what was agreed. A handshake that fails is `closed` with `ReactorError.Operation.handshake`; a FIN
/// without the peer's close_notify is `closed` with `ReactorError.truncated` instead of `receivedEnd`.
public final class TLSServerContext: Sendable {
    /// Hand it on to the context that follows at a reload.
    public let tickets: TLSTicketKeys
    let handshakeTimeout: Int64
    let handshakeRate: HandshakeRate
    /// By what certificates are chosen; the first is the default.
    private let contexts: [OpenSSLHandle]
    private let names: CertificateNames
    private let protocols: [[UInt8]]
    private let staples: [(certificate: OpenSSLHandle, staple: OCSPStaple)]

    /// Throws with the file and what is wrong with it.
    public init(_ settings: TLSServerSettings) throws(TLSError) {
        tickets = settings.tickets
        handshakeTimeout = settings.handshakeTimeout.nanoseconds
        handshakeRate = HandshakeRate(perSecond: settings.handshakesPerSecond)
        protocols = settings.protocols.map { Array($0.utf8) }
        guard !settings.certificates.isEmpty else { throw TLSError(reason: "TLS needs a certificate") }
        guard protocols.allSatisfy({ 1...255 ~= $0.count }) else {
            throw TLSError(reason: "a protocol's name has 1 to 255 bytes")
        }
        var contexts: [OpenSSLHandle] = []
        var names = CertificateNames()
        var groups: [Set<String>: (context: OpenSSLHandle, kinds: Set<Int32>)] = [:]
        var staples: [(OpenSSLHandle, OCSPStaple)] = []
        let verifier = try TLSClientVerifier(settings)
        for source in settings.certificates {
            let credential = try LoadedCredential(source)
            if let staple = credential.staple { staples.append((credential.certificate, staple)) }
            let own = Set(credential.facts.dnsNames.map { $0.lowercased() })
            if let group = groups[own], !group.kinds.contains(credential.keyKind) {
                try credential.install(in: group.context)
                groups[own]?.kinds.insert(credential.keyKind)
                continue
            }
            let context = try TLSServerContext.context(settings, verifier)
            try credential.install(in: context)
            if groups[own] == nil { groups[own] = (context, [credential.keyKind]) }
            for name in own { names.add(name, contexts.count) }
            contexts.append(context)
        }
        self.contexts = contexts
        self.names = names
        self.staples = staples
    }

    func connection() -> OpaquePointer? {
        contexts.first.flatMap { SSL_new($0.pointer) }
    }

    // MARK: From OpenSSL, during a handshake

    /// The context for the name that the client asked for, nil to stay with the first.
    func context(for name: String) -> OpaquePointer? {
        names.find(name).map { contexts[$0].pointer }
    }

    /// Index and length of our preferred protocol in the client's list (RFC 7301 §3.1); nil when there is none.
    func choose(from offer: UnsafeBufferPointer<UInt8>) -> (index: Int, count: Int)? {
        for wanted in protocols {
            var index = 0
            while index < offer.count {
                let count = Int(offer[index])
                guard index + 1 + count <= offer.count else { break }
                if count == wanted.count, offer[index + 1..<index + 1 + count].elementsEqual(wanted) {
                    return (index + 1, count)
                }
                index += 1 + count
            }
        }
        return nil
    }

    /// The response to staple to `certificate`, unless it is outdated.
    func staple(for certificate: OpaquePointer?) -> OCSPStaple? {
        staples.first { $0.certificate.pointer == certificate && $0.staple.expires > WallTime.current().seconds }?
            .staple
    }
}
