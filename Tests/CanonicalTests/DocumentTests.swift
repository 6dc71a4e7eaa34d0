import Buffers
import Canonical
import Testing

@Suite struct DocumentTests {
    private func sample() -> Document {
        var builder = DocumentBuilder(source: Bytes("hello world"))
        let root = builder.openObject(MessageID(3), field: Node.noField)
        builder.text(.string, 0..<5, field: 0)
        let list = builder.openList(field: 1)
        builder.text(.number, "12", field: Node.noField)
        builder.null(field: Node.noField)
        builder.close(list)
        builder.boolean(true, field: 2)
        builder.close(root)
        return builder.finish()
    }

    @Test func `children are told without their subtrees`() {
        let document = sample()
        #expect(Array(document.children(of: 0)) == [1, 2, 5])
        #expect(Array(document.children(of: 2)) == [3, 4])
        #expect(document.child(of: 0, field: 2) == 5)
        #expect(document.child(of: 0, field: 7) == nil)
        #expect(document.root.message == MessageID(3))
        #expect(String(decoding: document.text(of: document.nodes[1])) == "hello")
        #expect(String(decoding: document.text(of: document.nodes[3])) == "12")
    }

    @Test func `a subtree is copied with its text`() {
        let other = sample()
        var builder = DocumentBuilder()
        let root = builder.openObject(nil, field: Node.noField)
        builder.append(subtree: 2, of: other, field: 9)
        builder.append(subtree: 1, of: other, field: 8)
        builder.close(root)
        let document = builder.finish()
        #expect(document.nodes.map(\.extent) == [5, 3, 1, 1, 1])
        #expect(document.nodes[1].field == 9)
        #expect(String(decoding: document.text(of: document.nodes[4])) == "hello")
        #expect(document.root.message == nil)
    }

    @Test func `what was rolled back is gone`() {
        var builder = DocumentBuilder()
        builder.text(.string, "kept", field: 0)
        let (nodes, side) = (builder.nextIndex, builder.side.count)
        builder.text(.string, "lost", field: 1)
        builder.rollBack(nodes: nodes, side: side)
        let document = builder.finish()
        #expect(document.nodes.count == 1)
        #expect(document.side == Array("kept".utf8))
    }

    @Test func `a schema knows who derives from whom`() {
        var builder = Schema.Builder()
        let base = builder.add(MessageType(name: "A"))
        let middle = builder.add(MessageType(name: "A", base: base))
        let last = builder.add(MessageType(name: "C", base: middle))
        let schema = builder.build()
        #expect(schema.isType(last, base))
        #expect(!schema.isType(base, last))
        #expect(schema[base].isPolymorphic && !schema[last].isPolymorphic)
        #expect(schema.messages.map(\.name) == ["A", "A2", "C"])
    }
}
