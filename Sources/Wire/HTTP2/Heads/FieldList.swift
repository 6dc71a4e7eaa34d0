internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// The header list of one message that is being sent, as nghttp2 takes it: pointers to bytes that live elsewhere, until it
/// has copied them.
struct FieldList: ~Copyable {
    private let fields: UnsafeMutableBufferPointer<nghttp2_nv>
    private(set) var count = 0

    /// - Parameter fields: Uninitialised room for as many fields as are going to be added.
    init(_ fields: UnsafeMutableBufferPointer<nghttp2_nv>) {
        self.fields = fields
    }

    /// Calls `body` with the list.
    borrowing func withFields<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
        body(UnsafePointer(fields.baseAddress), count)
    }

    /// Adds a field; its bytes must stay where they are until the list has been submitted.
    mutating func add(_ name: RawSpan, _ value: RawSpan) {
        precondition(count < fields.count)
        fields.initializeElement(at: count, to: Self.field(name, value))
        count &+= 1
    }

    mutating func add(_ name: StaticString, _ value: RawSpan) {
        add(RawSpan(name), value)
    }

    mutating func add(_ name: StaticString, _ value: StaticString) {
        add(RawSpan(name), RawSpan(value))
    }

    mutating func add(_ method: borrowing HTTPMethod) {
        // The token lies in the method's own memory, not in the copy that is matched.
        if case .other(let token) = copy method {
            add(":method", token.span.bytes)
        } else {
            add(":method", method.knownText)
        }
    }

    /// Adds all fields that travel on: not what frames say, nor what belongs to a connection.
    mutating func add(_ headers: borrowing Headers) {
        for index in 0..<headers.endIndex where !headers.isRemoved(at: index) {
            let id = headers.id(at: index)
            guard !HeaderNames.framingOrConnection.contains(id) || isTrailersOffer(id, headers.value(at: index)) else {
                continue
            }
            add(headers.name(at: index), headers.value(at: index))
        }
    }

    /// `TE: trailers` is all of the field that HTTP/2 has kept (RFC 9113 §8.2.2); gRPC needs it.
    private func isTrailersOffer(_ id: HeaderName, _ value: RawSpan) -> Bool {
        id == .te && value.equals("trailers")
    }

    /// Adds the fields that a trailer may have.
    mutating func add(trailers: borrowing Headers) {
        for index in 0..<trailers.endIndex
        where !trailers.isRemoved(at: index) && trailers.isAllowedInTrailers(at: index) {
            add(trailers.name(at: index), trailers.value(at: index))
        }
    }

    private static func field(_ name: RawSpan, _ value: RawSpan) -> nghttp2_nv {
        name.withUnsafeBytes { name in
            value.withUnsafeBytes { value in
                // nghttp2 only reads through these, though it does not say so.
                nghttp2_nv(
                    name: UnsafeMutableRawPointer(mutating: name.baseAddress)?.assumingMemoryBound(to: UInt8.self),
                    value: UnsafeMutableRawPointer(mutating: value.baseAddress)?.assumingMemoryBound(to: UInt8.self),
                    namelen: name.count, valuelen: value.count, flags: UInt8(NGHTTP2_NV_FLAG_NONE.rawValue))
            }
        }
    }
}
