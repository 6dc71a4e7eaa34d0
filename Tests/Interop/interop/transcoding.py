"""A REST service behind gRPC: its http rules backwards for grpcio, and forwards again for curl.

Two gateways in a row: `inner` offers the REST service as gRPC, `outer` offers that as REST. So every rule, stream and
failure crosses both ways.
"""
import contextlib
import functools
import json
import pathlib
import subprocess

from .contract import validate
from .environment import CACHE, HERE, PYTHON, ROOT
from .gateway import find_binary
from .process import Server, free_port
from .report import expect, expect_holds

PROTO = ROOT / "protos/interop/warehouse.proto"
GENERATED = CACHE / "grpc"
NAME = "shelves/a b/items/ü:1"
PATH = "/v1/shelves/a%20b/items/%C3%BC%3A1"
ITEM = {"name": NAME, "number": "9007199254740993", "kind": "CRATE", "tags": ["a", ""], "counts": {"x": -1},
        "size": {"height": 0.5}, "packed": "2026-02-28T23:59:59.500Z", "limit": 0, "seal": "AP8="}
QUERY = ["kinds=7", "kinds=BOX", "like.counts[k.1]=2", "like.kind=BOX", "like.size.width=1.5", "like.tags=x", "like.tags=y",
         "pageSize=3"]
JSON = "application/json"

# What grpcio must see, by its own name for it.
CALLS = {
    "item": ITEM,
    "metadata": ["m", True, False],
    "number": "by number 7",
    "query": [QUERY, "shelves/1"],
    "body": ['{"number":"5"}', JSON, '{"dryRun": ["true"]}'],
    "patch": [NAME, '{"kind":"BOX"}', JSON, "{}"],
    "verb": [NAME, '{"shelf":"2"}'],
    "nothing": {},
    "bytes out": ["image/png", [0x89, 0x50, 0x4E, 0x47, 0, 255]],
    "bytes in": [3, "text/css"],
    "no rule": True,
    "stream in": [5050, "application/x-ndjson"],
    "unaddressable": ["INVALID_ARGUMENT"],
    "failure: status": ["NOT_FOUND", "ümlaut", [["ErrorInfo", "EMPTY"]], "status"],
    "failure: gateway": ["ALREADY_EXISTS", "twice", [["ErrorInfo", "EMPTY"]], "gateway"],
    "failure: connect": ["FAILED_PRECONDITION", "locked", [["Count", {"count": "7"}],
                                                           ["type.googleapis.com/nowhere.v1.Unknown", [8, 7]]], "connect"],
    "failure: problem": ["PERMISSION_DENIED", "not yours", [], "problem"],
    "failure: page": ["UNKNOWN", "The service answered with status 500.",
                      [["HttpBody", {"contentType": "text/html; charset=utf-8", "data": "PGgxPnNvcnJ5PC9oMT4="}]], "page"],
    "failure: busy": ["RESOURCE_EXHAUSTED", "The service answered with status 429.",
                      [["HttpBody", {"contentType": "text/plain", "data": "c2xvdyBkb3du"}]], "busy"],
}
for form in ("lines", "events", "array"):
    CALLS[f"stream of {form}"] = True
    CALLS[f"broken {form}"] = ["DATA_LOSS", "broken", [0, 1, 2]]


def run(folder, report):
    with serving(pathlib.Path(folder)) as (inner, outer):
        seen = calls(inner)
        report.each((f"rest: grpcio sees {name}", functools.partial(expect, seen.get(name), wanted, name))
                    for name, wanted in CALLS.items())
        for place, port in (("the gateway", inner), ("two gateways", outer)):
            report.each((f"rest: {claim}, through {place}", functools.partial(check, f"http://127.0.0.1:{port}"))
                        for claim, check in CHECKS)


@contextlib.contextmanager
def serving(folder):
    generate()
    with Server("warehouse", [PYTHON, HERE / "peers/rest/server.py"], folder) as service:
        inner, outer = free_port(), free_port()
        with gateway(folder, "inner", inner, f"http://127.0.0.1:{service.port}", "rest, grpc"), \
                gateway(folder, "outer", outer, f"grpc://127.0.0.1:{inner}", "rest"):
            yield inner, outer


