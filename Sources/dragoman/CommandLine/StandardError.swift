internal import Glibc

/// Where complaints go, so that they never mix with output that another program reads.
enum StandardError {
    static func write(_ text: String) {
        writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}

/// Where answers go that are no text.
enum StandardOutput {
    static func write(_ bytes: [UInt8]) {
        writeAll(bytes, to: STDOUT_FILENO)
    }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
