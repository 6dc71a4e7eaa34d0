internal import Canonical
internal import Configuration
internal import Engine
internal import Reactor

/// TLS for listeners and upstreams, made of the files that the configuration names, and what is wrong with these.
struct TLSContexts {
    private let configuration: Configuration
    private let sources: SourceMap
    /// By the names of the listeners.
    private(set) var listeners: [String: TLSServerContext] = [:]
    /// Of the upstreams with endpoints that speak TLS, by their names.
    private(set) var upstreams: [String: TLSClientSettings] = [:]
    private(set) var findings: [Diagnostic] = []

    /// - Parameter earlier: What is replaced: resumption goes on with its ticket keys.
    init(_ configuration: Configuration, sources: SourceMap, replacing earlier: TLSContexts? = nil) {
        self.configuration = configuration
        self.sources = sources
        for listener in configuration.listeners {
            guard let tls = listener.tls else { continue }
            let tickets = earlier?.listeners[listener.name]?.tickets ?? TLSTicketKeys()
            listeners[listener.name] = context(tls, of: listener, tickets: tickets)
        }
        for upstream in configuration.upstreams { upstreams[upstream.name] = settings(of: upstream) }
    }

    // MARK: Listeners

    private mutating func context(
        _ tls: Configuration.ListenerTLS, of listener: Configuration.Listener, tickets: TLSTicketKeys
    ) -> TLSServerContext? {
        let path = "listeners.\(listener.name).tls"
        let credentials = tls.certificates.map(TLSCredential.init)
        let found = findings.count
        for (index, credential) in credentials.enumerated() {
            inspect(credential, at: "\(path).certificates[\(index)]")
        }
        guard !findings[found...].contains(where: { $0.severity == .error }) else { return nil }
        var settings = TLSServerSettings(certificates: credentials, tickets: tickets)
        settings.minimum = TLSVersion(tls.minimum)
        settings.protocols = listener.protocols.contains(.http2) ? ["h2"] : []
        if listener.protocols.contains(.http1) { settings.protocols.append("http/1.1") }
        settings.handshakeTimeout = listener.timeouts.handshake
        settings.sessionScope = listener.name
        settings.clients = tls.clients.map {
            TLSClientVerification(authorities: .file($0.authorities), isRequired: $0.isRequired)
        }
        do throws(TLSError) {
            return try TLSServerContext(settings)
        } catch {
            report(.error, "tls.unusable", error.description, at: path)
            return nil
        }
    }

    // MARK: Upstreams

    private mutating func settings(of upstream: Configuration.Upstream) -> TLSClientSettings {
        let tls = upstream.tls
        let path = "upstreams.\(upstream.name).tls"
        var settings = TLSClientSettings()
        settings.minimum = TLSVersion(tls.minimum)
        settings.authorities = tls.authorities.map { .file($0) }
        if let certificate = tls.certificate, let key = tls.key {
            let credential = TLSCredential(certificate: .file(certificate), key: .file(key))
            inspect(credential, at: path)
            settings.credential = credential
        }
        do throws(TLSError) {
            if tls.authorities != nil, settings.credential == nil { _ = try TLSClientContext(settings) }
        } catch {
            report(.error, "tls.unusable", error.description, at: path)
        }
        return settings
    }

    // MARK: Certificates

    private mutating func inspect(_ credential: TLSCredential, at path: String) {
        for finding in credential.findings() {
            let file = finding.file.map { " (\($0))" } ?? ""
            report(finding.isError ? .error : .warning, "tls.certificate", finding.message + file, at: path)
        }
    }

    private mutating func report(
        _ severity: Diagnostic.Severity, _ rule: String, _ message: String, at path: String
    ) {
        findings.append(Diagnostic(severity, rule, "\(path): \(message)", at: sources.location(of: path)))
    }
}

extension TLSCredential {
    init(_ configured: Configuration.Certificate) {
        self.init(
            certificate: .file(configured.certificate), key: .file(configured.key),
            ocspResponse: configured.ocsp.map { .file($0) })
    }
}

extension TLSVersion {
    init(_ configured: Configuration.TLSVersion) {
        switch configured {
        case .v12: self = .tls12
        case .v13: self = .tls13
        }
    }
}
