import Buffers
import Canonical
import HTTP
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

/// Our questions to our own answers, and to none.
@Suite struct ReflectionExchangeTests {
    private func ask(
        _ versions: [String], offer: GRPCServices.Offer = GRPCServices.Offer(Echo.contract),
        ends: Bool = true
    ) -> (service: PlayedService, exchange: ReflectionExchange, results: Box) {
        let service = PlayedService(GRPCServices([offer]), versions: versions, ends: ends)
        let results = Box()
        let exchange = ReflectionExchange(
            with: Endpoint(host: "stock", port: 9000), over: service, timeout: .seconds(5)
        ) { results.all.append($0) }
        exchange.begin()
        service.run()
        return (service, exchange, results)
    }

    final class Box {
        var all: [ReflectionExchange.Result] = []
    }

    @Test(arguments: [["v1", "v1alpha"], ["v1alpha"]])
    func `a service is found out in the version that it knows`(versions: [String]) throws {
        let (service, _, results) = ask(versions)
        let paths = versions.count == 2 ? ["v1"] : ["v1", "v1alpha"]
        #expect(
            service.heads.map { String(decoding: $0.target, as: UTF8.self) }
                == paths.map { "/grpc.reflection.\($0).ServerReflection/ServerReflectionInfo" })
        let head = try #require(service.heads.first)
        #expect(String(decoding: head.authority, as: UTF8.self) == "stock:9000")
        #expect(head.headers[.grpcTimeout] == "5000000u" && head.headers[.te] == "trailers")
        #expect(results.all.count == 1)
        let contract = try #require(results.all.first).get()
        let descriptors = try DescriptorSet(linking: FileDescriptor.set(contract.descriptors))
        #expect(descriptors.contract().operations.map(\.name) == Echo.contract.operations.map(\.name))
        #expect(contract.undescribed == [])
    }

    @Test func `who knows no reflection has none`() throws {
        let (service, _, results) = ask([])
        #expect(service.heads.count == 2)
        guard case .failure(.unsupported)? = results.all.first else { Issue.record("\(results.all)"); return }
    }

    @Test func `a connection that is not made is told with its cause`() throws {
        let service = PlayedService(GRPCServices([]), versions: [])
        service.refusal = Failure(.unavailable, "upstream.connect", "No.", cause: "stock: connection refused")
        let results = Box()
        let exchange = ReflectionExchange(
            with: Endpoint(host: "stock", port: 9000), over: service, timeout: .seconds(5)
        ) { results.all.append($0) }
        exchange.begin()
        guard case .failure(.failed("stock: connection refused"))? = results.all.first else {
            Issue.record("\(results.all)")
            return
        }
    }

    @Test func `who does not wait hears at once, and what is known by then counts`() throws {
        let (service, exchange, results) = ask(["v1"], ends: false)
        #expect(results.all.isEmpty && service.wasAskedToEnd)
        exchange.cancel()
        #expect(try results.all.first?.get() != nil && service.wasCancelled)
        exchange.cancel()
        #expect(results.all.count == 1)
    }
}

/// A service that the gateway's own reflection plays, as connections bring it.
private final class PlayedService: EndpointConnector {
    private let services: GRPCServices
    private let versions: [String]
    private let ends: Bool
    var refusal: Failure?
    fileprivate(set) var heads: [HTTPRequestHead] = []
    fileprivate(set) var wasCancelled = false
    fileprivate(set) var wasAskedToEnd = false
    /// What arrives at the other end, in its turn.
    private var pending: [() -> Void] = []

    init(_ services: GRPCServices, versions: [String], ends: Bool = true) {
        self.services = services
        self.versions = versions
        self.ends = ends
    }

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        if let refusal { throw refusal }
        return PlayedStream(receiver, self)
    }

    func close() {}

    func later(_ work: @escaping () -> Void) { pending.append(work) }

    func run() {
        while !pending.isEmpty { pending.removeFirst()() }
    }

    /// The method at `path`, in the versions that the service knows.
    func method(_ path: String) -> GRPCServices.Method? {
        services.methods.first { method in
            method.path == path && versions.contains { path.contains(".\($0).") }
        }
    }

    final class PlayedStream: UpstreamStream {
        private let receiver: any UpstreamReceiver
        private unowned let owner: PlayedService
        private var face: (any HTTPFace)?
        private var service: (any LocalService)?

        init(_ receiver: any UpstreamReceiver, _ owner: PlayedService) {
            self.receiver = receiver
            self.owner = owner
        }

        func send(_ part: consuming HTTPRequestPart) {
            var isEnd = false
            if case .end = part { isEnd = true }
            if case .head(let head) = part {
                owner.heads.append(head)
                guard let method = owner.method(String(decoding: head.target, as: UTF8.self)) else { return refuse() }
                face = method.face.makeFace(.test())
                service = method.service.makeService(.test())
            }
            if isEnd {
                owner.wasAskedToEnd = true
                if !owner.ends { return }
            }
            try? answer(part)
        }

        private func answer(_ part: HTTPRequestPart) throws {
            guard let face, let service else { return }
            var (inbox, outbox, wire) = (Outbox<RequestPart>(), Outbox<ResponsePart>(), Outbox<HTTPResponsePart>())
            try face.decode(part, into: &inbox)
            while let part = inbox.popFirst() { try service.receive(part, into: &outbox) }
            while let part = outbox.popFirst() { try face.encode(part, into: &wire) }
            while let part = wire.popFirst() { owner.later { [receiver] in receiver.deliver(part) } }
        }

        private func refuse() {
            var head = HTTPResponseHead(status: 200)
            head.headers.append(.contentType, "application/grpc")
            head.headers.append(.grpcStatus, "12")
            owner.later { [receiver] in
                receiver.deliver(.head(head))
                receiver.deliver(.end(trailers: nil))
            }
        }

        func cancel() { owner.wasCancelled = true }
        var isWritable: Bool { true }
        func pauseReading() {}
        func resumeReading() {}
    }
}
