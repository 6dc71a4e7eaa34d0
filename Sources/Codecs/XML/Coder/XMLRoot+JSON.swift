public import Buffers
public import Canonical
internal import JSONCodec

extension XMLRoot {
    /// Reads the element that `xml` stands on, whatever its name, up to its end tag, and writes it in the format of `coder`
    /// without a document between.
    ///
    /// - Returns: False where that cannot be done, or where a document is needed to say what is wrong with the message: then
    ///   nothing is written, and `xml` stands where it stood.
    /// - Throws: Nothing that `decode` would not throw.
    public func rewrite(
        _ xml: inout XMLTokenizer, as coder: any MessageCoder, options: XMLOptions, into out: inout ByteWriter
    ) throws(XMLError) -> Bool {
        guard let coder = coder as? JSONCoder, case .message(let id) = type, case .message(id) = coder.type,
            !options.fillsDefaults, !plan.types[id.index].traits.contains(.needsDocument)
        else { return false }
        let start = out.count
        guard var object = ObjectWriter(coder, into: &out) else { return false }
        let mark = xml.mark
        var decoder = XMLDecoder(plan, rootScalar: nil, XMLReport(options), sourceCount: xml.source.count)
        do throws(XMLDecoder.Detour) {
            try decoder.message(id.index, &object, &xml, into: &out)
        } catch {
            out.truncate(to: start)
            try xml.rewind(to: mark)
            return false
        }
        return true
    }
}
