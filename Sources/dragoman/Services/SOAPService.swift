internal import Canonical
internal import Configuration
internal import Engine
internal import SOAP
internal import XMLCodec

/// A service with a WSDL.
struct SOAPService: UpstreamService {
    private let plan: SOAPPlan
    private let version: SOAPVersion?

    init(_ contract: Contract, of upstream: Configuration.Upstream, observer: (any AnswerObserver)?) {
        plan = SOAPPlan(contract, answers: XMLOptions(upstream.soap), observer: observer)
        version = upstream.soap.version.flatMap { SOAPVersion(rawValue: $0.rawValue) }
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        SOAPFactory(try SOAPCall(operation, plan: plan, version: version))
    }
}

extension XMLOptions {
    /// How answers are read.
    fileprivate init(_ configured: Configuration.SOAPOptions) {
        let validation: Validation =
            switch configured.validation {
            case .off: .off
            case .log: .log
            case .strict: .strict
            }
        let unknown: Unknown =
            switch configured.unknown {
            case .keep: .keep
            case .ignore: .ignore
            case .reject: .reject
            case nil: validation == .strict ? .reject : .keep
            }
        self.init(validation: validation, unknown: unknown, origin: .upstream)
        fillsDefaults = configured.fillsDefaults
    }
}
