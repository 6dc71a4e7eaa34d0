import Buffers
import Canonical
import Testing

/// Names found by their bytes.
@Suite struct NameTableTests {
    /// Few names get places of their own, many share some.
    @Test(arguments: [0, 1, 3, 24, 48, 49, 1000])
    func `every name is found, and no other`(count: Int) {
        let names = (0..<count).map { "name-\($0 * 7919)" }
        let table = NameTable(names)
        for (index, name) in names.enumerated() { #expect(table.index(of: Bytes(name).span) == index) }
        #expect(table.index(of: Bytes("name-").span) == nil)
        #expect(table.index(of: Bytes("name-1").span) == nil)
        #expect(table.index(of: Bytes("").span) == nil)
    }
}
