import Buffers
import Testing

@testable import dragoman

/// Where the documents of a contract are looked for.
@Suite struct ContractFilesTests {
    private func load(_ path: String, of contract: String, importPaths: [String] = []) -> String? {
        // Every file says its own path.
        let paths = [
            "wsdl/a.xsd", "wsdl/deep/b.xsd", "xsd/c.xsd", "more/d.xsd", "../up/e.xsd", "/abs/f.xsd", "/abs/wsdl/g.xsd",
        ]
        let files = MemoryFiles(files: Dictionary(uniqueKeysWithValues: paths.map { ($0, $0) }))
        return ContractFiles(contract: contract, importPaths: importPaths, files: files).load(path).map { String($0) }
    }

    @Test(arguments: [
        ("wsdl/a.xsd", "wsdl/x.wsdl", "wsdl/a.xsd"), ("wsdl/deep/b.xsd", "wsdl/x.wsdl", "wsdl/deep/b.xsd"),
        // What `../xsd/c.xsd` means there.
        ("xsd/c.xsd", "wsdl/x.wsdl", "xsd/c.xsd"), ("../up/e.xsd", "x.wsdl", "../up/e.xsd"),
        ("/abs/f.xsd", "/abs/wsdl/x.wsdl", "/abs/f.xsd"), ("/abs/wsdl/g.xsd", "/abs/wsdl/x.wsdl", "/abs/wsdl/g.xsd"),
        ("/abs/f.xsd", "wsdl/x.wsdl", nil), ("wsdl/d.xsd", "wsdl/x.wsdl", nil),
    ])
    func `a document is where the contract says`(_ path: String, _ contract: String, _ expected: String?) {
        #expect(load(path, of: contract) == expected)
    }

    @Test(arguments: [
        ("wsdl/d.xsd", "more/d.xsd"), ("wsdl/a.xsd", "wsdl/a.xsd"), ("/abs/f.xsd", "/abs/f.xsd"),
        ("more/d.xsd", "more/d.xsd"),
    ])
    func `import paths are asked next`(_ path: String, _ expected: String) {
        #expect(load(path, of: "wsdl/x.wsdl", importPaths: ["more", "/abs/"]) == expected)
    }
}