def gateway(folder, name, port, endpoint, faces):
    file = folder / f"{name}.yaml"
    file.write_text(f"""version: 1
workers: 1
listeners: {{ main: {{ address: "127.0.0.1:{port}" }} }}
upstreams: {{ warehouse: {{ contract: "{PROTO}", endpoints: ["{endpoint}"] }} }}
routes: [ {{ expose: warehouse.*, as: [{faces}] }} ]
""")
    return Server(f"gateway-{name}", [find_binary(), "serve", "-c", file], folder, port=port)


def generate():
    GENERATED.mkdir(parents=True, exist_ok=True)
    site = subprocess.run([PYTHON, "-c", "import google.api as a; print(list(a.__path__)[0])"], check=True,
                          capture_output=True, text=True).stdout.strip()
    subprocess.run([PYTHON, "-m", "grpc_tools.protoc", f"-I{PROTO.parent}", f"-I{pathlib.Path(site).parent.parent}",
                    f"--python_out={GENERATED}", f"--grpc_python_out={GENERATED}", PROTO], check=True, capture_output=True)


def calls(port):
    done = subprocess.run([PYTHON, HERE / "peers/grpc/warehouse_client.py", str(port), GENERATED], capture_output=True,
                          text=True, timeout=120)
    expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


class Answer:
    def __init__(self, status, kind, body, code):
        self.status, self.kind, self.body, self.code = status, kind, body, code

    def json(self, status=200, kind=JSON):
        expect((self.status, self.kind), (status, kind), f"status and type of {self.body[:300]}")
        return json.loads(self.body)


def curl(address, *arguments):
    """The last argument is the path."""
    *options, path = arguments
    command = ["curl", "-sS", "-g", "--max-time", "20", "-w", "\n%{http_code} %{content_type}", *options, address + path]
    done = subprocess.run(command, capture_output=True)
    body, _, facts = done.stdout.rpartition(b"\n")
    status, _, kind = facts.decode().partition(" ")
    return Answer(int(status or 0), kind, body, done.returncode)


def item(address):
    expect(curl(address, PATH).json(), ITEM, "item")
    # What the contract does not know of an answer is left out.
    expect(curl(address, "/v1/items/7").json(), {"name": "by number 7"}, "item")


def query(address):
    target = "/v1/shelves/1/items?kinds=BOX&kinds=7&like.counts[k.1]=2&like.kind=1&like.size.width=1.5&like.tags=x&like.tags=y&page_size=3"
    expect(curl(address, target).json(), [{"name": "shelves/1", "tags": QUERY}], "items")


def unknown(address):
    problem = curl(address, "/v1/shelves/1/items?colour=red").json(400, "application/problem+json")
    expect(problem["reason"], "request.unknown_parameter", "reason")
    problem = post(address, "/v1/shelves/1/items", {"colour": "red"}).json(400, "application/problem+json")
    expect([error["pointer"] for error in problem["errors"]], ["/item/colour"], "pointers")


def post(address, path, value, method="POST"):
    return curl(address, "-X", method, "-H", f"Content-Type: {JSON}", "-d", json.dumps(value), path)


def bodies(address):
    added = post(address, "/v1/shelves/1/items?dry_run=true", {"number": 5}).json()
    expect(added["tags"], ['{"number":"5"}', JSON, '{"dryRun": ["true"]}'], "what the service saw")
    patched = post(address, PATH, {"kind": 1, "size": {"width": 2}}, "PATCH").json()
    expect(patched["tags"], ['{"kind":"BOX","size":{"width":2}}', JSON, '{"updateMask": ["kind,size.width"]}'],
           "what the service saw")
    expect(post(address, PATH + ":move", {"shelf": "2"}).json(), {"name": NAME, "tags": ['{"shelf":"2"}']}, "item")
    expect(curl(address, "-X", "DELETE", PATH).json(), {}, "nothing")


def raw(address):
    answer = curl(address, PATH + "/label")
    expect((answer.status, answer.kind, answer.body), (200, "image/png", b"\x89PNG\x00\xff"), "label")
    answer = curl(address, "-X", "PUT", "-H", "Content-Type: text/css", "-d", "a{}", PATH + "/label").json()
    expect(answer, {"count": "3", "contentType": "text/css"}, "what the service saw")


