"""As much of HTTP/2 (RFC 9113) as a client needs that makes one call after the other on one connection."""

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, WINDOW_UPDATE = 0, 1, 4, 8
END_STREAM, ACKNOWLEDGEMENT, END_HEADERS = 1, 1, 4
# Of HPACK's dynamic table; those before it are the static ones.
FIRST_INDEX = 62


def frame(kind, flags, stream, payload=b""):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


class Conversation:
    """One connection. The server keeps all fields of the first request, and every later one names them."""

    def __init__(self, connection, frames, fields):
        self.connection = connection
        self.frames = frames
        self.fields = fields
        self.stream = 1
        window = (2**31 - 1 - 65_535).to_bytes(4, "big")
        connection.sendall(PREFACE + frame(SETTINGS, 0, 0) + frame(WINDOW_UPDATE, 0, 0, window))

    def call(self):
        """The block of fields that answers one more request; None when the server ended the connection."""
        block = self.block()
        self.connection.sendall(frame(HEADERS, END_STREAM | END_HEADERS, self.stream, block))
        self.stream += 2
        answer, ended = b"", False
        while not ended:
            head = self.frames.read(9)
            if len(head) < 9:
                return None
            payload = self.frames.read(int.from_bytes(head[:3], "big"))
            kind, flags = head[3], head[4]
            if kind == SETTINGS and not flags & ACKNOWLEDGEMENT:
                self.connection.sendall(frame(SETTINGS, ACKNOWLEDGEMENT, 0))
            if kind == HEADERS:
                answer += payload
            ended = kind in (DATA, HEADERS) and bool(flags & END_STREAM)
        return answer

    def block(self):
        if self.stream > 1:
            return bytes(0x80 | FIRST_INDEX + place for place in reversed(range(len(self.fields))))
        return b"".join(b"\x40" + text(name) + text(value) for name, value in self.fields)


def text(value):
    """A string literal, not compressed and short."""
    assert len(value) < 127
    return bytes([len(value)]) + value.encode()
