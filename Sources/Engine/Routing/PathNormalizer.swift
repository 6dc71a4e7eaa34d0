internal import Buffers
internal import HTTP

/// Brings a request path into the one form that is both matched and forwarded, so that no two readers differ about it.
///
/// Percent-encoded unreserved characters are decoded, other escapes get upper-case digits, empty and dot segments are
/// removed (RFC 3986 §6.2.2). Refused: broken escapes, NUL, encoded slashes and backslashes (another reader may take them
/// for separators), dot segments with parameters (`..;`: servlet containers drop the parameter and climb), overlong
/// UTF-8, control and non-ASCII bytes, and dot segments that climb above the root.
public enum PathNormalizer {
    public enum Result: Equatable, Sendable {
        /// The path is normal as it stands.
        case unchanged
        case changed([UInt8])
        case refused
    }

    /// - Parameter path: A path in origin form without its query, as received.
    public static func normalize(_ path: RawSpan) -> Result {
        guard path.byteCount > 0, path[0] == 0x2F else { return .refused }
        // Nearly all paths are normal already.
        if path.isPlainPath { return .unchanged }
        guard let decoded = decode(path) else { return .refused }
        guard let clean = removeDotSegments(decoded.span.bytes) else { return .refused }
        return .changed(clean)
    }

    private static func decode(_ path: RawSpan) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(path.byteCount)
        var index = 0
        while index < path.byteCount {
            let byte = path[index]
            if byte <= 0x20 || byte >= 0x7F || byte == 0x5C { return nil }
            guard byte == 0x25 else {
                out.append(byte)
                index += 1
                continue
            }
            guard index + 2 < path.byteCount, let high = ASCII.hexValue(path[index + 1]),
                let low = ASCII.hexValue(path[index + 2])
            else { return nil }
            let value = high << 4 | low
            if value == 0x00 || value == 0x2F || value == 0x5C || isOverlong(value, path, index) { return nil }
            if isUnreserved(value) {
                out.append(value)
            } else {
                out += [0x25, ASCII.hexDigits.utf8Start[Int(high)], ASCII.hexDigits.utf8Start[Int(low)]]
            }
            index += 3
        }
        return out
    }

    private static func removeDotSegments(_ path: RawSpan) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(path.byteCount)
        var start = 1
        while start <= path.byteCount {
            let end = path.firstIndex(of: 0x2F, from: start) ?? path.byteCount
            let segment = path.extracting(start..<end)
            let isLast = end == path.byteCount
            if segment.equals("..") {
                guard let slash = out.lastIndex(of: 0x2F) else { return nil }
                out.removeSubrange(slash...)
                if isLast { out.append(0x2F) }
            } else if segment.equals(".") || segment.byteCount == 0 {
                if isLast { out.append(0x2F) }
            } else if isDotsWithParameter(segment) {
                return nil
            } else {
                out.append(0x2F)
                segment.withUnsafeBytes { out.append(contentsOf: $0) }
            }
            start = end + 1
        }
        return out.isEmpty ? [0x2F] : out
    }

    /// Whether the escape at `index` of `byte` begins a UTF-8 sequence that is longer than its character needs: an old
    /// reader may find a dot or a slash in it.
    private static func isOverlong(_ byte: UInt8, _ path: RawSpan, _ index: Int) -> Bool {
        if byte == 0xC0 || byte == 0xC1 { return true }
        guard byte == 0xE0 || byte == 0xF0, index + 5 < path.byteCount, path[index + 3] == 0x25,
            let high = ASCII.hexValue(path[index + 4])
        else { return false }
        return high == 8 || byte == 0xE0 && high == 9
    }

    /// Whether the segment is `.` or `..` with a parameter behind it.
    private static func isDotsWithParameter(_ segment: RawSpan) -> Bool {
        var dots = 0
        while dots < segment.byteCount, segment[dots] == 0x2E { dots += 1 }
        guard (1...2).contains(dots), dots < segment.byteCount else { return false }
        let rest = segment.extracting(dots..<segment.byteCount)
        return rest[0] == 0x3B || rest.byteCount >= 3 && rest.extracting(0..<3).equals("%3B")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E
    }
}
