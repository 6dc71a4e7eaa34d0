import Buffers
import Canonical
import ProtobufSchema
import TestSupport
import Testing

struct SampleTests {
    @Test(arguments: Sample.all) func `a descriptor has the bytes that protoc makes`(_ sample: Sample) throws {
        let files = Folder(files: ["\(sample.name).proto": sample.text])
        let compiler = ProtobufCompiler(importPaths: [""], loader: files)
        let file = try #require(compiler.compile(["\(sample.name).proto"]).0.files.last)
        #expect(Sample.hash(file.encoded().array) == sample.hash)
    }

    @Test func `the project's own contract has the bytes that protoc makes`() throws {
        let text = try #require(Machine.file(Machine.checkout + "/protos/bank.proto"))
        let compiler = ProtobufCompiler(importPaths: [], loader: Folder(files: [:]))
        let file = try #require(compiler.compile(Bytes(text), named: "bank.proto").0.files.last)
        #expect(Sample.hash(file.encoded().array) == 0x8543_BC26_F484_9F6A)
    }

    @Test(
        .enabled(if: Protoc.version > 0, "needs protoc, in the path or in PROTOC"),
        arguments: Sample.all.filter { $0.protoc <= Protoc.version })
    func `the protoc of this machine makes the same`(_ sample: Sample) throws {
        let set = try #require(Protoc.descriptorSet(sample.text))
        let file = try #require(compile(sample.text).files.last)
        #expect(try FileDescriptor.set(set).map { $0.encoded() } == [file.encoded()])
        #expect(FileDescriptor.encodedSet([file]) == set)
    }

    @Test(arguments: Sample.all) func `a descriptor set links to what its text does`(_ sample: Sample) throws {
        let bytes = FileDescriptor.encodedSet(try compile(sample.text).files)
        let again = try DescriptorSet(linking: FileDescriptor.set(bytes).reversed())
        #expect(FileDescriptor.encodedSet(again.files) == bytes)
    }

    @Test(.enabled(if: Corpus.has("conformance_messages.pb")))
    func `descriptors of the conformance suite are read without loss`() throws {
        let bytes = Corpus.read("conformance_messages.pb")
        let set = try DescriptorSet(linking: FileDescriptor.set(bytes))
        for file in set.files { #expect(file.encoded() == file.source, "\(file.name)") }
    }
}
