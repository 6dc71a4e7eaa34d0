internal import Buffers
internal import Canonical
internal import ProtobufCodec
internal import ProtobufSchema

/// The codec under test.
struct Testee {
    private let messages: [String: MessageID]
    private let strict: ProtobufPlan
    private let lenient: ProtobufPlan
    private let usesLane: Bool

    init(descriptors: Bytes, usesLane: Bool) throws {
        let contract = try DescriptorSet(linking: FileDescriptor.set(descriptors)).contract()
        messages = contract.annotations[ProtobufContract.self]?.messages ?? [:]
        strict = ProtobufPlan(contract.schema)
        var options = ProtobufOptions()
        options.ignoresUnknownMembers = true
        lenient = ProtobufPlan(contract.schema, options: options)
        self.usesLane = usesLane
    }

    /// The `ConformanceResponse` to a `ConformanceRequest`.
    func answer(_ bytes: Bytes) -> Bytes {
        let result: Response
        do throws(WireError) {
            result = answer(try Request(bytes))
        } catch {
            result = .runtimeError(error.message)
        }
        return result.bytes
    }

    private func answer(_ request: Request) -> Response {
        // The runner asks first which tests may fail: none.
        if request.messageType == "conformance.FailureSet" { return .protobuf(Bytes()) }
        guard let message = messages[request.messageType] else {
            return .runtimeError("no type \(request.messageType)")
        }
        guard let input = request.input, request.output != .other else { return .skipped("neither protobuf nor JSON") }
        let plan = request.ignoresUnknown ? lenient : strict
        if usesLane, input.format != request.output {
            return viaLane(input, ProtobufJSONLane(message, plan: plan))
        }
        return viaDocument(input, request.output, ProtobufCoder(message, plan: plan), ProtobufJSON(plan), message)
    }

    private func viaLane(_ input: Request.Input, _ lane: ProtobufJSONLane) -> Response {
        var out = ByteWriter()
        do throws(Failure) {
            if input.format == .json {
                try lane.writeProtobuf(of: input.bytes, into: &out)
                return .protobuf(out.finish())
            }
            try lane.writeJSON(of: input.bytes, into: &out)
            return .json(out.finish())
        } catch {
            return error.reason == "protobuf.no_json" ? .serializeError(error.message) : .parseError(error.message)
        }
    }

    private func viaDocument(
        _ input: Request.Input, _ output: Request.Format, _ coder: ProtobufCoder, _ json: ProtobufJSON,
        _ message: MessageID
    ) -> Response {
        let document: Document
        do throws(Failure) {
            let isJSON = input.format == .json
            document = isJSON ? try json.decode(input.bytes, as: message) : try coder.decode(input.bytes)
        } catch {
            return .parseError(error.message)
        }
        var out = ByteWriter()
        do throws(Failure) {
            if output == .json {
                try json.encode(document, as: message, into: &out)
                return .json(out.finish())
            }
            try coder.encode(document, into: &out)
            return .protobuf(out.finish())
        } catch {
            return .serializeError(error.message)
        }
    }
}
