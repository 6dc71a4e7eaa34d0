public import Buffers
public import Canonical

extension XMLRoot {
    /// Writes the value at `index` of `document` as this element, with the namespace declarations that it needs.
    ///
    /// No default namespace is declared, and none may be in scope around it: elements without a namespace have no prefix.
    /// - Parameter origin: Whose message it is: decides what a failure says.
    /// - Throws: "request.invalid" (`invalidArgument`), for an upstream "response.invalid" (`internal`), with the JSON
    ///   pointer of the value that XML cannot hold; `out` then is as before.
    public func encode(
        _ document: borrowing Document, at index: Int = 0, origin: FailureOrigin = .client, into out: inout ByteWriter
    ) throws(Failure) {
        let start = out.count
        do {
            var encoder = XMLEncoder(self, document)
            out.append(open)
            try encoder.value(value, index, close: close.span, document, &out)
        } catch {
            out.truncate(to: start)
            throw error.failure(in: document, plan.schema, origin: origin)
        }
    }

    /// Writes the elements inside the object at `index` without an element around them; `declarations` are in scope.
    ///
    /// - Throws: As `encode`.
    public func encodeContent(
        _ document: borrowing Document, at index: Int = 0, origin: FailureOrigin = .client, into out: inout ByteWriter
    ) throws(Failure) {
        guard value.content == .message, document.nodes[index].kind == .object else { return }
        let start = out.count
        do {
            var encoder = XMLEncoder(self, document)
            try encoder.content(Int(value.target), index, document, &out)
        } catch {
            out.truncate(to: start)
            throw error.failure(in: document, plan.schema, origin: origin)
        }
    }
}
