"""Memory that large bodies take: proxied up and down, and a long gRPC stream that becomes SSE."""
import re
import socket

from contenders import orders
from contenders.connections import read_head
from contenders.gateway import Gateway
from contenders.origin import GRPCOrigin, Origin
from harness.case import request

MEBIBYTE = 1 << 20
SMALL, LARGE = MEBIBYTE, 512 * MEBIBYTE
# As JSON, an event is three times as large as its message.
EVENTS = 200_000
LONG = {"timeout": "10m"}


def run(bench):
    large = 8 * MEBIBYTE if bench.options.quick else LARGE
    origin = bench.start(Origin(bench.folder, {"/": ("text/plain", b"")}))
    files = bench.start(Files(bench.folder, {"/small": SMALL, "/large": large}))
    small_stream, large_stream = EVENTS // 100, EVENTS // 10 if bench.options.quick else EVENTS
    message = orders.Orders(bench.folder).encoded(orders.small())
    streams = {size: bench.start(GRPCOrigin(bench.folder, {"/shop.Orders/Watch": message * size}))
               for size in (small_stream, large_stream)}

    def proxy(port):
        return Gateway(bench.folder, upstreams={"upstream": {**LONG, "endpoints": [f"http://127.0.0.1:{port}"]}})

    def transcoder(size):
        endpoints = [f"grpc://127.0.0.1:{streams[size].port}"]
        upstream = {**LONG, "contract": str(orders.PROTO), "endpoints": endpoints}
        return Gateway(bench.folder, upstreams={"orders": upstream}, routes=[{"expose": "orders.*"}])

    events = request("GET", "/v1/orders/7/changes", fields=[("Accept", "text/event-stream"), ("Connection", "close")])
    for row, what, sizes, start, exchange in (
        ("body-down", "bytes", (SMALL, large), lambda _: proxy(files.port), download),
        ("body-up", "bytes", (SMALL, large), lambda _: proxy(origin.port), upload),
        ("body-stream", "messages", (small_stream, large_stream), transcoder,
         lambda port, size: read_all(port, events, size * 100)),
    ):
        figures = [peak(start(size), exchange, size) for size in sizes]
        bench.results.add(row, f"MiB (RSS) at most, for {sizes[1]:,} {what} beside {sizes[0]:,}",
                          {"gateway": [figures[1]], "small body": [figures[0]]})


class Files(Origin):
    """Files of so many zeros, by path."""

    name = "files"

    def servers(self):
        for path, size in self.answers.items():
            with open(self.folder / path.strip("/"), "wb") as file:
                file.truncate(size)
        return f"server {{ listen 127.0.0.1:{self.port}; root {self.folder}; location = / {{ return 204; }} }}\n"


def peak(gateway, exchange, size):
    """MiB that the gateway, fresh, has had at most when it has done one exchange."""
    with gateway:
        exchange(gateway.ports["http1"], size)
        status = (gateway.proc / "status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def download(port, size):
    path = "/small" if size == SMALL else "/large"
    read_all(port, request("GET", path, fields=[("Connection", "close")]), size)


def upload(port, size):
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(request("POST", "/up", fields=[("Content-Length", str(size))]))
        part = bytes(MEBIBYTE)
        for _ in range(size // MEBIBYTE):
            connection.sendall(part)
        head = read_head(connection)
    if b" 200 " not in head:
        raise RuntimeError(f"an upload was answered {head[:300]!r}")


def read_all(port, message, least):
    """Reads an answer to its end; it has so many bytes at least."""
    count = 0
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(message)
        while data := connection.recv(MEBIBYTE):
            count += len(data)
    if count < least:
        raise RuntimeError(f"an answer of {least} bytes or more had {count}")
