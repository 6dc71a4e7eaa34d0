"""gRPC with grpcio at both ends, and the same service as REST and Connect."""
import contextlib
import functools
import json
import pathlib
import subprocess
import urllib.error
import urllib.request

from .environment import CACHE, HERE, PYTHON, ROOT
from .gateway import find_binary
from .process import Server, free_port
from .report import expect, expect_holds

PROTO = ROOT / "protos/interop/echo.proto"
GENERATED = CACHE / "grpc"
VALUE = {"text": "grüße 😀", "number": str(2**60 + 1), "tags": ["a", ""], "marks": {"x": -1}, "payload": "AP8="}

# What the client must see, by its own name for it.
CALLS = {
    "unary": ["grüße 😀", 2**60 + 1, ["a", ""], {"x": -1}, [0, 255]],
    "initial metadata": "m",
    "trailing metadata": ["yes", [0, 255]],
    "empty": True,
    "large": [271828, 314159],
    "gzip": True,
    "failure": ["FAILED_PRECONDITION", "ümlaut\n100 %\t😀"],
    "timeout": "DEADLINE_EXCEEDED",
    "too large": "RESOURCE_EXHAUSTED",
    "unimplemented": "UNIMPLEMENTED",
    "server stream": True,
    "broken stream": ["DATA_LOSS", "broken"],
    "client stream": sum(range(1000)),
    "both streams": True,
    "cancel": "CANCELLED",
    # The cases of gRPC's own interoperability tests, by their names.
    "client_streaming": 74922,
    "server_streaming": [31415, 9, 2653, 58979],
    "ping_pong": [27182, 8, 1828, 45904],
    "empty_stream": [[], 0],
    "custom_metadata": [["m"], "bidi", "yes"],
    "status_code_and_message": ["UNKNOWN", "test status message"],
    "unimplemented_service": "UNIMPLEMENTED",
    "cancel_after_begin": "CANCELLED",
    "cancel_after_first_response": "CANCELLED",
    "cancellation reaches the server": [1, 1],
    "timeout_on_sleeping_server": "DEADLINE_EXCEEDED",
}


def run(folder, report):
    with serving(pathlib.Path(folder)) as (address, port):
        seen = calls(port)
        report.each((f"rpc: grpcio sees {name}", functools.partial(expect, seen.get(name), wanted, name))
                    for name, wanted in CALLS.items())
        report.each((f"rpc: {claim}", functools.partial(check, address)) for claim, check in CHECKS)


@contextlib.contextmanager
def serving(folder):
    generate()
    service = Server("grpcio", [PYTHON, HERE / "peers/grpc/server.py", GENERATED], folder,
                     speaks_http1=False)
    with service:
        port = free_port()
        file = folder / "rpc.yaml"
        file.write_text(f"""version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}", limits: {{ body: 8MiB }} }} }}
upstreams: {{ echo: {{ contract: "{PROTO}", endpoints: ["grpc://127.0.0.1:{service.port}"] }} }}
routes: [ {{ expose: echo.*, as: [rest, grpc], under: /api }} ]
""")
        with Server("gateway-rpc", [find_binary(), "serve", "-c", file], folder, port=port):
            yield f"http://127.0.0.1:{port}", port


def generate():
    GENERATED.mkdir(parents=True, exist_ok=True)
    subprocess.run([PYTHON, "-m", "grpc_tools.protoc", f"-I{PROTO.parent}", f"--python_out={GENERATED}",
                    f"--grpc_python_out={GENERATED}", PROTO], check=True, capture_output=True)


def calls(port):
    done = subprocess.run([PYTHON, HERE / "peers/grpc/client.py", str(port), GENERATED], capture_output=True, text=True,
                          timeout=120)
    expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def post(address, path, value, **fields):
    request = urllib.request.Request(address + path, json.dumps(value).encode(),
                                     {"Content-Type": "application/json", **fields})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.headers.get_content_type(), json.loads(response.read())
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), json.loads(error.read())


def as_rest(address):
    expect(post(address, "/api/interop.v1.Echo/Say", VALUE), (200, "application/json", VALUE), "answer")


def as_connect(address):
    expect(post(address, "/interop.v1.Echo/Say", VALUE), (200, "application/json", VALUE), "answer")


def failure_as_rest(address):
    status, kind, problem = post(address, "/api/interop.v1.Echo/Say", {"command": "COMMAND_FAIL"})
    expect((status, kind, problem["code"], problem["detail"]),
           (400, "application/problem+json", "FAILED_PRECONDITION", "ümlaut\n100 %\t😀"), "problem")


def failure_as_connect(address):
    status, kind, error = post(address, "/interop.v1.Echo/Say", {"command": "COMMAND_FAIL"})
    expect((status, kind, error["code"], error["message"]),
           (400, "application/json", "failed_precondition", "ümlaut\n100 %\t😀"), "error")


def unknown_member(address):
    status, _, problem = post(address, "/api/interop.v1.Echo/Say", {"tekst": "x"})
    expect((status, problem["errors"][0]["pointer"]), (400, "/tekst"), "status and pointer")


CHECKS = [
    ("a unary call as REST", as_rest),
    ("a unary call as Connect", as_connect),
    ("a failure as REST", failure_as_rest),
    ("a failure as Connect", failure_as_connect),
    ("an unknown member is 400", unknown_member),
]
