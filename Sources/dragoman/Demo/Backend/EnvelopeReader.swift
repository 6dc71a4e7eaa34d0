internal import Buffers
internal import SOAP
internal import XMLCodec

/// Reads one request envelope of SOAP 1.1 or 1.2: the bank's own reader, independent of the gateway's.
struct EnvelopeReader: ~Copyable {
    private static let namespaces = NamespaceTable([
        SOAPVersion.v11.namespace, SOAPVersion.v12.namespace, EnvelopeWriter.bankNamespace,
    ])
    private static let bank = namespaces.id(of: EnvelopeWriter.bankNamespace) ?? .none

    private var xml: XMLTokenizer
    private var envelope = NamespaceID.none
    /// The version to answer in, as soon as it is known.
    private(set) var version = SOAPVersion.v11

    init(_ source: Bytes) {
        xml = XMLTokenizer(source, namespaces: Self.namespaces)
    }

    /// - Throws: What is wrong with the envelope; what is wrong with the arguments shows when they are asked for.
    mutating func read() throws(BankFault) -> BankCall {
        try readVersion()
        var call: BankCall?
        while true {
            switch try next() {
            case .startElement where xml.isElement(envelope, "Header"): try checkHeaders()
            case .startElement where xml.isElement(envelope, "Body"): call = try readBody()
            case .startElement: try skip()
            case .text: continue
            case .endElement, .end:
                guard let call else { throw .refused("The envelope asks for nothing.") }
                // What follows the envelope must be well-formed as well.
                _ = try next()
                return call
            }
        }
    }

    private mutating func readVersion() throws(BankFault) {
        guard case .startElement = try next(), xml.localName.equals("Envelope") else {
            throw .refused("The message is no SOAP envelope.")
        }
        envelope = xml.namespace
        let versions = [SOAPVersion.v11, .v12]
        guard let version = versions.first(where: { Self.namespaces.id(of: $0.namespace) == envelope }) else {
            throw .unknownVersion
        }
        self.version = version
    }

    private mutating func checkHeaders() throws(BankFault) {
        while case let token = try next(), token != .endElement {
            guard token == .startElement else { continue }
            if let index = xml.attributeIndex(envelope, "mustUnderstand") {
                let value = xml.attributeValue(index)
                if value.equals("1") || value.equals("true") { throw .headerNotUnderstood }
            }
            try skip()
        }
    }

    private mutating func readBody() throws(BankFault) -> BankCall? {
        var call: BankCall?
        while case let token = try next(), token != .endElement {
            guard token == .startElement else { continue }
            guard call == nil else { throw .refused("The envelope asks for two things.") }
            call = try readCall()
        }
        return call
    }

    private mutating func readCall() throws(BankFault) -> BankCall {
        try checkNamespace()
        var call = BankCall(operation: String(decoding: xml.localName))
        while case let token = try next(), token != .endElement {
            if token == .startElement { call.arguments.append(try readArgument()) }
        }
        return call
    }

    private mutating func readArgument() throws(BankFault) -> BankCall.Argument {
        try checkNamespace()
        let name = String(decoding: xml.localName)
        let currency = xml.attributeIndex(.none, "currency").map { String(decoding: xml.attributeValue($0)) }
        var text = ""
        while case let token = try next(), token != .endElement {
            if token == .text { text += String(decoding: xml.text) } else { try skip() }
        }
        return BankCall.Argument(name: name, text: text, currency: currency)
    }

    private func checkNamespace() throws(BankFault) {
        guard xml.namespace == Self.bank else {
            throw .refused("The element \(String(decoding: xml.localName)) is not in the bank's namespace.")
        }
    }

    private mutating func next() throws(BankFault) -> XMLToken {
        do throws(XMLError) {
            return try xml.next()
        } catch {
            throw .refused(error.message)
        }
    }

    private mutating func skip() throws(BankFault) {
        do throws(XMLError) {
            _ = try xml.skipElement()
        } catch {
            throw .refused(error.message)
        }
    }
}
