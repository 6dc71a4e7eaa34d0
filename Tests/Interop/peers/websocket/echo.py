"""A WebSocket server that sends back what it gets, and an HTTP server that tells what it got; prints both ports."""
import asyncio
import http.server
import json
import pathlib
import threading

import websockets

HEARD = []
DONE = threading.Event()
PAGE = pathlib.Path(__file__).with_name("page.html")
# Opened by the call that lets the others at /held go on.
RELEASE = threading.Event()
# One is there.
HOLDING = threading.Event()


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def body(self):
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        pieces = []
        while length := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(length))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def do_GET(self):
        if self.path == "/page/done":
            DONE.set()
        elif self.path == "/page/held":
            DONE.wait(15)
        page = PAGE.read_bytes()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {len(page)}\r\n\r\n"
        self.wfile.write(head.encode() + page)

    def do_POST(self):
        body = self.body()
        told = {"path": self.path, "body": body.decode(), "event": self.headers.get("ws-event"),
                "seq": self.headers.get("ws-seq"), "id": self.headers.get("ws-connection-id")}
        if self.path == "/holding":
            HOLDING.wait(20)
        if self.path in ("/heard", "/holding"):
            told = HEARD
        else:
            HEARD.append(told)
        if self.path == "/held":
            HOLDING.set()
            RELEASE.wait(20)
        elif self.path == "/release":
            RELEASE.set()
        status = {"/refuse": 403, "/fail": 500}.get(self.path, 200)
        answer = json.dumps(told).encode()
        self.wfile.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(answer)}\r\n\r\n".encode() + answer)

    def log_message(self, *_):
        pass


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def main():
    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    async with websockets.serve(echo, "127.0.0.1", 0, max_size=1 << 24) as server:
        print(server.sockets[0].getsockname()[1], service.server_address[1], flush=True)
        await asyncio.Future()


asyncio.run(main())
