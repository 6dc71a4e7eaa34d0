internal import Buffers
internal import COpenSSL

/// The TLS of one socket: what was agreed with the peer, for the handler; the codec, for the socket.
///
/// The codec does no I/O: `input` is what was received, `buffers.output` what is to be sent, which the caller takes
/// away after every call.
public final class TLSConnection {
    /// Which end this is.
    private enum Role {
        case server(TLSServerContext)
        case client(TLSClientContext, TLSEndpoint)
    }

    let ssl: OpaquePointer
    let buffers: TLSBuffers
    private let role: Role
    /// Gives up on the handshake; nil once it is done.
    var deadline: Timer?
    /// Received and not yet read by OpenSSL, while a call is under way.
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Received and kept, because the handler reads no more for now.
    private var held: Bytes?
    /// What the kernel has not taken.
    private var unsent = SealedBytes()
    /// Messages that carry no data, since the handshake.
    private var controls: Int64 = 0
    private var received: Int64 = 0
    private var saidGoodbye = false

    /// nil without memory.
    private init?(_ role: Role, _ ssl: OpaquePointer?, _ buffers: TLSBuffers) {
        guard let ssl else {
            ERR_clear_error()
            return nil
        }
        self.role = role
        self.ssl = ssl
        self.buffers = buffers
        guard TLSTransfer.attach(self, to: ssl) else { return nil }
    }

    convenience init?(_ context: TLSServerContext, _ buffers: TLSBuffers) {
        self.init(.server(context), context.connection(), buffers)
        SSL_set_accept_state(ssl)
    }

    convenience init?(_ context: TLSClientContext, _ endpoint: TLSEndpoint, _ buffers: TLSBuffers) {
        self.init(.client(context, endpoint), context.connection(to: endpoint), buffers)
        SSL_set_connect_state(ssl)
    }

    deinit {
        SSL_free(ssl)
    }

    var handshakeTimeout: Int64 {
        switch role {
        case .server(let context): context.handshakeTimeout
        case .client(let context, _): context.handshakeTimeout
        }
    }

    // MARK: Handshake

    enum Handshake {
        case underWay, done
        case failed(ReactorError)
    }

    /// Goes on with the handshake as far as the input allows.
    func shakeHands() -> Handshake {
        let result = SSL_do_handshake(ssl)
        if result == 1 {
            controls = 0
            return .done
        }
        if SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ { return .underWay }
        return .failed(takeFailure(.handshake))
    }

    // MARK: Reading

    /// Why there will be no more plaintext.
    enum End {
        /// The peer's close_notify.
        case goodbye
        case failed(ReactorError)
    }

    func feed(_ bytes: UnsafeRawBufferPointer) {
        input = bytes
    }

    /// Keeps what of the input was not read.
    func hold() {
        if !input.isEmpty {
            var writer = ByteWriter(capacity: input.count)
            writer.append(RawSpan(_unsafeBytes: input))
            held = writer.finish()
        }
        input = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    func takeHeld() -> Bytes? {
        held.take()
    }

    /// There is something to open without receiving more.
    var hasUnread: Bool { held != nil || hasInput }

    var hasInput: Bool {
        !input.isEmpty || SSL_pending(ssl) > 0 || SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN != 0
    }

    /// Decrypts input into `room` bytes at `target`, until either ends; returns how many bytes there are.
    func open(into target: UnsafeMutableRawPointer, room: Int) -> (count: Int, end: End?) {
        var count = 0
        while count < room, hasInput {
            let result = SSL_read(ssl, target + count, Int32(clamping: room &- count))
            if result > 0 {
                count &+= Int(result)
                continue
            }
            switch SSL_get_error(ssl, result) {
            case SSL_ERROR_WANT_READ: break
            // Told by the next call, if there is data to be told first.
            case SSL_ERROR_ZERO_RETURN: return (count, count == 0 ? .goodbye : nil)
            default: return (count, .failed(takeFailure(.tls)))
            }
        }
        received &+= Int64(count)
        if controls > TLSConnection.controlBudget &+ received >> 16 { return (count, .failed(.tlsFlood)) }
        return (count, nil)
    }

    /// Key updates, session tickets and alerts that a peer may send, beside one for every 64 KiB of data.
    private static let controlBudget: Int64 = 64

    // MARK: Writing

    /// Encrypts `bytes`, as many records as they need.
    func seal(_ bytes: UnsafeRawBufferPointer) -> ReactorError? {
        SSL_write(ssl, bytes.baseAddress, Int32(clamping: bytes.count)) > 0 ? nil : takeFailure(.tls)
    }

    /// Says close_notify, once.
    func sayGoodbye() {
        if saidGoodbye { return }
        saidGoodbye = true
        if SSL_shutdown(ssl) < 0 { ERR_clear_error() }
    }

    /// True once `sayGoodbye` has been called.
    var isSilent: Bool { saidGoodbye }

    var unsentCount: Int { unsent.count }

    /// Calls `send` with the output and keeps what does not go.
    func sendOutput(_ send: (UnsafeRawBufferPointer) -> Int) -> Int {
        defer { keepOutput() }
        return buffers.output.send(send)
    }

    /// Keeps the output, to be sent later.
    func keepOutput() {
        buffers.output.move(to: &unsent)
    }

    /// Calls `send` with what was kept.
    func sendUnsent(_ send: (UnsafeRawBufferPointer) -> Int) -> Int {
        unsent.send(send)
    }

    func forgetUnsent() {
        unsent.removeAll()
    }

    /// The socket is closed.
    func dispose() {
        deadline = nil
        held = nil
        forgetUnsent()
    }

    /// Gives OpenSSL's own buffers back to the allocator, where the next connection finds them warm.
    func releaseBuffers() {
        SSL_free_buffers(ssl)
    }

    // MARK: From OpenSSL

    static func of(_ ssl: OpaquePointer) -> TLSConnection? {
        SSL_get_rbio(ssl).flatMap { TLSTransfer.connection($0) }
    }

    var server: TLSServerContext? {
        if case .server(let context) = role { context } else { nil }
    }

    func takeInput(_ target: UnsafeMutableRawPointer, _ room: Int) -> Int {
        let count = min(room, input.count)
        if let base = input.baseAddress { target.copyMemory(from: base, byteCount: count) }
        input = UnsafeRawBufferPointer(rebasing: input[count...])
        return count
    }

    func addOutput(_ bytes: UnsafeRawBufferPointer) {
        buffers.output.append(bytes)
    }

    func heardControl() {
        controls &+= 1
    }

    /// A session to resume next time; false leaves it to the caller.
    func remember(_ session: OpaquePointer) -> Bool {
        guard case .client(let context, let endpoint) = role else { return false }
        context.remember(session, of: endpoint)
        return true
    }

    private func takeFailure(_ operation: ReactorError.Operation) -> ReactorError {
        let code = OpenSSL.takeError()
        let verdict = SSL_get_verify_result(ssl)
        if verdict != Int(X509_V_OK) { return .unverified(verdict) }
        return ReactorError(operation, openSSL: code)
    }
}
