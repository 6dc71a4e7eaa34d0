internal import Buffers
internal import HTTP

/// Makes a request head of an HTTP/2 header list (RFC 9113 §8.2, §8.3.1), so strictly that nothing in it can mean anything
/// else once it is written as HTTP/1.
struct RequestHeadBuilder: ~Copyable {
    private struct Pseudo: OptionSet {
        let rawValue: UInt8
        static let method = Pseudo(rawValue: 1)
        static let scheme = Pseudo(rawValue: 2)
        static let authority = Pseudo(rawValue: 4)
        static let path = Pseudo(rawValue: 8)
        static let `protocol` = Pseudo(rawValue: 16)
    }

    var head = HTTPRequestHead()
    /// What is wrong with the list so far.
    private(set) var error: HTTP2Error?
    private(set) var meter = FieldMeter()
    private var seen: Pseudo = []
    private var hasField = false
    private var hasHost = false
    private var hasExpect = false
    private var isSecure = false
    private(set) var contentLength: Int?
    private var crumbs = CookieCrumbs()

    /// Begins another list.
    mutating func removeAll() {
        head.removeAll()
        error = nil
        meter = FieldMeter()
        seen = []
        hasField = false
        hasHost = false
        hasExpect = false
        isSecure = false
        contentLength = nil
        crumbs.removeAll()
    }

    /// Adds one field; what is wrong with it shows in `error`.
    mutating func add(name: RawSpan, value: RawSpan, limits: borrowing HTTP2Limits) {
        if let excess = meter.add(name: name, value: value, limits: limits) {
            return error = FieldSection.worse(error, excess)
        }
        guard error?.isAnswerable ?? true else { return }
        do throws(HTTP2Error) {
            if name.byteCount > 0, name[0] == 0x3A {
                try addPseudo(name, value, limits)
            } else {
                hasField = true
                try addField(HeaderName(matching: name), name, value)
            }
        } catch {
            self.error = FieldSection.worse(self.error, error)
        }
    }

    // MARK: Pseudo-header fields

    private mutating func addPseudo(
        _ name: RawSpan, _ value: RawSpan, _ limits: borrowing HTTP2Limits
    ) throws(HTTP2Error) {
        guard !hasField else { throw .badPseudoField }
        if name.equals(":method") {
            try note(.method)
            guard value.isToken else { throw .badMethod }
            head.method = HTTPMethod(value)
        } else if name.equals(":path") {
            try note(.path)
            guard value.byteCount > 0, value.endOfTarget(from: 0) == value.byteCount else { throw .badTarget }
            guard value.byteCount <= limits.targetBytes else { throw .targetTooLong }
            head.target.assign(value)
        } else if name.equals(":scheme") {
            try note(.scheme)
            isSecure = value.equals("https")
            guard isSecure || value.equals("http") else { throw .badScheme }
        } else if name.equals(":authority") {
            try note(.authority)
            guard Authority.isValid(value) else { throw .badHost }
            head.authority.assign(value)
        } else if name.equals(":protocol") {
            try note(.protocol)
            guard limits.allowsExtendedConnect, value.isToken else { throw .badPseudoField }
            head.connectProtocol.assign(value)
        } else {
            throw .badPseudoField
        }
    }

    private mutating func note(_ pseudo: Pseudo) throws(HTTP2Error) {
        guard seen.insert(pseudo).inserted else { throw .badPseudoField }
    }

    // MARK: Fields

    private mutating func addField(_ id: HeaderName, _ name: RawSpan, _ value: RawSpan) throws(HTTP2Error) {
        switch id {
        case .host: try addHost(value)
        case .contentLength:
            guard contentLength == nil else { throw .duplicateContentLength }
            guard let length = ContentLength.parse(value) else { throw .badContentLength }
            contentLength = length
        case .expect:
            guard !hasExpect, value.equalsIgnoringCase("100-continue") else {
                try FieldSection.checkEnds(value)
                throw Headers.isValidValue(value) ? .badExpectation : .controlCharacter
            }
            hasExpect = true
        case .cookie:
            try FieldSection.checkEnds(value)
            do { try crumbs.add(value, to: &head.headers) } catch { throw HTTP2Error(error) }
        default: try FieldSection.append(id, name: name, value: value, to: &head.headers)
        }
    }

    /// `Host` stands for `:authority`, or repeats it. Pseudo-header fields come first, so this one is never too early.
    private mutating func addHost(_ value: RawSpan) throws(HTTP2Error) {
        guard !hasHost else { throw .duplicateHost }
        hasHost = true
        guard Authority.isValid(value) else { throw .badHost }
        guard seen.contains(.authority) else { return head.authority.assign(value) }
        guard Authority.isSame(head.authority.span.bytes, value, defaultPort: isSecure ? 443 : 80) else {
            throw .hostMismatch
        }
    }

    // MARK: The end

    /// Completes the head.
    /// - Parameter endsStream: No body follows.
    /// - Throws: What is wrong with it.
    mutating func finish(endsStream: Bool) throws(HTTP2Error) {
        if let error { throw error }
        try checkPseudoFields()
        crumbs.finish(&head.headers)
        head.body = try Self.body(contentLength, endsStream: endsStream)
        head.expectsContinue = hasExpect && head.body != .none && head.body != .known(0)
    }

    private func checkPseudoFields() throws(HTTP2Error) {
        guard seen.contains(.method) else { throw .missingPseudoField }
        if head.method == .connect, !seen.contains(.protocol) {
            guard seen == [.method, .authority] else { throw .missingPseudoField }
            throw .connectRefused
        }
        guard seen.isSuperset(of: [.method, .scheme, .path]) else { throw .missingPseudoField }
        guard seen.contains(.authority) || hasHost else { throw .missingHost }
        if seen.contains(.protocol) {
            guard head.method == .connect, seen.contains(.authority) else { throw .badPseudoField }
        }
        guard head.target.isEmpty || head.target[0] == UInt8(ascii: "/") || isAsterisk else { throw .badTarget }
        guard head.method.isRegistered else { throw .unknownMethod }
    }

    private var isAsterisk: Bool {
        head.target.count == 1 && head.target[0] == UInt8(ascii: "*") && head.method == .options
    }

    /// What `length` says of a body that comes or not (RFC 9113 §8.1.1).
    private static func body(_ length: Int?, endsStream: Bool) throws(HTTP2Error) -> BodyLength {
        guard let length else { return endsStream ? .none : .unknown }
        guard !endsStream || length == 0 else { throw .lengthMismatch }
        return .known(length)
    }
}
