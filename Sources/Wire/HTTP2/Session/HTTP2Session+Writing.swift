internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// Heads on their way to nghttp2, which copies them.
extension HTTP2Session {
    enum ResponseKind {
        /// The final head follows.
        case interim
        /// Data or trailers follow.
        case beginning
        /// Nothing follows.
        case whole
    }

    /// Most heads have fewer fields besides their own.
    private static let pseudoFields = 6

    func submit(
        _ head: borrowing HTTPRequestHead, isSecure: Bool, endsStream: Bool, _ mark: UnsafeMutableRawPointer?
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: head.headers.count + Self.pseudoFields + 3) {
            var list = FieldList($0)
            // What it points to lies in the head's own memory, which nobody changes before nghttp2 has copied it.
            list.add(head.method)
            if !head.connectProtocol.isEmpty { list.add(":protocol", head.connectProtocol.span.bytes) }
            list.add(":scheme", isSecure ? "https" : "http")
            list.add(":authority", head.authority.span.bytes)
            list.add(":path", head.target.span.bytes)
            if case .known(let length) = head.body { list.add("content-length", decimal(length)) }
            if head.expectsContinue { list.add("expect", "100-continue") }
            list.add(head.headers)
            return list.withFields { fields, count in
                guard !endsStream else { return nghttp2_submit_request(session, nil, fields, count, nil, mark) }
                var provider = Self.provider()
                return nghttp2_submit_request(session, nil, fields, count, &provider, mark)
            }
        }
    }

    func submit(_ head: borrowing HTTPResponseHead, _ number: Int32, length: Int?, kind: ResponseKind) {
        withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: head.headers.count + Self.pseudoFields) {
            var list = FieldList($0)
            list.add(":status", status(head.status))
            if let length { list.add("content-length", decimal(length)) }
            list.add(head.headers)
            list.withFields { fields, count in
                switch kind {
                case .interim: _ = nghttp2_submit_headers(session, 0, number, nil, fields, count, nil)
                case .whole: _ = nghttp2_submit_response(session, number, fields, count, nil)
                case .beginning:
                    var provider = Self.provider()
                    _ = nghttp2_submit_response(session, number, fields, count, &provider)
                }
            }
        }
    }

    func submit(trailers: borrowing Headers, _ number: Int32) {
        withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: max(trailers.count, 1)) {
            var list = FieldList($0)
            list.add(trailers: trailers)
            list.withFields { fields, count in _ = nghttp2_submit_trailer(session, number, fields, count) }
        }
    }

    private static func provider() -> nghttp2_data_provider {
        nghttp2_data_provider(source: nghttp2_data_source()) { _, stream, _, maximum, flags, _, session in
            guard let flags else { return Int(HTTP2Session.callbackFailure) }
            return Int(HTTP2Session.call(session) { Int32(truncatingIfNeeded: $0.readData(stream, maximum, flags)) })
        }
    }

    // MARK: Numbers

    /// The three digits of a status, until the next call.
    @_lifetime(borrow self)
    private func status(_ status: Int) -> RawSpan {
        var rest = status
        for place in [2, 1, 0] {
            digits.storeBytes(of: UInt8(truncatingIfNeeded: 0x30 + rest % 10), toByteOffset: place, as: UInt8.self)
            rest /= 10
        }
        let span = RawSpan(_unsafeStart: digits, byteCount: 3)
        return _overrideLifetime(span, borrowing: self)
    }

    /// The digits of a length, until the next call.
    @_lifetime(borrow self)
    private func decimal(_ length: Int) -> RawSpan {
        var rest = length
        var place = 32
        repeat {
            place &-= 1
            digits.storeBytes(of: UInt8(truncatingIfNeeded: 0x30 + rest % 10), toByteOffset: place, as: UInt8.self)
            rest /= 10
        } while rest > 0
        let span = RawSpan(_unsafeStart: digits + place, byteCount: 32 &- place)
        return _overrideLifetime(span, borrowing: self)
    }
}

extension Headers {
    /// Whether nghttp2 takes a head with these fields: 64 KiB by its reckoning, with room for the request line.
    var isSendable: Bool { byteCount + 12 * count < 40 * 1024 }
}

extension HTTPRequestHead {
    /// Whether it can be written without anybody reading more into it.
    var isWritable: Bool {
        if case .other(let token) = method, !token.span.bytes.isToken { return false }
        guard (method == .connect) == !connectProtocol.isEmpty else { return false }
        guard connectProtocol.isEmpty || connectProtocol.span.bytes.isToken else { return false }
        let target = target.span.bytes
        guard target.byteCount > 0, target.byteCount < 16 * 1024, target.endOfTarget(from: 0) == target.byteCount else {
            return false
        }
        let isOrigin = target[0] == UInt8(ascii: "/")
        let isAsterisk = target.byteCount == 1 && target[0] == UInt8(ascii: "*") && method == .options
        return (isOrigin || isAsterisk) && authority.count < 4096 && Authority.isValid(authority.span.bytes)
    }
}
