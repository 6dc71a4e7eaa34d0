internal import CLinux
internal import Glibc

/// Makes a listening descriptor.
enum Binding {
    static func listen(on address: SocketAddress, _ options: ListenOptions) throws(ReactorError) -> Int32 {
        let descriptor = dragoman_stream_socket(address.family)
        guard descriptor >= 0 else { throw .last(.socket) }
        do throws(ReactorError) {
            try prepare(descriptor, address, options)
            try bind(descriptor, address)
            if case .unix(let path) = address, chmod(path, mode_t(options.fileMode)) != 0 {
                throw ReactorError.last(.bind)
            }
            guard Glibc.listen(descriptor, options.backlog) == 0 else { throw ReactorError.last(.listen) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Whether `address` can be bound by one socket alone. A unix socket is not tried: its file would be left.
    static func probe(_ address: SocketAddress) throws(ReactorError) {
        guard case .ip = address else { return }
        let descriptor = dragoman_stream_socket(address.family)
        guard descriptor >= 0 else { throw .last(.socket) }
        defer { close(descriptor) }
        var options = ListenOptions()
        options.sharesPort = false
        try prepare(descriptor, address, options)
        try bind(descriptor, address)
    }

    private static func prepare(
        _ descriptor: Int32, _ address: SocketAddress, _ options: ListenOptions
    ) throws(ReactorError) {
        guard case .ip(let ip, _) = address else { return removeStale(address) }
        _ = dragoman_set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        // Accepted sockets inherit it, which saves a call for each.
        _ = dragoman_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if case .v6 = ip {
            _ = dragoman_set_option(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, options.takesIPv4 ? 0 : 1)
        }
        if options.sharesPort, dragoman_set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) != 0 {
            throw .last(.bind)
        }
    }

    private static func bind(_ descriptor: Int32, _ address: SocketAddress) throws(ReactorError) {
        switch address.withSystem({ Glibc.bind(descriptor, $0, $1) }) {
        case 0: return
        case nil: throw ReactorError(.bind, code: ENAMETOOLONG)
        default: throw .last(.bind)
        }
    }

    /// Removes the file of a unix socket that nobody listens on any more; a live one is left, and `bind` refuses.
    private static func removeStale(_ address: SocketAddress) {
        guard case .unix(let path) = address else { return }
        let probe = dragoman_stream_socket(AF_UNIX)
        guard probe >= 0 else { return }
        defer { close(probe) }
        let refused = address.withSystem { connect(probe, $0, $1) != 0 && dragoman_errno() == ECONNREFUSED }
        if refused == true { unlink(path) }
    }
}
