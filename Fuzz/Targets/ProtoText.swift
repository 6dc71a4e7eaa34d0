internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Compiles `bytes` as a .proto file. What compiles has descriptors that are read and linked to themselves, and a
/// contract; what does not has a finding with a place.
func fuzzProtoText(_ bytes: Bytes) {
    let compiler = ProtobufCompiler(importPaths: [], loader: NoFiles())
    do throws(ContractError) {
        let (set, _) = try compiler.compile(bytes, named: "main.proto")
        checkDescriptors(set)
    } catch {
        precondition(error.diagnostics.contains { $0.severity == .error }, "refused without a reason")
    }
}

/// Links `bytes` as a descriptor set.
func fuzzDescriptors(_ bytes: Bytes) {
    guard let files = try? FileDescriptor.set(bytes), let set = try? DescriptorSet(linking: files) else { return }
    checkDescriptors(set)
}

private func checkDescriptors(_ set: DescriptorSet) {
    let once = FileDescriptor.encodedSet(set.files)
    guard let files = try? FileDescriptor.set(once), let again = try? DescriptorSet(linking: files) else {
        fatalError("what was written is not read")
    }
    precondition(FileDescriptor.encodedSet(again.files) == once, "what was written reads as something else")
    _ = set.contract()
}

private struct NoFiles: DocumentLoader {
    func load(_ path: String) -> Bytes? { nil }
}
