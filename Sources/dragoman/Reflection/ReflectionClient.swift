internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import Reactor
internal import Transports

/// Asks services for their contracts, on an event loop of its own: workers that serve are not disturbed.
struct ReflectionClient: Sendable {
    /// Why nothing was learnt, with the endpoint that said so.
    struct Problem: Error {
        var endpoint: String
        var error: ReflectionError

        /// What is wrong, and what to do.
        var text: String { "cannot ask \(endpoint) by reflection: \(error.message); \(error.advice)" }
    }

    typealias Answer = Result<ReflectedContract, Problem>

    /// How long one endpoint has.
    private static let patience = Duration.seconds(5)
    /// By the names of the upstreams.
    private let tls: [String: TLSClientSettings]

    init(_ tls: TLSContexts) {
        self.tls = tls.upstreams
    }

    /// Asks the endpoints of `upstream` in turn until one answers.
    ///
    /// - Returns: What it said, else the first endpoint's problem.
    func ask(_ upstream: Configuration.Upstream) async -> Answer {
        let endpoints = upstream.endpoints.filter(\.scheme.isHTTP2)
        var first: Problem?
        do throws(ReactorError) {
            let worker = try Worker.start()
            for endpoint in endpoints {
                switch await inquire(at: endpoint, of: upstream, on: worker) {
                case .success(let contract):
                    await worker.stop()
                    return .success(contract)
                case .failure(let error):
                    first = first ?? Problem(endpoint: endpoint.url, error: error)
                }
            }
            await worker.stop()
        } catch {
            return .failure(Problem(endpoint: upstream.name, error: .failed("\(error)")))
        }
        return .failure(
            first ?? Problem(endpoint: upstream.name, error: .failed("it has no endpoint that speaks gRPC")))
    }

    private func inquire(
        at configured: Configuration.Endpoint, of upstream: Configuration.Upstream, on worker: Worker
    ) async -> ReflectionExchange.Result {
        let compiled: Upstream
        do throws(TLSError) {
            compiled = try Upstream(upstream, endpoints: [configured], tls: tls[upstream.name], tunnelled: nil)
        } catch {
            return .failure(.failed(error.description))
        }
        guard let endpoint = compiled.endpoints.first else { return .failure(.nothing) }
        return await worker.run { worker in
            let reactor = worker.reactor
            let connector = ConnectionPool.make(reactor, endpoint, of: compiled)
            let timer = Timer(reactor.timers)
            let result: ReflectionExchange.Result = await withCheckedContinuation { continuation in
                let exchange = ReflectionExchange(with: endpoint, over: connector, timeout: Self.patience) {
                    continuation.resume(returning: $0)
                }
                timer.whenDue { exchange.cancel() }
                timer.schedule(at: reactor.now + Self.patience)
                exchange.begin()
            }
            timer.cancel()
            connector.close()
            return result
        }
    }
}

extension Configuration.Endpoint {
    fileprivate var url: String { "\(scheme.rawValue)://\(authority)" }
}
