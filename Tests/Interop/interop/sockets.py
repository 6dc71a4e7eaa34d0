"""WebSocket with `websockets` at both ends: passed through, as JSON-RPC before gRPC, bridged to HTTP, and one stream."""
import contextlib
import functools
import json
import pathlib
import subprocess

from . import browser, rpc
from .environment import HERE, PYTHON
from .gateway import find_binary
from .process import Server, free_port
from .report import expect, expect_holds

# What the client must see, by its own name for it.
SEEN = {
    "pass-through": True,
    "unary": [1, "ü", str(2**60 + 1)],
    "unknown method": -32601,
    "invalid params": [-32602, 400],
    "failure": [-32009, "FAILED_PRECONDITION"],
    "no JSON": -32700,
    "server stream": [3, None, 5],
    "client stream": "45",
    "both streams": ["next", "hi"],
    "cancel": -32001,
    "bridge": ["/order", 1, "message", "1", 60],
    "bridge to an operation": "by contract",
    "no target": [404, "unknown action"],
    "service fails": ["f", 500],
    "order": True,
    "disconnect": True,
    "one stream": ["one", 1007],
    "refused by the service": 403,
    "foreign origin": 403,
    "no socket": 501,
}


def run(folder, report):
    with serving(pathlib.Path(folder)) as port:
        seen = calls(port)
        if browser.found():
            report.each([("sockets: Chromium speaks JSON-RPC", functools.partial(page, pathlib.Path(folder), port))])
        else:
            print("SKIP  sockets: Chromium speaks JSON-RPC (there is no chromium)", flush=True)
    report.each((f"sockets: {name}", functools.partial(expect, seen.get(name), wanted, name))
                for name, wanted in SEEN.items())


@contextlib.contextmanager
def serving(folder):
    rpc.generate()
    service = Server("grpcio-sockets", [PYTHON, HERE / "peers/grpc/server.py", rpc.GENERATED], folder, speaks_http1=False)
    echo = subprocess.Popen([PYTHON, HERE / "peers/websocket/echo.py"], stdout=subprocess.PIPE, text=True)
    with service:
        try:
            sockets, web = echo.stdout.readline().split()
            port = free_port()
            file = folder / "sockets.yaml"
            file.write_text(configuration(port, service.port, sockets, web))
            with Server("gateway-sockets", [find_binary(), "serve", "-c", file], folder, port=port):
                yield port
        finally:
            echo.kill()
            echo.wait()


def configuration(port, grpc, sockets, web):
    return f"""version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}" }} }}
upstreams:
  echo: {{ contract: "{rpc.PROTO}", endpoints: ["grpc://127.0.0.1:{grpc}"] }}
  sockets: {{ endpoints: ["ws://127.0.0.1:{sockets}"] }}
  web: {{ endpoints: ["http://127.0.0.1:{web}"] }}
routes:
  - {{ expose: echo.*, as: [rest, websocket], under: /api }}
  - {{ websocket: /pass, to: sockets }}
  - websocket: /live
    connect: {{ to: web, path: /hello }}
    select: json.action
    messages:
      order: {{ to: web, path: /order }}
      fail: {{ to: web, path: /fail }}
      heard: {{ to: web, path: /heard }}
      say: echo.Say
    default: {{ error: unknown action }}
    disconnect: {{ to: web, path: /bye }}
  - {{ websocket: /chat, stream: echo.Chat }}
  - {{ path: /page/**, to: web }}
  - {{ websocket: /refused, connect: {{ to: web, path: /refuse }}, default: {{ to: web }} }}
"""


def page(folder, port):
    """A page asks for one value and for a stream of three, and shows what it got and how the socket ended."""
    expect(browser.dumped(folder, f"http://127.0.0.1:{port}/page"), "grüße 9007199254740993 0 1 2 null 1000 true", "page")


def calls(port):
    done = subprocess.run([PYTHON, HERE / "peers/websocket/client.py", str(port)], capture_output=True, text=True,
                          timeout=120)
    expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
