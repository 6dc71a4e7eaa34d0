"""A client of WebSocket that sends exactly the frames that it is told to, also wrong ones."""
import base64
import os
import socket
import struct
import zlib

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
SECONDS = 20


def frame(opcode, payload=b"", fin=True, rsv=0, mask=b"\x37\xfa\x21\x3d"):
    """One frame (RFC 6455 §5.2), masked unless `mask` is empty."""
    size = len(payload)
    head = bytes([fin << 7 | rsv << 4 | opcode])
    masked = 0x80 if mask else 0
    if size < 126:
        head += bytes([masked | size])
    elif size < 1 << 16:
        head += bytes([masked | 126]) + struct.pack("!H", size)
    else:
        head += bytes([masked | 127]) + struct.pack("!Q", size)
    return head + mask + (xor(payload, mask) if mask else payload)


def xor(payload, mask):
    size = len(payload)
    stream = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")


def fragments(opcode, pieces, rsv=0):
    """One message in frames, as a list."""
    last = len(pieces) - 1
    return [frame(0 if index else opcode, piece, fin=index == last, rsv=0 if index else rsv)
            for index, piece in enumerate(pieces)]


def close(code=None, reason=b""):
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


class RawSocket:
    """An open WebSocket; `extensions` is what the gateway said to the offer `deflate`."""

    def __init__(self, port, path, deflate=None):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        offer = f"Sec-WebSocket-Extensions: {deflate}\r\n" if deflate else ""
        self.stream.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{offer}\r\n".encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.receive()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head.decode(errors="replace"))
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        self.extensions = fields.get(b"sec-websocket-extensions", b"").decode()

    def receive(self):
        data = self.stream.recv(1 << 18)
        if not data:
            raise EOFError
        return data

    def send(self, data, chop=None):
        """`chop` is how many bytes go at once."""
        for start in range(0, len(data), chop or len(data) or 1):
            self.stream.sendall(data[start:start + (chop or len(data))])

    def take(self, size):
        while len(self.buffer) < size:
            self.buffer += self.receive()
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def read_frame(self):
        first, second = self.take(2)
        size = second & 127
        if size == 126:
            size, = struct.unpack("!H", self.take(2))
        elif size == 127:
            size, = struct.unpack("!Q", self.take(8))
        if second & 128:
            raise ConnectionError("the gateway masks")
        return bool(first & 128), first >> 4 & 7, first & 15, self.take(size)

    def read(self, inflate=None):
        """The next message, control frame or end: ("text" | "binary" | "ping" | "pong", payload), ("close", code) or
        ("gone", None)."""
        kind, content, packed = None, b"", False
        try:
            while True:
                fin, rsv, opcode, payload = self.read_frame()
                if opcode == CLOSE:
                    return "close", struct.unpack("!H", payload[:2])[0] if payload else None
                if opcode in (PING, PONG):
                    return {PING: "ping", PONG: "pong"}[opcode], payload
                if opcode:
                    kind, content, packed = opcode, b"", bool(rsv & 4)
                content += payload
                if fin:
                    if packed:
                        content = inflate.decompress(content + b"\0\0\xff\xff")
                    return "text" if kind == TEXT else "binary", content
        except (EOFError, ConnectionResetError):
            return "gone", None

    def is_closed(self):
        """Whether the gateway ends the connection, too."""
        try:
            return not self.stream.recv(1)
        except ConnectionResetError:
            return True

    def end(self):
        self.stream.close()


def inflater():
    return zlib.decompressobj(-15)
