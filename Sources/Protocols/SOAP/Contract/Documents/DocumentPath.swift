internal import Buffers

/// Where a document refers to another one: paths of files, without any look at the file system.
enum DocumentPath {
    /// The path that `location` means in the document at `base` (RFC 3986 §5 for the parts that files have); nil for an
    /// address on a network, which is never fetched.
    static func resolve(_ location: String, against base: String) -> String? {
        var location = location.replacingBackslashes()
        if let fragment = location.firstIndex(of: "#") { location = String(location[..<fragment]) }
        if let scheme = scheme(of: location) {
            guard scheme == "file" else { return nil }
            location = String(location.dropFirst("file:".count))
            while location.hasPrefix("//") { location.removeFirst() }
            return normalized(location.removingPercentEscapes())
        }
        location = location.removingPercentEscapes()
        if location.hasPrefix("/") { return normalized(location) }
        let directory = base.lastIndex(of: "/").map { base[...$0] } ?? ""
        return normalized(directory + location)
    }

    /// `path` without `.` and `..` where they can be taken out.
    static func normalized(_ path: String) -> String {
        var steps: [Substring] = []
        for step in path.split(separator: "/") where step != "." {
            if step == "..", let last = steps.last, last != ".." { steps.removeLast() } else { steps.append(step) }
        }
        return (path.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
    }

    /// The scheme of an absolute URI; a single letter is a drive of Windows and none.
    private static func scheme(of location: String) -> String? {
        guard let colon = location.firstIndex(of: ":") else { return nil }
        let scheme = location[..<colon]
        guard scheme.count > 1, scheme.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" || $0 == "." })
        else { return nil }
        return scheme.lowercased()
    }
}

extension String {
    fileprivate func replacingBackslashes() -> String {
        contains("\\") ? String(map { $0 == "\\" ? "/" : $0 }) : self
    }

    /// The text with `%41` as `A`; malformed escapes stay as they are.
    fileprivate func removingPercentEscapes() -> String {
        guard contains("%") else { return self }
        var result: [UInt8] = []
        let bytes = Array(utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = ASCII.hexValue(bytes[index + 1]), let low = ASCII.hexValue(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
