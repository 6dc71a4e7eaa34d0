internal import Buffers
internal import CFuzzer
internal import Glibc

// fuzz TARGET [options and corpora of libFuzzer]
//
// A target is given what a stranger might send. It returns whatever comes, or traps: that is the finding.

typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

let targets: [String: Target] = [
    "descriptors": { run(fuzzDescriptors, $0, $1) },
    "http1-request": { run(fuzzHTTP1Request, $0, $1) },
    "http1-response": { run(fuzzHTTP1Response, $0, $1) },
    "http2": { run(fuzzHTTP2, $0, $1) },
    "json": { run(fuzzJSON, $0, $1) },
    "proto": { run(fuzzProtoText, $0, $1) },
    "protobuf": { run(fuzzProtobuf, $0, $1) },
    "protobuf-json": { run(fuzzProtobufJSON, $0, $1) },
    "reflection": { run(fuzzReflection, $0, $1) },
    "websocket-client": { run(fuzzWebSocketClient, $0, $1) },
    "websocket-handshake": { run(fuzzWebSocketHandshake, $0, $1) },
    "websocket-server": { run(fuzzWebSocketServer, $0, $1) },
    "xml": { run(fuzzXML, $0, $1) },
]

func run(_ target: ([UInt8]) -> Void, _ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}

func run(_ target: (Bytes) -> Void, _ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    run({ (array: [UInt8]) in target(Bytes(array)) }, start, count)
}

guard CommandLine.argc > 1, let target = targets[CommandLine.arguments[1]] else {
    // Fuzz/run reads the names from here.
    print(targets.keys.sorted().joined(separator: "\n"))
    exit(2)
}
// libFuzzer sees its own arguments behind the name of the program.
var count = CommandLine.argc - 1
var arguments = CommandLine.unsafeArgv + 1
arguments[0] = CommandLine.unsafeArgv[0]
exit(LLVMFuzzerRunDriver(&count, &arguments, target))
