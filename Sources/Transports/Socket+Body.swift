internal import Buffers
internal import HTTP
internal import HTTP1
internal import Reactor

/// Bodies of HTTP/1 on their way out, in either direction.
extension Socket {
    /// Writes a piece of a body: a small one is copied into its framing, a large one goes by reference between it.
    func write(_ bytes: Bytes, framedBy framing: inout BodyWriter) throws(HTTP1Error) {
        if bytes.count <= Self.copyLimit {
            return try write(room: bytes.count + BodyWriter.framingRoom) { (out: inout ByteWriter) throws(HTTP1Error) in
                try framing.write(bytes.span, into: &out)
            }
        }
        try write { (out: inout ByteWriter) throws(HTTP1Error) in try framing.beginData(bytes.count, into: &out) }
        write(bytes)
        write { framing.endData(bytes.count, into: &$0) }
    }

    /// Ends a body.
    func endBody(framedBy framing: inout BodyWriter, _ trailers: Headers?) throws(HTTP1Error) {
        if framing.endsInSilence { return }
        try write { (out: inout ByteWriter) throws(HTTP1Error) in
            try framing.finish(trailers: trailers ?? Headers(), into: &out)
        }
    }
}
