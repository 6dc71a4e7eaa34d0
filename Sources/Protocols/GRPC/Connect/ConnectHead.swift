internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// What all Connect requests say in their heads.
enum ConnectHead {
    /// Checks the version and puts the timeout where the call obeys it.
    ///
    /// - Throws: `invalidArgument` "grpc.connect_version" or "grpc.timeout".
    static func read(_ headers: borrowing Headers, _ context: CallContext) throws(Failure) {
        if let index = headers.firstIndex(ofText: version.span.bytes), !headers.value(at: index).equals("1") {
            throw wrongVersion
        }
        guard let index = headers.firstIndex(ofText: timeout.span.bytes) else { return }
        guard let timeout = TimeoutText.parse(milliseconds: headers.value(at: index)) else { throw .wrongTimeout }
        context.timeout = timeout
    }

    static var wrongVersion: Failure {
        Failure(.invalidArgument, "grpc.connect_version", "Connect is spoken in version 1 only.", origin: .client)
    }

    private static let version = Array("connect-protocol-version".utf8)
    private static let timeout = Array("connect-timeout-ms".utf8)
}
