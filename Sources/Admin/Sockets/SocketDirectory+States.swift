internal import Canonical
internal import Engine

extension SocketDirectory {
    /// The socket called `id`, open or being opened.
    ///
    /// - Throws: `notFound`, with status 410 where there was one.
    func socket(_ id: SocketID) throws(Failure) -> any AddressedSocket {
        switch state(of: id) {
        case .connecting(let socket), .open(let socket): return socket
        case .closed(let end): throw .socketGone(end)
        case nil: throw .unknownSocket
        }
    }

    /// The socket called `id`, which is open.
    ///
    /// - Throws: `aborted`, with status 409, where it will soon be.
    func openSocket(_ id: SocketID) throws(Failure) -> any AddressedSocket {
        let socket = try socket(id)
        guard socket.stage != .opening else { throw .socketOpening }
        return socket
    }
}
