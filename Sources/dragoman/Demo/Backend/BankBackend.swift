internal import Reactor

/// The bank as a server of its own: one worker, one loopback port that the kernel chose.
struct BankBackend: Sendable {
    static let path = "/bank"

    let worker: Worker
    let address: SocketAddress

    static func start() async throws(ReactorError) -> BankBackend {
        let worker = try Worker.start()
        do throws(ReactorError) {
            let address = try await worker.run { worker throws(ReactorError) in
                let service = BankService()
                let listener = try worker.reactor.listen(on: .anyLoopbackPort) { socket in
                    socket.handler = BankConnection(socket, service)
                }
                return listener.address
            }
            return BankBackend(worker: worker, address: address)
        } catch {
            await worker.stop()
            throw error
        }
    }

    var url: String { "http://\(address)\(Self.path)" }

    func stop() async {
        await worker.stop()
    }
}
