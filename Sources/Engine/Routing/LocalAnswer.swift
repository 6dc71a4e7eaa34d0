public import Buffers

/// A document that the gateway serves itself, such as an OpenAPI description.
public struct LocalAnswer: Sendable {
    enum Body {
        case made(Bytes)
        case deferred(DeferredDocument)
    }

    public let contentType: String
    let body: Body

    public init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = .made(Bytes(body))
    }

    public init(contentType: String, document: DeferredDocument) {
        self.contentType = contentType
        body = .deferred(document)
    }

    /// What is sent.
    public var bytes: Bytes {
        get async {
            switch body {
            case .made(let bytes): bytes
            case .deferred(let document): await document.bytes
            }
        }
    }
}
