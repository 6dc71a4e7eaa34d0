import Buffers
import Canonical
import Engine
import Testing

@testable import GRPC

/// Questions to a service and what comes of its answers.
@Suite struct ReflectionInquiryTests {
    private let other = Reflected.file("other.proto", package: "o")
    private let main = Reflected.file("main.proto", package: "m", imports: ["other.proto"], services: ["S"])

    /// What is asked, answer by answer, and what comes of it.
    private func ask(_ answers: Bytes..., limits: ReflectionLimits = ReflectionLimits()) throws -> (
        questions: [String], outcome: Result<ReflectedContract, ReflectionError>?
    ) {
        var inquiry = ReflectionInquiry(limits: limits)
        guard case .open(.v1, let first) = inquiry.begin() else { return ([], nil) }
        var questions = [try Reflected.question(first)]
        for answer in answers {
            do throws(ReflectionError) {
                switch try inquiry.receive(answer) {
                case .open: questions.append("open")
                case .ask(let question): questions.append((try? Reflected.question(question)) ?? "nonsense")
                case .finish(let contract): return (questions, .success(contract))
                }
            } catch {
                return (questions, .failure(error))
            }
        }
        return (questions, nil)
    }

    private func error(_ answers: Bytes..., limits: ReflectionLimits = ReflectionLimits()) throws -> ReflectionError? {
        var inquiry = ReflectionInquiry(limits: limits)
        for answer in answers {
            do throws(ReflectionError) { _ = try inquiry.receive(answer) } catch { return error }
        }
        return nil
    }

    @Test func `services, the files that declare them and those that these import are asked for`() throws {
        let (questions, outcome) = try ask(
            Reflected.services("m.S"), Reflected.files(main), Reflected.files(other))
        #expect(questions == ["services", "symbol m.S", "file other.proto"])
        #expect(try Reflected.names(in: try #require(outcome).get().descriptors) == ["other.proto", "main.proto S"])
    }

