/// A set of well-known names in one word.
///
/// The last names of the list share a bit with all unknown ones, so they cannot be in a set.
public struct HeaderNames: Sendable {
    let bits: UInt64

    /// The empty set.
    public init() {
        bits = 0
    }

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// What frames a message, says where it goes or concerns its connection: what whoever reads or writes HTTP/1 must
    /// deal with himself.
    public static var framing: HeaderNames {
        HeaderNames(
            bits: HeaderName.connection.bit | HeaderName.contentLength.bit | HeaderName.expect.bit | HeaderName.host.bit
                | HeaderName.transferEncoding.bit | HeaderName.upgrade.bit)
    }

    /// What concerns one connection only (RFC 9110 §7.6.1).
    public static var hopByHop: HeaderNames {
        HeaderNames(
            bits: HeaderName.connection.bit | HeaderName.expect.bit | HeaderName.http2Settings.bit
                | HeaderName.keepAlive.bit | HeaderName.proxyAuthenticate.bit | HeaderName.proxyAuthorization.bit
                | HeaderName.proxyConnection.bit | HeaderName.te.bit | HeaderName.trailer.bit
                | HeaderName.transferEncoding.bit | HeaderName.upgrade.bit)
    }

    /// What a request says of the client and of the hops before this one.
    public static var forwarding: HeaderNames {
        HeaderNames(
            bits: HeaderName.forwarded.bit | HeaderName.xForwardedClientCert.bit | HeaderName.xForwardedFor.bit
                | HeaderName.xForwardedHost.bit | HeaderName.xForwardedPort.bit | HeaderName.xForwardedProto.bit
                | HeaderName.xRealIP.bit)
    }

    /// What HTTP/2 says in other ways, in frames and pseudo-header fields, or forbids (RFC 9113 §8.2.2, §8.3.1).
    public static var framingOrConnection: HeaderNames {
        HeaderNames(
            bits: framing.bits | HeaderName.http2Settings.bit | HeaderName.keepAlive.bit
                | HeaderName.proxyConnection.bit | HeaderName.te.bit)
    }

    public func subtracting(_ name: HeaderName) -> HeaderNames { HeaderNames(bits: bits & ~name.bit) }

    public func contains(_ name: HeaderName) -> Bool { bits & name.bit != 0 }
}

extension HeaderName {
    /// The bit of the name in sets.
    var bit: UInt64 { rawValue < 64 ? 1 &<< UInt64(rawValue) : 1 }
}
