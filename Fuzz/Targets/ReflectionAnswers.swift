internal import Buffers
internal import Canonical
internal import GRPC
internal import ProtobufSchema

/// Reads `bytes` as what a service answers to one who asks it what it is: every length-delimited field is an answer, a
/// varint the status that the call ends with. What comes of it is a descriptor set with a service that was listed, or
/// one line for a terminal.
func fuzzReflection(_ bytes: Bytes) {
    var limits = ReflectionLimits()
    limits.services = 8
    limits.files = 16
    limits.bytes = 4096
    var inquiry = ReflectionInquiry(limits: limits)
    var reader = WireReader(bytes.span)
    var questions = 0
    do throws(ReflectionError) {
        var step = inquiry.begin()
        while let answer = ServiceAnswer(from: &reader, of: bytes) {
            switch answer {
            case .message(let message): step = try inquiry.receive(message)
            case .status(let failure): step = try inquiry.ended(failure)
            }
            if case .finish(let contract) = step { return check(contract, limits) }
            questions += 1
            precondition(questions <= limits.services + limits.files + 2, "it never ends")
        }
    } catch {
        precondition(error.message.unicodeScalars.count <= 1000, "too long a line")
        precondition(!error.message.utf8.contains { $0 < 0x20 }, "more than a line")
    }
}

private enum ServiceAnswer {
    case message(Bytes)
    /// nil for a good end.
    case status(Failure?)

    /// The next of `bytes`, which `reader` reads; nil when there is none.
    init?(from reader: inout WireReader, of bytes: Bytes) {
        guard let tag = try? reader.tag() else { return nil }
        if tag.type == .lengthDelimited {
            guard let range = try? reader.content() else { return nil }
            self = .message(bytes[range])
        } else {
            guard tag.type == .varint, let number = try? reader.varint() else { return nil }
            let code = FailureCode(rawValue: Int(truncatingIfNeeded: number))
            self = .status(code.map { Failure($0, "grpc.status", "It said so.") })
        }
    }
}

private func check(_ contract: ReflectedContract, _ limits: ReflectionLimits) {
    guard let files = try? FileDescriptor.set(contract.descriptors) else { return }
    precondition(files.count <= limits.files, "too many files")
    precondition(files.contains { !$0.services.isEmpty }, "nothing that could be called")
    precondition(Set(files.map(\.name)).count == files.count, "a file is there twice")
    fuzzDescriptors(contract.descriptors)
}
