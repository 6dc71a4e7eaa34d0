"""The rules of WebSocket by raw frames, in the groups of the Autobahn test suite, against a route that echoes.

The route is a bridge to an HTTP service that answers with what it was sent: so frames, messages, UTF-8, close and
compression are the gateway's, and nobody else's. A row says what is sent and all that must come back, in order.
"""
import functools
import http.server
import pathlib
import threading

from . import extended, strictrows
from .gateway import find_binary
from .process import Server, free_port
from .rawsocket import RawSocket, inflater
from .report import expect, expect_holds


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", self.headers["Content-Type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def run(folder, report):
    folder = pathlib.Path(folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as origin:
        origin.daemon_threads = True
        threading.Thread(target=origin.serve_forever, daemon=True).start()
        port = free_port()
        file = folder / "strict.yaml"
        file.write_text(f"""version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}", limits: {{ body: 64MiB, connections_per_ip: 4096 }} }} }}
upstreams: {{ echo: {{ endpoints: ["http://127.0.0.1:{origin.server_address[1]}"] }} }}
routes:
  - {{ websocket: /echo, default: {{ to: echo }}, socket: {{ message: 32MiB, fragments: 70000, queue: 64MiB }} }}
""")
        with Server("gateway-strict", [find_binary(), "serve", "-c", file], folder, port=port):
            groups = strictrows.groups()
            report.each((f"strict: {name}, {len(rows)} cases", functools.partial(check, port, rows))
                        for name, rows in groups.items())
            report.each((f"strict: {claim}", check) for claim, check in extended.checks(port, "/echo"))
        origin.shutdown()


def check(port, rows):
    wrong = []
    for row in rows:
        found = outcome(port, row)
        if found != row.expected:
            wrong.append(f"{row.name}: wanted {brief(row.expected)}, found {brief(found)}")
    expect_holds(not wrong, f"{len(wrong)} of {len(rows)} differ: " + "; ".join(wrong[:8]))


def outcome(port, row):
    """All that comes back until the connection ends."""
    client = RawSocket(port, "/echo", row.deflate)
    try:
        if row.deflate:
            expect_holds("permessage-deflate" in client.extensions, f"{row.name}: no compression")
        inflate = inflater() if row.deflate else None
        for data in row.sent:
            client.send(data, row.chop)
        found = []
        while True:
            event = client.read(inflate)
            if event[0] == "gone":
                return [*found, event]
            found.append(event)
            if event[0] == "close":
                # TCP is closed at once after both Close frames (RFC 6455 §7.1.1).
                return found if client.is_closed() else [*found, ("open", None)]
            if row.closes_after == len(found):
                client.send(strictrows.NORMAL)
    finally:
        client.end()


def brief(events):
    return [(kind, f"{len(value)} bytes" if isinstance(value, bytes) and len(value) > 40 else value)
            for kind, value in events]