def streams(address):
    for form in ("lines", "events", "array"):
        path = f"/v1/watch/{form}?count=3"
        numbers = [{"number": "1"}, {"number": "2"}]
        array = curl(address, path).json()
        expect(array[1:], numbers, "array")
        lines = curl(address, "-H", "Accept: application/x-ndjson", path)
        expect(lines.kind, "application/x-ndjson", "type")
        expect([json.loads(line) for line in lines.body.splitlines()][1:], numbers, "lines")
        events = curl(address, "-H", "Accept: text/event-stream", path)
        expect(events.kind, "text/event-stream", "type")
        expect_holds(b'id: 2\ndata: {"number":"1"}\n\n' in events.body and b"event: end\n" in events.body, events.body)


def broken(address):
    for form in ("lines", "events", "array"):
        path = f"/v1/watch/{form}?count=2&fail=true"
        array = curl(address, path)
        expect_holds(array.code != 0 and b"DATA_LOSS" in array.body, f"array: {array.code} {array.body}")
        lines = curl(address, "-H", "Accept: application/x-ndjson", path).body.splitlines()
        expect(json.loads(lines[-1])["error"]["code"], "DATA_LOSS", "last line")
        events = curl(address, "-H", "Accept: text/event-stream", path)
        expect_holds(b"event: error\n" in events.body and b"event: end\n" not in events.body, events.body)


def stream_in(address):
    lines = "".join(json.dumps({"number": number}) + "\n" for number in range(1, 101))
    kind = ["-H", "Content-Type: application/x-ndjson"]
    answer = curl(address, *kind, "--data-binary", lines, "/v1/items:import").json()
    expect(answer, {"count": "5050", "contentType": "application/x-ndjson"}, "count")
    expect(post(address, "/v1/items:import", [{"number": 1}, {"number": 2}]).json()["count"], "3", "count of an array")


def failures(address):
    """Code, status and typed details survive, whatever form the service gave them; no body vanishes."""
    def problem(form, status):
        return curl(address, f"/v1/failures/{form}").json(status, "application/problem+json")

    found = problem("status", 404)
    expect((found["code"], found["detail"]), ("NOT_FOUND", "ümlaut"), "code and message")
    info = next(detail for detail in found["details"] if detail["type"] == "google.rpc.ErrorInfo")
    expect((info["value"]["reason"], info["value"]["metadata"]), ("EMPTY", {"shelf": "1"}), "detail")
    found = problem("connect", 400)
    details = {detail["type"]: detail["value"] for detail in found["details"]}
    expect(details["nowhere.v1.Unknown"]["value"], "CAc=", "an unknown detail")
    expect((problem("gateway", 409)["code"], problem("problem", 403)["detail"]), ("ALREADY_EXISTS", "not yours"), "others")
    for form, status, body in (("page", 502, "PGgxPnNvcnJ5PC9oMT4="), ("busy", 429, "c2xvdyBkb3du")):
        details = {detail["type"]: detail["value"] for detail in problem(form, status)["details"]}
        expect(details["google.api.HttpBody"]["data"], body, "the body")
    head = curl(address, "-i", "/v1/failures/busy").body.decode().lower()
    expect_holds("retry-after: 7" in head and "x-trouble: busy" in head, head)


def routes(address):
    expect(curl(address, "/v1/nothing").json(404, "application/problem+json")["reason"], "route.not_found", "reason")
    wrong = curl(address, "-i", "-X", "POST", PATH)
    expect_holds(wrong.status == 405 and b"allow: get, patch, delete, head" in wrong.body.lower(), wrong.body)


def described(address):
    validate(curl(address, "/openapi.json").body.decode())


CHECKS = [
    ("an item by its name and by its number", item),
    ("a query of every kind", query),
    ("an unknown parameter or member is 400", unknown),
    ("bodies, masks and verbs", bodies),
    ("bytes of any type both ways", raw),
    ("a stream as lines, events and an array", streams),
    ("a stream that breaks off is seen to", broken),
    ("a stream of requests as lines and as an array", stream_in),
    ("failures with their details", failures),
    ("404 and 405 are problems", routes),
    ("the OpenAPI document is valid", described),
]
