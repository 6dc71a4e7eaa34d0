internal import Buffers
internal import HTTP

/// What a server answers to a key, to show that it is no other protocol's server (RFC 6455 §4.2.2).
enum AcceptKey {
    private static let suffix = Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)

    static func answer(to key: [UInt8]) -> [UInt8] {
        Base64.encode(SHA1.digest(key + suffix))
    }
}

extension Headers {
    /// The field called `name`, if there is exactly one.
    func onlyIndex(of name: HeaderName) -> Int? {
        guard let index = firstIndex(of: name), firstIndex(of: name, from: index + 1) == nil else { return nil }
        return index
    }

    /// Whether one of the lists in the fields called `name` has `token`, in either case.
    func lists(_ token: StaticString, in name: HeaderName) -> Bool {
        var next = firstIndex(of: name)
        while let index = next {
            let value = value(at: index)
            var start = 0
            while let element = value.nextElement(from: &start) {
                if element.equalsIgnoringCase(token) { return true }
            }
            next = firstIndex(of: name, from: index + 1)
        }
        return false
    }
}
