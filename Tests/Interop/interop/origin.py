"""The plain server behind both gateways."""
import http.server
import json
import socket
import socketserver
import struct
import threading
import time

LARGE = 100 << 20
PAGE = b"""<!doctype html><title>page</title><body><script>
const hop = performance.getEntriesByType("navigation")[0].nextHopProtocol;
// At once, since the browser shows the page as it is when everything is loaded.
const ask = (method, path, body) => {
    const request = new XMLHttpRequest();
    request.open(method, path, false);
    request.send(body);
    return JSON.parse(request.responseText);
};
document.body.textContent = `${hop} ${ask("GET", "x?a=b").path} ${ask("POST", ".", new Uint8Array(1000000)).count}`;
</script>"""


class Origin(http.server.BaseHTTPRequestHandler):
    """Tells what it was asked, or sends and takes large bodies."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        match self.path.split("/")[2:]:
            case ["large"]: self.answer_with(b"x" * 65536 for _ in range(LARGE // 65536))
            case ["cancel", _]: self.go_on_until_cancelled()
            case ["broken", _]: self.break_off()
            case ["page"]: self.answer_with([PAGE], [("Content-Type", "text/html")])
            case _: self.answer({"path": self.path, "fields": {k.lower(): v for k, v in self.headers.items()}})

    def do_POST(self):
        count, trailers = 0, {}
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            while size := int(self.rfile.readline(), 16):
                count += len(self.rfile.read(size))
                self.rfile.readline()
            while line := self.rfile.readline().strip():
                name, _, value = line.decode().partition(":")
                trailers[name.lower()] = value.strip()
        else:
            left = int(self.headers.get("Content-Length", 0))
            while left and (piece := self.rfile.read(min(left, 65536))):
                count += len(piece)
                left -= len(piece)
        if "/trailers/" in self.path:
            self.answer({"count": count, "trailers": trailers}, {"x-echo": trailers.get("x-sum", "none")})
        else:
            self.answer({"count": count})

    def go_on_until_cancelled(self):
        def pieces():
            while True:
                yield b"x" * 1000
                time.sleep(0.005)

        try:
            self.answer_with(pieces())
        except OSError:
            self.close_connection = True
            self.server.was_cancelled(self.path)

    def break_off(self):
        def pieces():
            yield b"half"
            self.wfile.flush()
            # So that it is read before the reset comes.
            time.sleep(0.05)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            raise OSError("broken off")

        try:
            self.answer_with(pieces())
        except OSError:
            self.close_connection = True

    def answer(self, value, trailers={}):
        self.answer_with([json.dumps(value).encode()], [("Content-Type", "application/json")], trailers)

    def answer_with(self, pieces, fields=(), trailers={}):
        self.send_response(200)
        for name, value in [*fields, ("Transfer-Encoding", "chunked")]:
            self.send_header(name, value)
        self.end_headers()
        for piece in pieces:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        ends = "".join(f"{name}: {value}\r\n" for name, value in trailers.items())
        self.wfile.write(f"0\r\n{ends}\r\n".encode())

    def finish(self):
        try:
            super().finish()
        except (OSError, ValueError):
            # It was broken off above.
            pass

    def log_message(self, *_):
        pass


class OriginServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Origin)
        self.cancelled = set()
        self.changed = threading.Condition()

    def handle_error(self, request, client_address):
        # Connections that break are what some checks are about.
        pass

    def was_cancelled(self, path):
        with self.changed:
            self.cancelled.add(path)
            self.changed.notify_all()

    def sees_cancelled(self, path, seconds=10):
        """Whether the answer to `path` is given up in time."""
        with self.changed:
            return self.changed.wait_for(lambda: path in self.cancelled, seconds)
