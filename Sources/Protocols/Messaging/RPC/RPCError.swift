internal import Buffers
internal import Canonical
internal import JSONCodec

/// What went wrong with a message.
///
/// Source: JSON-RPC 2.0, §5.1.
struct RPCError: Error {
    enum Code: Int {
        case parse = -32700
        case invalidRequest = -32600
        case unknownMethod = -32601
        case invalidParams = -32602
        case `internal` = -32603
    }

    let code: Code
    let message: String
    /// Of the request; nil where it could not be read.
    var id: Bytes?

    init(_ code: Code, _ message: String, id: Bytes? = nil) {
        self.code = code
        self.message = message
        self.id = id
    }

    /// The whole frame.
    func frame() -> Bytes {
        RPCFrame.error(code: code.rawValue, message: message, data: nil, id: id)
    }

    /// The number for a failure of a call. The server's own range begins at -32000: there each code of google.rpc has
    /// its number behind it.
    static func number(of failure: Failure) -> Int {
        switch failure.code {
        case .invalidArgument: Code.invalidParams.rawValue
        case .internal where failure.origin != .upstream: Code.internal.rawValue
        default: -32000 - failure.code.rawValue
        }
    }
}
