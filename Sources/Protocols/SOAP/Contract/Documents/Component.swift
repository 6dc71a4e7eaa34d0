internal import Canonical
internal import XMLCodec

/// A declaration with the document that it stands in.
struct Component {
    let element: ContractElement
    let document: ContractDocument

    var location: SourceLocation { document.location(of: element) }

    func isSame(as other: Component) -> Bool {
        document === other.document && element.offset == other.element.offset
    }

    /// The same place in another element of the document.
    func child(_ element: ContractElement) -> Component { Component(element: element, document: document) }
}
