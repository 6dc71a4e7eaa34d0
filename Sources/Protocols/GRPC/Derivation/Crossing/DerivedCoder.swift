internal import Buffers
internal import Canonical

/// Reads and writes the messages of a contract in a format of the .proto file that was made of it.
final class DerivedCoder: MessageCoder {
    private let format: any MessageCoder
    private let crossing: Crossing
    private let root: Root

    private enum Root {
        case nothing
        case message(MessageID)
        case wrapped(CrossedWrapper)
    }

    /// - Parameter format: Of the derived message.
    init(_ format: any MessageCoder, _ root: DerivedMethod.Root, _ crossing: Crossing) {
        self.format = format
        self.crossing = crossing
        self.root =
            switch root {
            case .nothing: .nothing
            case .message(let id): .message(id)
            case .wrapped(let name, _): crossing.wrapper(name).map { .wrapped($0) } ?? .nothing
            }
    }

    func decode(_ bytes: Bytes) throws(Failure) -> Document {
        let document = try format.decode(bytes)
        let crossing = RequestCrossing(document, self.crossing)
        switch root {
        case .message(let id): return try crossing.message(id)
        case .wrapped(let wrapper): return try crossing.value(of: wrapper)
        case .nothing:
            var builder = DocumentBuilder()
            builder.null(field: Node.noField)
            return builder.finish()
        }
    }

    func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        let crossing = ResponseCrossing(copy document, self.crossing)
        switch root {
        case .message(let id): try format.encode(try crossing.message(id), into: &out)
        case .wrapped(let wrapper): try format.encode(try crossing.value(of: wrapper), into: &out)
        case .nothing: return
        }
    }
}
