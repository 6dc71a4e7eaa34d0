internal import Buffers
internal import HTTP

/// gRPC's metadata: binary values go without padding.
enum Metadata: MetadataRules {
    static func isReserved(_ headers: borrowing Headers, _ index: Int) -> Bool {
        if headers.isOfBodyOrHop(at: index) { return true }
        guard case .other = headers.id(at: index) else { return false }
        let name = headers.name(at: index)
        return name.equals("x-grpc-web") || name.equals("x-user-agent")
    }

    static func append(_ name: RawSpan, _ value: RawSpan, to headers: inout Headers) {
        guard name.ends(with: "-bin"), value.firstIndex(of: UInt8(ascii: "=")) != nil else {
            headers.append(name: name, value: value)
            return
        }
        let text = value.withUnsafeBytes { $0.filter { $0 != UInt8(ascii: "=") } }
        headers.append(name: name, value: text.span.bytes)
    }
}
