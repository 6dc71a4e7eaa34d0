internal import Canonical
internal import Engine
internal import HTTP
internal import Reactor

/// One thing that the admin API does: where its route ends.
struct AdminOperation: LocalUpstream {
    typealias Work = @Sendable (AdminRequest, isolated Worker) async throws(Failure) -> AdminAnswer

    /// The names of the parameters that it knows.
    let query: Set<String>
    /// Bytes of a body that it takes.
    let bodyBytes: Int
    private let work: Work

    init(query: Set<String> = [], bodyBytes: Int = 0, _ work: @escaping Work) {
        self.query = query
        self.bodyBytes = bodyBytes
        self.work = work
    }

    func open(
        for receiver: any UpstreamReceiver, of context: CallContext, on gateway: Gateway, under plan: PlanState
    ) throws(Failure) -> any UpstreamStream {
        AdminExchange(of: self, for: receiver, context, gateway.reactor)
    }

    func answer(_ request: AdminRequest, on worker: isolated Worker) async -> Result<AdminAnswer, Failure> {
        do throws(Failure) {
            return .success(try await work(request, worker))
        } catch {
            return .failure(error)
        }
    }
}

/// Both ends of every route here: requests and answers as they are.
struct AdminEnds: FaceFactory, UpstreamFactory {
    let faceName = "admin"
    let failures: any FailureRenderer

    func makeFace(_ context: CallContext) -> any HTTPFace { OpaqueFace(context: context, failures: failures) }
    func makeUpstream(_ context: CallContext) -> any HTTPUpstream { OpaqueUpstream() }
}
