"""What crosses both gateways besides heads and bodies: trailers, a client that gives up, an answer that breaks off."""
import functools
import json
import subprocess

from .environment import HERE, PYTHON
from .report import expect, expect_holds

# The client's name, and the last segment of what it asks for.
CLIENTS = {"HTTP/1.1": "1", "h2c": "2", "HTTP/1.1 with TLS": "1s", "HTTP/2 with TLS": "2s"}


def checks(names):
    """Claims and their checks, for every client over each of the wires called `names`."""
    deeds = Deeds(names)
    for client in CLIENTS:
        for wire in names:
            yield f"trailers both ways: {client} to {wire}", functools.partial(trailers, deeds, client, wire)
            yield f"giving up reaches the origin: {client} to {wire}", functools.partial(cancel, deeds, client, wire)
            yield f"a broken answer stays broken: {client} to {wire}", functools.partial(broken, deeds, client, wire)


class Deeds:
    """What came of all deeds, which are done together when the first of them is asked for."""

    def __init__(self, names):
        self.names = names
        self.seen = None

    def of(self, wires, path):
        if self.seen is None:
            done = subprocess.run([PYTHON, HERE / "peers/http/client.py", str(wires.plain), str(wires.secure),
                                   wires.folder / "ca.pem", *self.names], capture_output=True, text=True, timeout=120)
            expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
            self.seen = json.loads(done.stdout)
        return self.seen.get(path)


def trailers(deeds, client, wire, wires):
    wanted = {"status": 200, "seen": {"count": 5, "trailers": {"x-sum": "532"}}, "got": {"x-echo": "532"}}
    expect(deeds.of(wires, f"/{wire}/trailers/{CLIENTS[client]}"), wanted, "answer")


def cancel(deeds, client, wire, wires):
    path = f"/{wire}/cancel/{CLIENTS[client]}"
    expect(deeds.of(wires, path), "cancelled", "client")
    expect_holds(wires.origin.sees_cancelled(path), f"the origin goes on with {path}")


def broken(deeds, client, wire, wires):
    expect(deeds.of(wires, f"/{wire}/broken/{CLIENTS[client]}"), "broken", "client")
