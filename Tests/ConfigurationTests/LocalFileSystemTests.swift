import Configuration
import FoundationEssentials
import Testing

@Suite final class LocalFileSystemTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/dragoman-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test func `files are read, also through links`() throws {
        _ = FileManager.default.createFile(atPath: folder + "/a.yaml", contents: Data("text".utf8))
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "a.yaml")
        #expect(try LocalFileSystem().read(folder + "/a.yaml") == Array("text".utf8))
        #expect(try LocalFileSystem().read(folder + "/link") == Array("text".utf8))
        #expect(LocalFileSystem().names(in: folder).sorted() == ["a.yaml", "link"])
    }

    @Test func `what is not a file is a problem`() {
        #expect(throws: FileProblem.missing) { try LocalFileSystem().read(folder + "/none") }
        #expect(throws: FileProblem.notAFile) { try LocalFileSystem().read(folder) }
        #expect(throws: FileProblem.notAFile) { try LocalFileSystem().read("/dev/zero") }
        #expect(LocalFileSystem().names(in: folder + "/none").isEmpty)
    }

    @Test func `a file beyond the limit is not read`() {
        _ = FileManager.default.createFile(atPath: folder + "/large", contents: Data(repeating: 0x20, count: 11))
        #expect(throws: FileProblem.tooLarge(limit: 10)) {
            try LocalFileSystem(maximumBytes: 10).read(folder + "/large")
        }
        #expect(throws: Never.self) { try LocalFileSystem(maximumBytes: 11).read(folder + "/large") }
    }
}
