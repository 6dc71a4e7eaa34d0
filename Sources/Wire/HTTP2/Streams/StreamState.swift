internal import HTTP

/// What the session knows of one stream, besides what nghttp2 does.
struct StreamState {
    struct Flags: OptionSet {
        let rawValue: UInt16
        /// nghttp2 has closed it.
        static let closed = Flags(rawValue: 1)
        /// The handler is done with it.
        static let released = Flags(rawValue: 2)
        /// The handler is told nothing more.
        static let silent = Flags(rawValue: 4)
        /// The request's method is HEAD: the response has no body.
        static let isHead = Flags(rawValue: 8)
        /// The peer's head proper was handed on.
        static let hasHead = Flags(rawValue: 16)
        /// The peer's message is whole.
        static let hasEnd = Flags(rawValue: 32)
        /// Our head is submitted.
        static let sendsHead = Flags(rawValue: 64)
        /// Our message is whole, though it may wait to be sent.
        static let sendsEnd = Flags(rawValue: 128)
        /// Our last frame has left.
        static let sentEnd = Flags(rawValue: 256)
        /// nghttp2 waits for us to say that there is data.
        static let isDeferred = Flags(rawValue: 512)
        /// Too much waits to be sent.
        static let isFull = Flags(rawValue: 1024)
        /// The peer has reset it.
        static let wasReset = Flags(rawValue: 2048)
        /// We have reset it.
        static let isReset = Flags(rawValue: 4096)
        /// Its request was refused, what comes of it is dropped.
        static let isRefused = Flags(rawValue: 8192)
        /// It is to be reset behind what waits to be sent.
        static let breaksOff = Flags(rawValue: 16384)
    }

    /// The number on the wire; 0 in a free slot.
    var number: Int32 = 0
    var flags: Flags = []
    var queue = OutgoingBody()
    /// Goes behind the queue.
    var trailers: Headers?
    /// Bytes handed on and not consumed.
    var unconsumed = 0
    /// Bytes of data that must still come, by Content-Length; -1 when it said nothing.
    var expected = -1
    /// Bytes of data that we have still to send, by Content-Length; -1 when it said nothing.
    var promised = -1
    var interimCount = 0

    /// Makes ready for another stream, and keeps the memory.
    mutating func reset(number: Int32) {
        self.number = number
        flags = []
        queue.removeAll()
        trailers = nil
        unconsumed = 0
        expected = -1
        promised = -1
        interimCount = 0
    }
}
