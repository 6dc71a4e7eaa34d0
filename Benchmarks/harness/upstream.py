"""An upstream with one answer for everything, in a thread of its own; keeps every connection alive."""
import socket
import threading


class Upstream:
    def __init__(self, body, media_type):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.answer = head.encode() + body

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rb") as requests:
            while skip_message(requests):
                connection.sendall(self.answer)


def skip_message(stream):
    """Reads one message with its body. "" when there was none, else what it says about the connection."""
    length, chunked, connection = 0, False, "keep-alive"
    if not stream.readline():
        return ""
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        elif name.lower() == b"connection":
            connection = value.strip().lower().decode()
        chunked = chunked or name.lower() == b"transfer-encoding"
    while chunked:
        length = int(stream.readline().split(b";")[0], 16)
        stream.read(length + 2)
        if length == 0:
            return connection
    stream.read(length)
    return connection
