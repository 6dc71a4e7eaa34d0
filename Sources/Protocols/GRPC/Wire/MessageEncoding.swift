internal import Buffers
internal import Compression
internal import HTTP

/// How messages are compressed.
enum MessageEncoding: Equatable {
    case identity, gzip, deflate

    /// What is offered to a peer.
    static let offered: StaticString = "identity,deflate,gzip"

    /// The encoding that a field names; nil for one that we do not have.
    init?(_ name: RawSpan) {
        if name.equalsIgnoringCase("identity") {
            self = .identity
        } else if name.equalsIgnoringCase("gzip") {
            self = .gzip
        } else if name.equalsIgnoringCase("deflate") {
            self = .deflate
        } else {
            return nil
        }
    }

    var name: StaticString {
        switch self {
        case .identity: "identity"
        case .gzip: "gzip"
        case .deflate: "deflate"
        }
    }

    /// nil for what is not compressed.
    var format: CompressionFormat? {
        switch self {
        case .identity: nil
        case .gzip: .gzip
        case .deflate: .zlib
        }
    }

    /// Whether a list such as that of `grpc-accept-encoding` has it; parameters are not looked at.
    func isListed(in value: RawSpan) -> Bool {
        var start = 0
        while let element = value.nextElement(from: &start) {
            let end = element.firstIndex(of: UInt8(ascii: ";")) ?? element.byteCount
            if MessageEncoding(element.extracting(0..<end).trimmingOptionalWhitespace()) == self { return true }
        }
        return false
    }
}
