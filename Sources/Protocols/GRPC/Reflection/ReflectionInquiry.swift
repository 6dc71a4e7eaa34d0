public import Buffers
package import Canonical
internal import ProtobufSchema

/// How much of what a service says of itself is read.
public struct ReflectionLimits: Sendable {
    public var services = 1000
    public var files = 5000
    /// Of all files, and of one answer.
    public var bytes = 16 << 20

    public init() {}
}

/// What a service says of itself.
public struct ReflectedContract: Sendable {
    /// A `google.protobuf.FileDescriptorSet` whose services are those that can be called.
    public var descriptors: Bytes
    /// Services that it lists and knows nothing of.
    public var undescribed: [String]

    public init(descriptors: Bytes, undescribed: [String] = []) {
        self.descriptors = descriptors
        self.undescribed = undescribed
    }
}

/// Asks a service what it is: for its services, for the files that declare them, for the files that those import; in v1,
/// or in v1alpha where that is all it knows. Sans-I/O: answers in, what to do next out. One question at a time.
///
///     v1 → (v1alpha →) listing → describing → done
///
/// Source: gRPC, "GRPC Server Reflection Protocol".
package struct ReflectionInquiry {
    package enum Version: String, CaseIterable { case v1, v1alpha }

    package enum Step {
        /// Begin a call of `ServerReflectionInfo` in this version, and send the first question.
        case open(Version, Bytes)
        /// Send the next one.
        case ask(Bytes)
        case finish(ReflectedContract)
    }

    private let limits: ReflectionLimits
    private var files: ReflectedFiles
    private var version = Version.v1
    private var hasBeenAnswered = false
    private var asked: ReflectionQuestion? = .services
    /// Questions, from `next` on.
    private var waiting: [ReflectionQuestion] = []
    private var next = 0
    /// The files that were, or will be, asked for.
    private var wanted: Set<String> = []
    private var services: [String] = []
    private var undescribed: [String] = []

    package init(limits: ReflectionLimits = ReflectionLimits()) {
        self.limits = limits
        files = ReflectedFiles(limits: limits)
    }

    package func begin() -> Step { .open(version, ReflectionQuestion.services.bytes) }

    /// Takes a `ServerReflectionResponse`.
    package mutating func receive(_ message: Bytes) throws(ReflectionError) -> Step {
        guard let question = asked else { throw .malformed("an answer to no question") }
        asked = nil
        hasBeenAnswered = true
        let answer: ReflectionAnswer?
        do throws(WireError) {
            answer = try ReflectionAnswer(message)
        } catch {
            throw .malformed(error.message)
        }
        switch (question, answer) {
        case (.services, .services(let names)): try list(names)
        case (.symbol(let name), .files(let files)):
            try add(files)
            guard self.files.services.contains(name) else {
                throw .malformed("no file that it gives out declares \(ReflectionError.shown(name))")
            }
        case (.file(let name, _), .files(let files)):
            try add(files)
            guard self.files.has(name) || BuiltInFiles.has(name) else {
                throw .malformed("asked for \(question.description), it gives out another")
            }
        case (.symbol(let name), .refusal(Self.notFound, _)): undescribed.append(ReflectionError.shown(name))
        case (.file(let name, let importer), .refusal(let code, let text)):
            // What comes with protoc, not every service gives out.
            if BuiltInFiles.has(name) { break }
            guard code == Self.notFound else { throw refusal(of: question, code, text) }
            throw .missing(file: ReflectionError.shown(name), importedBy: ReflectionError.shown(importer))
        case (_, .refusal(let code, let text)): throw refusal(of: question, code, text)
        default: throw .malformed("asked for \(question.description), it answers something else")
        }
        return try proceed()
    }

    /// The call ended, or could not be made.
    ///
    /// - Parameter failure: nil for a good end.
    package mutating func ended(_ failure: Failure?) throws(ReflectionError) -> Step {
        guard let failure else { throw .failed("it hung up in the middle") }
        guard failure.code == .unimplemented, !hasBeenAnswered else {
            let text = failure.message.isEmpty ? "status \(failure.code)" : failure.message
            throw .failed(ReflectionError.shown(failure.cause ?? text))
        }
        guard version == .v1 else { throw .unsupported }
        version = .v1alpha
        return begin()
    }

    // MARK: Questions

    private static let notFound = UInt64(FailureCode.notFound.rawValue)
    /// What every server offers beside its own services, and so does the gateway.
    private static let ofServers = ["grpc.reflection.", "grpc.health."]

    private mutating func list(_ names: [String]) throws(ReflectionError) {
        guard names.count <= limits.services else { throw .tooMuch("\(limits.services) services") }
        services = Set(names).filter { name in !Self.ofServers.contains { name.hasPrefix($0) } }.sorted()
        waiting = services.map { .symbol($0) }
    }

    private mutating func add(_ given: [Bytes]) throws(ReflectionError) {
        for bytes in given {
            guard let (name, imports) = try files.add(bytes) else { continue }
            for file in imports where wanted.insert(file).inserted {
                waiting.append(.file(name: file, importedBy: name))
            }
            guard waiting.count <= limits.files + limits.services else { throw .tooMuch("\(limits.files) files") }
        }
    }

    /// The next question whose answer is not known yet.
    private mutating func proceed() throws(ReflectionError) -> Step {
        while next < waiting.count {
            let question = waiting[next]
            next += 1
            switch question {
            case .services: continue
            case .symbol(let name) where files.services.contains(name): continue
            case .file(let name, _) where files.has(name): continue
            case .symbol, .file: break
            }
            asked = question
            return .ask(question.bytes)
        }
        let served = Set(services).intersection(files.services)
        guard !served.isEmpty else { throw .nothing }
        return .finish(
            ReflectedContract(descriptors: files.descriptorSet(serving: served), undescribed: undescribed))
    }

    private func refusal(of question: ReflectionQuestion, _ code: UInt64, _ text: String) -> ReflectionError {
        let text = text.isEmpty ? "error \(code)" : text
        return .refused(question: question.description, answer: ReflectionError.shown(text))
    }
}
