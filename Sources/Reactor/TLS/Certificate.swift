internal import COpenSSL

/// What a certificate says: of the client that showed it, or of a file that is checked.
public struct Certificate: Hashable, Sendable {
    /// The distinguished name, as RFC 2253 writes it: "CN=alice,O=Example".
    public let subject: String
    public let issuer: String
    /// Subject alternative names (RFC 5280 §4.2.1.6).
    public let dnsNames: [String]
    public let addresses: [IPAddress]
    public let uris: [String]
    public let emails: [String]
    /// The first and the last second of its validity, in seconds since 1970.
    public let notBefore: Int64
    public let notAfter: Int64

    /// Reads an X509.
    init(_ certificate: OpaquePointer) {
        subject = Certificate.text(X509_get_subject_name(certificate))
        issuer = Certificate.text(X509_get_issuer_name(certificate))
        notBefore = Certificate.seconds(X509_get0_notBefore(certificate))
        notAfter = Certificate.seconds(X509_get0_notAfter(certificate))
        let names = Certificate.alternativeNames(certificate)
        dnsNames = names.dns
        addresses = names.addresses
        uris = names.uris
        emails = names.emails
    }

    /// The certificates of a PEM file, in their order.
    public static func all(in source: TLSMaterial) throws(TLSError) -> [Certificate] {
        try PEMReader.certificates(source).map { Certificate($0.pointer) }
    }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let name else { return "" }
        return OpenSSL.text { _ = dragoman_write_name($0, name) }
    }

    /// Seconds since 1970.
    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        guard let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    private static func alternativeNames(
        _ certificate: OpaquePointer
    ) -> (dns: [String], addresses: [IPAddress], uris: [String], emails: [String]) {
        var dns: [String] = []
        var addresses: [IPAddress] = []
        var uris: [String] = []
        var emails: [String] = []
        guard let list = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
            ERR_clear_error()
            return (dns, addresses, uris, emails)
        }
        let names = OpaquePointer(list)
        defer { GENERAL_NAMES_free(names) }
        for index in 0..<OPENSSL_sk_num(names) {
            guard let name = OPENSSL_sk_value(names, index) else { continue }
            let general = name.assumingMemoryBound(to: GENERAL_NAME.self).pointee
            switch general.type {
            case GEN_DNS: if let text = text(of: general.d.dNSName) { dns.append(text) }
            case GEN_URI: if let text = text(of: general.d.uniformResourceIdentifier) { uris.append(text) }
            case GEN_EMAIL: if let text = text(of: general.d.rfc822Name) { emails.append(text) }
            case GEN_IPADD:
                if let address = IPAddress(networkBytes: bytes(of: general.d.iPAddress)) { addresses.append(address) }
            default: break
            }
        }
        return (dns, addresses, uris, emails)
    }

    private static func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(max(0, ASN1_STRING_length(string)))))
    }

    /// A NUL would let two readers see two names (CVE-2009-2408): such a name is none.
    private static func text(of string: UnsafePointer<ASN1_STRING>?) -> String? {
        let bytes = bytes(of: string)
        return bytes.isEmpty || bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }
}

extension IPAddress {
    /// Reads the 4 or 16 bytes of an address in network order.
    init?(networkBytes bytes: [UInt8]) {
        func number(_ range: Range<Int>) -> UInt64 {
            bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
        }
        switch bytes.count {
        case 4: self = .v4(UInt32(truncatingIfNeeded: number(0..<4)))
        case 16: self = .v6(number(0..<8), number(8..<16))
        default: return nil
        }
    }
}
