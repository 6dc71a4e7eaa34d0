internal import Buffers
internal import SOAP
internal import XMLCodec

/// Writes one reply envelope. The bank's own elements need no prefix: each message declares their namespace.
struct EnvelopeWriter: ~Copyable {
    static let bankNamespace = "http://example.com/bank/v1"

    private var out = ByteWriter(capacity: 1024)

    init(_ version: SOAPVersion) {
        out.appendXMLDeclaration()
        out.append("<soap:Envelope xmlns:soap=\"\(version.namespace)\"><soap:Body>")
    }

    mutating func finish() -> Bytes {
        out.append("</soap:Body></soap:Envelope>")
        return out.finish()
    }

    /// One of the contract's elements, with what `content` writes into it.
    mutating func message(_ name: StaticString, _ content: (inout EnvelopeWriter) -> Void) {
        element(name, " xmlns=\"\(Self.bankNamespace)\"", content)
    }

    /// - Parameter attributes: As they are written, each after a blank; they hold no text of callers.
    mutating func element(_ name: StaticString, _ attributes: String = "", _ content: (inout EnvelopeWriter) -> Void) {
        out.append("<")
        out.append(name)
        out.append(attributes)
        out.append(">")
        content(&self)
        out.append("</")
        out.append(name)
        out.append(">")
    }

    mutating func element(_ name: StaticString, _ text: String, attributes: String = "") {
        element(name, attributes) { $0.text(text) }
    }

    mutating func element(_ name: StaticString, _ money: Money) {
        element(name, money.amount.description, attributes: " currency=\"\(money.currency.rawValue)\"")
    }

    private mutating func text(_ text: String) {
        // All text is the bank's own or came in XML, so there is nothing in it that XML could not hold.
        do { try out.appendXMLText(Array(text.utf8).span.bytes) } catch { assertionFailure("\(error)") }
    }
}
