/// How a listener listens.
public struct ListenOptions: Sendable {
    /// Connections that the kernel holds ready for `accept`; it has a limit of its own (net.core.somaxconn).
    public var backlog: Int32 = 4096
    /// Lets every worker bind the same port and the kernel share connections among them.
    public var sharesPort = true
    /// An IPv6 listener on `::` takes IPv4 connections as well.
    public var takesIPv4 = false
    /// Permissions of a unix socket's file.
    public var fileMode: UInt32 = 0o660
    /// Speaks TLS with all clients; plain connections otherwise.
    public var tls: TLSServerContext?

    public init() {}
}
