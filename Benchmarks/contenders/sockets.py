"""An origin of WebSockets that are opened and then silent, in a thread of its own."""
import asyncio
import base64
import contextlib
import hashlib
import re
import threading

from .process import free_port

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class SocketOrigin:
    def __enter__(self):
        self.port = free_port()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        starting = asyncio.start_server(self.serve, "127.0.0.1", self.port, backlog=4096, limit=8192)
        self.server = asyncio.run_coroutine_threadsafe(starting, self.loop).result()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def serve(self, reader, writer):
        """Answers anything, opens what wants to be a WebSocket."""
        with contextlib.suppress(OSError, EOFError), contextlib.closing(writer):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                key = re.search(rb"(?i)\r\nsec-websocket-key: *(\S+)", head)
                writer.write(accepted(key[1]) if key else NOTHING)


def accepted(key):
    return (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key + GUID).digest()) + b"\r\n\r\n")