    @Test func `what a service gives out unasked is not asked for again`() throws {
        let second = Reflected.file("second.proto", package: "m", services: ["T"])
        let (questions, outcome) = try ask(
            Reflected.services("m.S", "m.T", "m.S"), Reflected.files(main, other, second, main))
        #expect(questions == ["services", "symbol m.S"])
        #expect(
            try Reflected.names(in: try #require(outcome).get().descriptors) == [
                "other.proto", "main.proto S", "second.proto T",
            ])
    }

    @Test func `the order of answers makes no difference to what they come to`() throws {
        let first = try #require(try ask(Reflected.services("m.S"), Reflected.files(main, other)).outcome).get()
        let second = try #require(try ask(Reflected.services("m.S"), Reflected.files(other, main)).outcome).get()
        #expect(first.descriptors == second.descriptors)
    }

    @Test func `reflection and health are not asked for, nor served where a file has them`() throws {
        let file = Reflected.file("main.proto", package: "grpc.health.v1", services: ["Health"])
        let mine = Reflected.file("mine.proto", services: ["Mine"])
        let (questions, outcome) = try ask(
            Reflected.services("grpc.reflection.v1alpha.ServerReflection", "Mine", "grpc.health.v1.Health"),
            Reflected.files(mine, file))
        #expect(questions == ["services", "symbol Mine"])
        #expect(try Reflected.names(in: try #require(outcome).get().descriptors) == ["main.proto", "mine.proto Mine"])
        #expect(try error(Reflected.services("grpc.health.v1.Health")) == .nothing)
        #expect(try error(Reflected.services()) == .nothing)
    }

    @Test func `imports in a circle end, and are left to the linker`() throws {
        let one = Reflected.file("one.proto", imports: ["two.proto"], services: ["S"])
        let two = Reflected.file("two.proto", imports: ["one.proto", "two.proto"])
        let (questions, outcome) = try ask(Reflected.services("S"), Reflected.files(one), Reflected.files(two))
        #expect(questions == ["services", "symbol S", "file two.proto"])
        #expect(try Reflected.names(in: try #require(outcome).get().descriptors) == ["two.proto", "one.proto S"])
    }

    @Test func `a file that comes with protoc need not be given out`() throws {
        let main = Reflected.file(
            "main.proto", imports: ["google/protobuf/empty.proto", "none.proto"], services: ["S"])
        let (questions, outcome) = try ask(
            Reflected.services("S"), Reflected.files(main), Reflected.refusal(5, "no"), Reflected.refusal(5, "no"))
        #expect(questions == ["services", "symbol S", "file google/protobuf/empty.proto", "file none.proto"])
        guard case .failure(let error)? = outcome else { Issue.record("it is taken"); return }
        #expect(error == .missing(file: "none.proto", importedBy: "main.proto"))
    }

    @Test func `a service that is listed and not known is left out`() throws {
        let (_, outcome) = try ask(
            Reflected.services("a.Gone", "m.S"), Reflected.refusal(5, "not found"), Reflected.files(main, other))
        #expect(try #require(outcome).get().undescribed == ["a.Gone"])
        #expect(try error(Reflected.services("a.Gone"), Reflected.refusal(5, "")) == .nothing)
    }

    @Test func `an error is told with what was asked, fit for a terminal`() throws {
        let error = try error(Reflected.services("m.S"), Reflected.refusal(13, "bad\u{1B}[2J"))
        #expect(error == .refused(question: "m.S", answer: "bad\u{FFFD}[2J"))
        #expect(try self.error(Reflected.refusal(7, "")) == .refused(question: "its services", answer: "error 7"))
    }

    @Test func `what makes no sense is refused`() throws {
        for nonsense in [Bytes([0xFF]), Bytes(), Bytes([0x22, 0x7F]), Reflected.files(main)] {
            guard case .malformed = try error(nonsense) else { Issue.record("it is taken"); continue }
        }
        let services = Reflected.services("m.S")
        for nonsense in [
            Reflected.services("m.S"), Reflected.files(), Reflected.files(other), Reflected.files(Bytes([0x0A])),
            Reflected.files(Reflected.file("")),
        ] {
            guard case .malformed = try error(services, nonsense) else { Issue.record("it is taken"); continue }
        }
        guard case .malformed = try error(services, Reflected.files(main), Reflected.files(main)) else {
            Issue.record("another file than was asked for")
            return
        }
    }

    @Test func `every cut of an answer is refused or is one`() throws {
        let whole = Reflected.files(main, other)
        for length in 0..<whole.count {
            var inquiry = ReflectionInquiry()
            _ = try inquiry.receive(Reflected.services("m.S"))
            _ = try? inquiry.receive(whole[0..<length])
        }
    }

    @Test func `whatever comes is refused or understood`() throws {
        var dice = SplitMix(seed: 20_261_123)
        let answers = [Reflected.services("m.S", "m.T"), Reflected.files(main, other), Reflected.refusal(5, "no")]
        for _ in 0..<2000 {
            var inquiry = ReflectionInquiry()
            for answer in answers {
                var bytes = answer.array
                for _ in 0..<Int.random(in: 0...3, using: &dice) {
                    bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0 ... .max, using: &dice)
                }
                guard case .ask? = try? inquiry.receive(Bytes(bytes)) else { break }
            }
        }
    }

    @Test func `two files of one name must be one file`() throws {
        let twin = Reflected.file("other.proto", package: "p")
        let error = try error(Reflected.services("m.S"), Reflected.files(main, other, twin))
        #expect(error == .conflict(file: "other.proto"))
    }

    @Test func `there is a limit to everything`() throws {
        var limits = ReflectionLimits()
        limits.services = 1
        #expect(try error(Reflected.services("a", "b"), limits: limits) == .tooMuch("1 services"))
        limits.files = 1
        let answers = (Reflected.services("m.S"), Reflected.files(main, other))
        #expect(try error(answers.0, answers.1, limits: limits) == .tooMuch("1 files"))
        limits = ReflectionLimits()
        limits.bytes = main.count
        #expect(try error(answers.0, answers.1, limits: limits) == .tooMuch("0 MiB of files"))
        let many = Reflected.file("main.proto", imports: (0..<5).map { "\($0)" }, services: ["S"])
        limits.bytes = 1 << 20
        limits.files = 2
        limits.services = 1
        #expect(try error(Reflected.services("S"), Reflected.files(many), limits: limits) == .tooMuch("2 files"))
    }

    // MARK: Versions

    private func failure(_ code: FailureCode) -> Failure { Failure(code, "grpc.status", "no such service") }

    @Test func `who does not know v1 is asked in v1alpha`() throws {
        var inquiry = ReflectionInquiry()
        _ = inquiry.begin()
        guard case .open(.v1alpha, let question) = try inquiry.ended(failure(.unimplemented)) else {
            Issue.record("it is not asked again")
            return
        }
        #expect(try Reflected.question(question) == "services")
        _ = try inquiry.receive(Reflected.services("m.S"))
        guard case .finish = try inquiry.receive(Reflected.files(main, other)) else {
            Issue.record("it does not end")
            return
        }
    }

    @Test func `who knows neither, or ends early, has failed`() throws {
        var inquiry = ReflectionInquiry()
        _ = try inquiry.ended(failure(.unimplemented))
        #expect(throws: ReflectionError.unsupported) { try inquiry.ended(failure(.unimplemented)) }
        inquiry = ReflectionInquiry()
        #expect(throws: ReflectionError.failed("no such service")) { try inquiry.ended(failure(.unavailable)) }
        inquiry = ReflectionInquiry()
        _ = try inquiry.receive(Reflected.services("m.S"))
        #expect(throws: ReflectionError.failed("no such service")) { try inquiry.ended(failure(.unimplemented)) }
        inquiry = ReflectionInquiry()
        #expect(throws: ReflectionError.failed("it hung up in the middle")) { try inquiry.ended(nil) }
    }
}
