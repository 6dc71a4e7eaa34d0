internal import CLinux
internal import Glibc

/// The C library's resolver: /etc/hosts, DNS and whatever else nsswitch.conf says.
enum SystemLookup {
    /// The addresses of `name` in the order to try them (RFC 6724). Blocks.
    static func addresses(of name: String) -> Result<[IPAddress], ReactorError> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &list)
        guard code == 0 else {
            return .failure(ReactorError(.resolve, code: code == EAI_SYSTEM ? dragoman_errno() : code))
        }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            if let address = address(entry), !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses.isEmpty ? .failure(ReactorError(.resolve, code: EAI_NONAME)) : .success(addresses)
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let pointer = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET: return IPAddress(pointer.load(as: sockaddr_in.self).sin_addr)
        case AF_INET6:
            let address = pointer.load(as: sockaddr_in6.self)
            return IPAddress(address.sin6_addr, zone: address.sin6_scope_id)
        default: return nil
        }
    }
}
