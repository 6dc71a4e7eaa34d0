internal import Buffers
internal import Canonical
internal import JSONCodec

/// Reads what services answer in place of a result. Compiled at load.
struct ServiceErrorReader: Sendable {
    private static let reason = "websocket.error"
    private static let message = "The service answered with an error."

    private let untyped: JSONCoder = {
        var options = JSONOptions()
        options.origin = .upstream
        return JSONCoder(.any, schema: Schema.Builder().build(), options: options)
    }()

    /// An error in one of the forms that are common, or a text that says what is wrong.
    func failure(_ error: Bytes) -> Failure {
        guard let view = view(of: error) else { return failure(nil, error) }
        if let text = view.string { return Failure(.unknown, Self.reason, text, origin: .upstream) }
        if let parsed = ErrorText.read(view, status: 0) { return failure(parsed, error) }
        let code = view["code"]?.string.flatMap { FailureCode(name: $0) } ?? .unknown
        return failure(nil, error, code, view["message"]?.string)
    }

    /// The member `error` of JSON-RPC. Numbers of a service's own mean nothing to us, unless `data` is a problem that
    /// names its code.
    ///
    /// Source: JSON-RPC 2.0, §5.1.
    func failure(rpc error: Bytes) -> Failure {
        guard let view = view(of: error) else { return failure(nil, error) }
        if let data = view["data"], let parsed = ErrorText.read(data, status: 0) {
            return failure(parsed, error)
        }
        let code: FailureCode =
            switch view["code"]?.integer.flatMap({ RPCError.Code(rawValue: $0) }) {
            case .invalidParams: .invalidArgument
            case .unknownMethod: .unimplemented
            case .parse, .invalidRequest, .internal: .internal
            case nil: .unknown
            }
        return failure(nil, error, code, view["message"]?.string)
    }

    private func view(of text: Bytes) -> JSONView? { (try? untyped.decode(text)).map { JSONView($0) } }

    private func failure(
        _ parsed: ErrorText?, _ text: Bytes, _ code: FailureCode = .unknown, _ message: String? = nil
    ) -> Failure {
        ErrorText.failure(parsed, of: text, code, Self.reason, message ?? Self.message)
    }
}
