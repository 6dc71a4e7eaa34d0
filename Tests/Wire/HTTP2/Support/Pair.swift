import Buffers
import HTTP
import HTTP2

/// A client and a server that talk to each other in memory.
struct Pair {
    let client: Endpoint
    let server: Endpoint
    var now: Int64 = 0
    /// Bytes that went each way.
    private(set) var toServer = 0
    private(set) var toClient = 0

    init(client: HTTP2Limits = HTTP2Limits(), server: HTTP2Limits = HTTP2Limits()) {
        self.client = Endpoint(.client, client)
        self.server = Endpoint(.server, server)
    }

    /// Carries bytes to and fro until both are silent.
    mutating func talk(pieces: Int = 16_384) {
        var isSilent = false
        while !isSilent {
            let up = client.output()
            give(up, to: server, pieces)
            let down = server.output()
            give(down, to: client, pieces)
            toServer += up.count
            toClient += down.count
            isSilent = up.isEmpty && down.isEmpty
        }
    }

    private func give(_ bytes: [UInt8], to end: Endpoint, _ pieces: Int) {
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            end.session.receive(Bytes(Array(bytes[start..<min(start + pieces, bytes.count)])), at: now)
        }
    }

    func send(_ head: HTTPRequestHead) throws -> Int32 {
        let stream = try client.session.request(head, isSecure: false)
        client.names[stream.number] = stream
        return stream.number
    }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
