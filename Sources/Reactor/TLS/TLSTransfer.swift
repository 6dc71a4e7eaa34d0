internal import COpenSSL

/// The BIO between OpenSSL and a socket: reads what has been received, writes to what will be sent. It makes no system
/// calls and keeps no bytes.
enum TLSTransfer {
    // Written once, by this initialiser, before anybody uses it; OpenSSL only reads it.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        guard let method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "socket") else { return nil }
        BIO_meth_set_read_ex(method) { bio, target, room, count in
            guard let bio, let target, let connection = connection(bio) else { return 0 }
            let taken = connection.takeInput(target, room)
            count?.pointee = taken
            dragoman_bio_is_fine(bio)
            if taken == 0 { dragoman_bio_wants_read(bio) }
            return taken > 0 ? 1 : 0
        }
        BIO_meth_set_write_ex(method) { bio, bytes, length, count in
            guard let bio, let bytes, let connection = connection(bio) else { return 0 }
            connection.addOutput(UnsafeRawBufferPointer(start: bytes, count: length))
            count?.pointee = length
            dragoman_bio_is_fine(bio)
            return 1
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return method
    }()

    /// Gives `ssl` a BIO of `connection`.
    static func attach(_ connection: TLSConnection, to ssl: OpaquePointer) -> Bool {
        guard let method, let bio = BIO_new(method) else { return false }
        // Unretained: the connection frees `ssl`, and the BIO with it, when it goes.
        BIO_set_data(bio, Unmanaged.passUnretained(connection).toOpaque())
        BIO_set_init(bio, 1)
        SSL_set_bio(ssl, bio, bio)
        return true
    }

    static func connection(_ bio: OpaquePointer) -> TLSConnection? {
        BIO_get_data(bio).map { Unmanaged<TLSConnection>.fromOpaque($0).takeUnretainedValue() }
    }
}
