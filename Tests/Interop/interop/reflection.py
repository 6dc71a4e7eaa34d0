"""A gateway before a service that says itself what it is: at the start, later, and when it is not there."""
import contextlib
import json
import pathlib
import subprocess

from .environment import HERE, PYTHON
from .gateway import find_binary
from .process import Server, free_port
from .report import Skipped, expect, expect_holds
from .rpc import post

# Messages in a file of their own, and one that comes with protoc.
FILES = {
    "stock/quote.proto": """syntax = "proto3"; package stock.v1; import "google/protobuf/timestamp.proto";
message Quote { string symbol = 1; int64 cents = 2; google.protobuf.Timestamp at = 3; }""",
    "stock/stock.proto": """syntax = "proto3"; package stock.v1; import "stock/quote.proto";
service Stock { rpc Get(Quote) returns (Quote); %s }""",
}
VALUE = {"symbol": "é", "cents": str(2**53 + 1), "at": "2026-11-23T09:17:03Z"}


def run(folder, report):
    with contextlib.suppress(Skipped), report.check("reflection: a service that says itself what it is"):
        check(pathlib.Path(folder))


def check(folder):
    first, second = (descriptor_set(folder / name, more) for name, more in
                     (("first", ""), ("second", "rpc Put(Quote) returns (Quote);")))
    with peer(folder, "described", first) as service:
        port, kept = free_port(), folder / "kept.binpb"
        file = configuration(folder, "gateway", service.port, port, kept)
        expect(dragoman("check", "-c", file).returncode, 0, "check")
        with gateway(folder, "reflecting", file, port) as server:
            address = f"http://127.0.0.1:{port}"
            expect(call(address, "Get"), VALUE, "as REST")
            expect(reflected(port, "Get"), VALUE, "as gRPC, by the gateway's own reflection")
            expect_holds(kept.stat().st_size > 0, "nothing was kept")
            chained(folder, port)
            service.stop()
            server.expect_log("warning[contract.reflection] upstreams.s.contract: cannot ask")
            with peer(folder, "described-anew", second, service.port):
                server.expect_log("note[contract.changed] upstreams.s.contract: the service says something new: "
                                   "stock.v1.Stock.Put is new")
                expect(call(address, "Put"), VALUE, "a method that came later, as REST")
                expect(reflected(port, "Put"), VALUE, "and as gRPC")
                expect(call(address, "Get"), VALUE, "the others")
    unanswered(folder, service.port, kept)


def unanswered(folder, service, kept):
    """Nobody is there to ask: what was kept stands in, and without it there is an error that says what to do."""
    port = free_port()
    file = configuration(folder, "kept", service, port, kept)
    with gateway(folder, "keeping", file, port) as server:
        server.expect_log("warning[contract.reflection] upstreams.s.contract: cannot ask")
        with peer(folder, "described-late", kept, service):
            expect(call(f"http://127.0.0.1:{port}", "Put"), VALUE, "by what was kept")
    kept.unlink()
    done = dragoman("serve", "-c", file)
    expect(done.returncode, 1, "serve without an answer")
    expect_holds(f"{file}:5:18: error[contract.reflection] upstreams.s.contract: cannot ask grpc://127.0.0.1:{service} by "
                 "reflection: " in done.stderr, done.stderr)


def chained(folder, service):
    """A gateway before the gateway, which knows v1; grpcio's server knows v1alpha only."""
    port = free_port()
    arguments = ["serve", "reflection", "--upstream", f"grpc://127.0.0.1:{service}", "--port", str(port)]
    with Server("chained", [find_binary(), *arguments], folder, port=port):
        expect(post(f"http://127.0.0.1:{port}", "/stock.v1.Stock/Get", VALUE)[2], VALUE, "through two gateways")


def configuration(folder, name, service, port, kept):
    file = folder / f"{name}.yaml"
    file.write_text(f"""version: 1
workers: 2
listeners: {{ main: {{ address: "127.0.0.1:{port}" }} }}
upstreams:
  s: {{ contract: reflection, endpoints: ["grpc://127.0.0.1:{service}"], reflection: {{ interval: 300ms, keep: "{kept}" }} }}
routes: [ {{ expose: s.*, as: [rest, grpc], under: /api }} ]
""")
    return file


def descriptor_set(folder, more):
    """The descriptor set of the service with the methods `more`."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text % more if "%s" in text else text)
    out = folder / "set.binpb"
    subprocess.run([PYTHON, "-m", "grpc_tools.protoc", f"-I{folder}", "--include_imports", f"--descriptor_set_out={out}",
                    "stock/stock.proto"], check=True, capture_output=True)
    return out


def peer(folder, name, descriptors, port=0):
    command = [PYTHON, HERE / "peers/grpc/described.py", descriptors, port]
    return Server(name, command, folder, speaks_http1=False)


def gateway(folder, name, file, port):
    return Server(name, [find_binary(), "serve", "-c", file], folder, port=port)


def dragoman(*arguments):
    return subprocess.run([find_binary(), *arguments], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)


def call(address, method):
    status, kind, value = post(address, f"/api/stock.v1.Stock/{method}", VALUE)
    return value if (status, kind) == (200, "application/json") else (status, kind, value)


def reflected(port, method):
    """What grpcio gets that knows nothing but the gateway's reflection."""
    request = [{"call": f"/stock.v1.Stock/{method}", "request": VALUE}]
    done = subprocess.run([PYTHON, HERE / "peers/grpc/reflected.py", str(port)], input=json.dumps(request),
                          capture_output=True, text=True, timeout=60)
    expect_holds(done.returncode == 0, done.stderr[-2000:])
    return json.loads(done.stdout)[0].get("answer")
