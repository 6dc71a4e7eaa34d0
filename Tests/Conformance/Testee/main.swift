internal import Buffers
internal import Glibc

// testee DESCRIPTORS [--lane]
//
// Answers the requests of protobuf's conformance_test_runner on its standard input:
//
//     protoc -o messages.pb --include_imports google/protobuf/test_messages_proto{2,3}.proto …
//     swift build --package-path Tests/Conformance -c release
//     conformance_test_runner --enforce_recommended Tests/Conformance/.build/release/testee messages.pb
//
// With --lane, JSON becomes protobuf and protobuf JSON in one pass, as for calls whose messages nobody reads; else, and
// where both are of one format, there is a document between. Each request and each answer is a message behind its length,
// four bytes little-endian (conformance/conformance.proto).

guard CommandLine.arguments.count > 1 else {
    print("usage: testee DESCRIPTORS [--lane]")
    exit(2)
}
let usesLane = CommandLine.arguments.dropFirst(2).contains("--lane")
let testee = try Testee(descriptors: file(at: CommandLine.arguments[1]), usesLane: usesLane)

while let length = receive(4) {
    let count = (0..<4).reduce(0) { $0 | Int(length[$1]) << ($1 * 8) }
    guard let request = receive(count) else { exit(1) }
    let response = testee.answer(Bytes(request))
    var out = ByteWriter()
    out.append(word: UInt64(response.count), length: 4)
    out.append(response)
    send(out.finish().array)
}

/// The next `count` bytes of the standard input; nil at its end.
func receive(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var length = 0
    while length < count {
        let more = bytes[length...].withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
        guard more > 0 else { return nil }
        length += more
    }
    return bytes
}

func send(_ bytes: [UInt8]) {
    var length = 0
    while length < bytes.count {
        let more = bytes[length...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
        guard more > 0 else { exit(1) }
        length += more
    }
}

func file(at path: String) -> Bytes {
    guard let file = fopen(path, "rb") else {
        print("There is no \(path).")
        exit(2)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return Bytes(bytes)
}
