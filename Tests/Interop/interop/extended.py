"""WebSocket over HTTP/2 (RFC 8441), frame by frame: what is written is composed here, what is read is only cut apart."""
import socket
import struct

from .rawsocket import CLOSE, TEXT, frame
from .report import expect, expect_holds

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7
END_STREAM, END_HEADERS, ACK = 1, 4, 1
ENABLE_CONNECT_PROTOCOL = 8
STREAM = 1


def h2(kind, flags, stream, payload=b""):
    return struct.pack("!I", len(payload))[1:] + bytes([kind, flags]) + struct.pack("!I", stream) + payload


def literal(name, value):
    """A field line without indexing and without Huffman code (RFC 7541 §6.2.2)."""
    return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value


def connect(path, **other):
    fields = {":method": "CONNECT", ":protocol": "websocket", ":scheme": "http", ":path": path, ":authority": "localhost",
              "sec-websocket-version": "13", **other}
    return b"".join(literal(name.encode(), value.encode()) for name, value in fields.items())


class Connection:
    def __init__(self, port):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.buffer = b""
        self.stream.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + h2(SETTINGS, 0, 0))

    def send(self, *frames):
        self.stream.sendall(b"".join(frames))

    def take(self, size):
        while len(self.buffer) < size:
            data = self.stream.recv(65536)
            if not data:
                raise EOFError
            self.buffer += data
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def read(self, *kinds):
        """The next frame of such a kind: kind, flags, stream, payload."""
        while True:
            head = self.take(9)
            kind, flags, stream = head[3], head[4], struct.unpack("!I", head[5:])[0] & 0x7FFFFFFF
            payload = self.take(int.from_bytes(head[:3], "big"))
            if kind == SETTINGS and not flags & ACK:
                self.send(h2(SETTINGS, ACK, 0))
            if kind in kinds:
                return kind, flags, stream, payload

    def end(self):
        self.stream.close()


def is_offered(port):
    """A server says that it takes extended CONNECT before anybody asks for it (RFC 8441 §3)."""
    connection = Connection(port)
    payload = connection.read(SETTINGS)[3]
    connection.end()
    settings = dict(struct.unpack("!HI", payload[at:at + 6]) for at in range(0, len(payload), 6))
    expect(settings.get(ENABLE_CONNECT_PROTOCOL), 1, "SETTINGS_ENABLE_CONNECT_PROTOCOL")


def echoes(port, path):
    """Opening, a message in two DATA frames, the answer, both Close frames, and the end of the stream."""
    connection = Connection(port)
    connection.send(h2(HEADERS, END_HEADERS, STREAM, connect(path)))
    kind, flags, _, block = connection.read(HEADERS, RST_STREAM, GOAWAY)
    # `:status: 200` is the eighth of the static table (RFC 7541, appendix A).
    expect((kind, flags & END_STREAM, block[:1]), (HEADERS, 0, b"\x88"), "kind, end and status of the answer")
    message = frame(TEXT, b"over h2")
    connection.send(h2(DATA, 0, STREAM, message[:5]), h2(DATA, 0, STREAM, message[5:]))
    received = b""
    while len(received) < 9:
        received += connection.read(DATA)[3]
    expect(received, b"\x81\x07over h2", "frame")
    connection.send(h2(DATA, 0, STREAM, frame(CLOSE, b"\x03\xe8")))
    kind, flags, _, payload = connection.read(DATA, RST_STREAM)
    expect((kind, payload), (DATA, b"\x88\x02\x03\xe8"), "Close frame")
    while not flags & END_STREAM:
        kind, flags, _, payload = connection.read(DATA, RST_STREAM)
        expect((kind, payload), (DATA, b""), "end of the stream")
    connection.end()


def refuses(port, path, fields, wanted):
    """A request that is none is answered on its stream, and the connection goes on."""
    connection = Connection(port)
    connection.send(h2(HEADERS, END_HEADERS, STREAM, connect(path, **fields)))
    kind = connection.read(HEADERS, RST_STREAM, GOAWAY)[0]
    expect_holds(kind in wanted, f"wanted one of {wanted}, found {kind}")
    connection.send(h2(PING, 0, 0, b"12345678"))
    expect(connection.read(PING, GOAWAY)[::3], (PING, b"12345678"), "answer to a ping")
    connection.end()


def checks(port, path):
    yield "extended CONNECT is offered", lambda: is_offered(port)
    yield "extended CONNECT opens a socket that echoes and closes", lambda: echoes(port, path)
    yield "extended CONNECT with another protocol is refused", lambda: refuses(
        port, path, {":protocol": "telnet"}, (HEADERS, RST_STREAM))
    yield "extended CONNECT with another version is refused", lambda: refuses(
        port, path, {"sec-websocket-version": "12"}, (HEADERS,))
    yield "extended CONNECT without a path is refused", lambda: refuses(port, path, {":path": ""}, (RST_STREAM,))
