"""Services that speak WebSocket behind REST and gRPC: a backend by `websockets`, and a gateway behind a gateway."""
import concurrent.futures
import contextlib
import functools
import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request

from . import bank, rpc
from .environment import HERE, PYTHON, WSDL
from .gateway import find_binary
from .process import Server, free_port
from .report import expect, expect_holds

# What grpcio must see of a socket for every call, and of correlated calls.
STREAMS = {
    "unary": 7,
    "server stream": True,
    "client stream": sum(range(1000)),
    "both streams": ["0", "1", "2", "3", "4"],
    "failure": ["PERMISSION_DENIED", "not yours"],
    "large stream": 500,
    "correlated stream": True,
}
# What JSON-RPC does not carry: metadata.
CHAINED = {name: wanted for name, wanted in rpc.CALLS.items() if "metadata" not in name}


def run(folder, report):
    with serving(pathlib.Path(folder)) as (port, server):
        seen = rpc.calls(port)
        report.each((f"feeds: JSON-RPC between gateways, {name}", functools.partial(expect, seen.get(name), wanted, name))
                    for name, wanted in CHAINED.items())
        told = streams(port)
        report.each((f"feeds: {name}", functools.partial(expect, told.get(name), wanted, name))
                    for name, wanted in STREAMS.items())
        report.each((f"feeds: {claim}", functools.partial(check, f"http://127.0.0.1:{port}", server))
                    for claim, check in CHECKS)


@contextlib.contextmanager
def serving(folder):
    rpc.generate()
    with contextlib.ExitStack() as stack:
        start = lambda *server, **more: stack.enter_context(Server(*server, folder, **more))
        grpc = start("grpcio-feeds", [PYTHON, HERE / "peers/grpc/server.py", rpc.GENERATED], speaks_http1=False)
        sockets = start("websockets-feeds", [PYTHON, HERE / "peers/websocket/service.py"], speaks_http1=False)
        php = free_port()
        start("php-feeds", ["php", "-S", f"127.0.0.1:{php}", HERE / "peers/php/server.php"], port=php,
              env={**os.environ, "INTEROP_WSDL": str(WSDL)})
        behind, port = free_port(), free_port()
        file = folder / "behind.yaml"
        file.write_text(BEHIND.format(port=behind, proto=rpc.PROTO, wsdl=WSDL, grpc=grpc.port, php=php))
        start("gateway-behind", [find_binary(), "serve", "-c", file], port=behind)
        file = folder / "feeds.yaml"
        file.write_text(BEFORE.format(port=port, proto=rpc.PROTO, wsdl=WSDL, behind=behind, sockets=sockets.port))
        server = start("gateway-feeds", [find_binary(), "serve", "-c", file], port=port)
        yield port, server


BEHIND = """version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}" }} }}
upstreams:
  echo: {{ contract: "{proto}", endpoints: ["grpc://127.0.0.1:{grpc}"] }}
  bank: {{ contract: "{wsdl}/bank.wsdl", endpoints: ["http://127.0.0.1:{php}/bank"] }}
routes:
  - {{ expose: echo.*, as: [websocket], under: /echo }}
  - {{ expose: bank.*, as: [websocket], under: /bank }}
"""

BEFORE = """version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}", limits: {{ body: 8MiB }} }} }}
upstreams:
  echo: {{ contract: "{proto}", endpoints: ["ws://127.0.0.1:{behind}/echo/ws"] }}
  bank: {{ contract: "{wsdl}/bank.wsdl", endpoints: ["ws://127.0.0.1:{behind}/bank/ws"] }}
  own:
    contract: "{proto}"
    endpoints: ["ws://127.0.0.1:{sockets}/own"]
    websocket: {{ style: json, operation: /action, end: /done, subprotocol: echo.v1 }}
  correlated:
    contract: "{proto}"
    endpoints: ["ws://127.0.0.1:{sockets}/correlated"]
    websocket:
      {{ style: json, operation: /action, correlation: /id, end: /done, error: /error, subprotocol: echo.v1 }}
routes:
  - {{ expose: echo.*, as: [rest, grpc], under: /echo }}
  - {{ expose: bank.*, as: [rest], under: /bank }}
  - {{ expose: own.*, as: [rest, grpc], under: /own, host: own.test }}
  - {{ expose: correlated.Say, as: [rest], under: /correlated, timeout: 500ms }}
  - {{ expose: correlated.Count, as: [rest], under: /counted }}
  - {{ expose: correlated.Count, as: [grpc], under: /correlated, host: correlated.test }}
"""


def streams(port):
    done = subprocess.run([PYTHON, HERE / "peers/websocket/streams.py", str(port), rpc.GENERATED], capture_output=True,
                          text=True, timeout=120)
    expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def post(address, path, value, **fields):
    request = urllib.request.Request(address + path, json.dumps(value).encode(),
                                     {"Content-Type": "application/json", **fields})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def say(address, **value):
    status, text = post(address, "/correlated/interop.v1.Echo/Say", value)
    return status, json.loads(text)


def reversed_answers(address, _):
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda number: say(address, text="together", number=number), range(50)))
    expect([(status, answer.get("number", "0")) for status, answer in answers],
           [(200, str(number)) for number in range(50)], "answers")


def error(address, _):
    status, problem = say(address, command="COMMAND_FAIL")
    expect((status, problem["code"], problem["reason"], problem["detail"]),
           (400, "FAILED_PRECONDITION", "websocket.error", "no"), "problem")


def lost(address, _):
    status, problem = say(address, command="COMMAND_BREAK")
    expect((status, problem["code"], problem["reason"]), (503, "UNAVAILABLE", "websocket.lost"), "problem")
    expect(say(address, text="after")[1]["text"], "after", "the next answer")


def late(address, server):
    status, problem = say(address, command="COMMAND_SLEEP")
    expect((status, problem["code"]), (504, "DEADLINE_EXCEEDED"), "problem")
    server.expect_log("websocket.dropped", 2)
    expect(server.log.read_text().count("websocket.dropped"), 2, "lines of the log")
    expect(say(address, text="after")[1]["text"], "after", "the next answer")


def events(address, _):
    status, text = post(address, "/counted/interop.v1.Echo/Count", {"number": 3}, Accept="text/event-stream")
    data = [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]
    numbers = [json.loads(item).get("number") for item in data if item and item != "{}"]
    expect((status, [number for number in numbers if number]), (200, ["1", "2"]), "events")


def chained_bank(address, _):
    status, text = post(address, "/bank/get-account", {"AccountId": bank.ERIKA})
    expect((status, json.loads(text)), (200, {"GetAccountResult": bank.ACCOUNT}), "answer")


def chained_fault(address, _):
    status, text = post(address, "/bank/get-account", {"AccountId": 404})
    problem = json.loads(text)
    expect((status, problem["details"][0]["type"]), (400, "NoSuchAccount"), "problem")


CHECKS = [
    ("50 calls share a socket, answered in reverse", reversed_answers),
    ("an error is a problem", error),
    ("a socket that is lost fails its calls, and another follows", lost),
    ("late and foreign answers are dropped", late),
    ("a stream as server-sent events", events),
    ("a SOAP service behind a gateway behind JSON-RPC", chained_bank),
    ("its fault arrives with its detail", chained_fault),
]
