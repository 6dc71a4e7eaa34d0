"""A WebSocket message that becomes an HTTP request and is answered by its reply, beside the same request proxied."""
from contenders.connections import SOCKET
from contenders.exchange import Exchange
from contenders.gateway import Gateway
from contenders.origin import Origin
from harness.case import request

RATE = 10_000
MESSAGE = b'{"action":"chat","room":"lobby","text":"A message of the length that people write to each other."}'
REPLY = b'{"id":"5b1c0e7a","room":"lobby","delivered":true}'


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": ("application/json", REPLY)}))
    bridge = {"websocket": "/socket", "select": "json.action", "socket": {"ping": "1h", "idle": "1h"},
              "messages": {"chat": {"to": "upstream", "path": "/chat"}}}
    gateway = bench.start(Gateway(bench.folder, origin.port, routes=[bridge, {"path": "/chat", "to": "upstream"}]))
    port = gateway.ports["http1"]
    plain = request("POST", "/chat", MESSAGE, [("Content-Type", "application/json")])
    sockets = bench.enter_context(Exchange(port, masked(MESSAGE), REPLY, opening=SOCKET))
    requests = bench.enter_context(Exchange(port, plain, REPLY))
    bench.compare_cost("websocket", {
        "gateway": (gateway, lambda seconds: sockets.run(RATE, seconds)),
        "plain proxy": (gateway, lambda seconds: requests.run(RATE, seconds))})


def masked(message, mask=b"\x5a\xa5\x3c\xc3"):
    """A text frame of a client, of at most 125 bytes."""
    assert len(message) <= 125
    return bytes([0x81, 0x80 | len(message)]) + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(message))
