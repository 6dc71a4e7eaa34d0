"""Connections that have done one exchange and say nothing more."""
import contextlib
import socket
import ssl

HTTP1 = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
SOCKET = (b"GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
HEADERS, SETTINGS, END_STREAM, ACKNOWLEDGED = 1, 4, 1, 1


def frame(kind, flags, stream, payload=b""):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


# GET / of localhost as stream 1: :method, :scheme and :path by their numbers in HPACK's table, :authority spelled out.
HTTP2 = (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0) + frame(SETTINGS, ACKNOWLEDGED, 0)
         + frame(HEADERS, 5, 1, b"\x82\x86\x84\x41\x09localhost"))


class Connections(contextlib.ExitStack):
    """Opened by `open`, closed when left."""

    def __init__(self, port, kind):
        """`kind`: h1, tls-h1, h2c, tls-h2 or websocket."""
        super().__init__()
        self.port = port
        self.kind = kind
        self.tls = None
        if kind.startswith("tls"):
            self.tls = ssl.create_default_context()
            self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
            self.tls.set_alpn_protocols(["h2" if kind.endswith("h2") else "http/1.1"])

    def open(self, count):
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", self.port), 20)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_hostname="localhost")
            self.enter_context(connection)
            if "h2" in self.kind:
                connection.sendall(HTTP2)
                skip_streams(connection)
            else:
                expected = b"101" if self.kind == "websocket" else b"200"
                connection.sendall(SOCKET if self.kind == "websocket" else HTTP1)
                head = read_head(connection)
                if head.split(b" ")[1] != expected:
                    raise RuntimeError(f"port {self.port} answered a connection of {self.kind} with {head[-600:]!r}")


def read_head(connection):
    """The head of an answer, whose body is empty."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    return data


def skip_streams(connection):
    """Until stream 1 has ended."""
    data = b""
    while True:
        while len(data) < 9 or len(data) < 9 + int.from_bytes(data[:3], "big"):
            data += received(connection)
        kind, flags, stream = data[3], data[4], int.from_bytes(data[5:9], "big")
        data = data[9 + int.from_bytes(data[:3], "big"):]
        if stream == 1 and kind <= HEADERS and flags & END_STREAM:
            return


def received(connection):
    data = connection.recv(65_536)
    if not data:
        raise RuntimeError("a connection was closed")
    return data
