internal import Buffers
internal import HTTP
internal import HTTP1
internal import Reactor
internal import SOAP

/// One connection to the bank: HTTP/1.1 with keep-alive, requests answered one after the other.
final class BankConnection: SocketHandler {
    private let socket: Socket
    private let service: BankService
    private var reader: RequestReader
    private var head = HTTPRequestHead()
    private var body = ByteWriter()
    /// What came and is not read yet, while the peer does not take its answers.
    private var input = Bytes()

    init(_ socket: Socket, _ service: BankService) {
        self.socket = socket
        self.service = service
        var limits = HTTP1Limits()
        limits.bodyBytes = 1 << 20
        reader = RequestReader(limits: limits)
    }

    func received(_ bytes: Bytes) {
        input = bytes
        readOn()
    }

    func drained() {
        socket.resumeReading()
        readOn()
    }

    /// All that came before is answered by now: reading pauses as long as something is not.
    func receivedEnd() {
        socket.close()
    }

    func closed(_ error: ReactorError?) {}

    private func readOn() {
        do throws(HTTP1Error) {
            while socket.isWritable {
                guard let event = try reader.next(&input, into: &head) else { return input = Bytes() }
                receive(event)
            }
            socket.pauseReading()
        } catch {
            answer(error.status, keepsAlive: false)
        }
    }

    private func receive(_ event: RequestEvent) {
        switch event {
        case .head:
            body = ByteWriter()
            if head.expectsContinue { socket.write { HTTPResponseHead.writeContinue(into: &$0) } }
        case .body(let bytes): body.append(bytes)
        case .end: answerRequest()
        }
    }

    private func answerRequest() {
        let path = head.target.prefix { $0 != UInt8(ascii: "?") }
        guard path.elementsEqual(BankBackend.path.utf8) else { return answer(404) }
        guard head.method == .post else { return answer(405, [(.allow, "POST")]) }
        let answer = service.answer(body.finish())
        let contentType = answer.version == .v11 ? "text/xml; charset=utf-8" : "application/soap+xml; charset=utf-8"
        self.answer(answer.status, answer.body.isEmpty ? [] : [(.contentType, contentType)], answer.body)
    }

    private func answer(
        _ status: Int, _ fields: [(HeaderName, String)] = [], _ content: Bytes = Bytes(), keepsAlive: Bool = true
    ) {
        var head = HTTPResponseHead(status: status)
        for (name, value) in fields { head.headers.append(name, value) }
        head.body = .known(content.count)
        var rules = reader.answerRules
        if !keepsAlive { rules.keepsAlive = false }
        socket.write { out in
            if !head.write(into: &out, answering: rules).isBodiless { out.append(content) }
        }
        if !rules.keepsAlive { socket.close() }
    }
}
