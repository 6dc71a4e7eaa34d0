"""The gateway in front of the peers, and a REST client that is strict about what comes back."""
import http.client
import json
import os
import pathlib
import subprocess
import sys
import time

from .environment import ROOT
from .process import Server, free_port
from .report import Gone, Mismatch, expect, expect_holds, show

BODY_LIMIT = 256 * 1024

# On top of one `expose` for every upstream: routes shaped by hand.
SHAPED = """
  - get: /{version}/accounts/:id
    call: bank{version}.GetAccount
    map: {{ AccountId: path.id, Verbose: query.verbose }}
    faults: {{ NoSuchAccount: 404 }}
    respond: {{ unwrap: GetAccountResult, status: 200 }}
  - post: /{version}/accounts/:id/transfers
    call: bank{version}.Transfer
    map: {{ From: path.id }}
    faults: {{ NoSuchAccount: 404, InsufficientFunds: 409 }}
    respond: {{ status: 201 }}
"""


class Gateway:
    """A gateway as a process; `arguments` are those of `serve`."""

    def __init__(self, folder, servers, *arguments, port):
        self.folder = folder
        self.servers = servers
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.binary = find_binary()
        self.server = Server(f"dragoman-{port}", [self.binary, "serve", *arguments], folder, port=port)

    @classmethod
    def before(cls, folder, servers):
        """The gateway before all peers, by a configuration."""
        port = free_port()
        file = pathlib.Path(folder) / "dragoman.yaml"
        file.write_text(configuration(port, servers))
        gateway = cls(folder, servers, "-c", file, port=port)
        gateway.configuration = file
        return gateway

    def serving(self, *arguments):
        """Another gateway, without a configuration."""
        port = free_port()
        return Gateway(self.folder, self.servers, *arguments, "--port", str(port), port=port)

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *failure):
        self.server.__exit__(*failure)

    def run(self, *arguments):
        """Runs another verb of the gateway."""
        return subprocess.run([self.binary, *arguments], capture_output=True, text=True, timeout=60)

    def get(self, path, **headers):
        return self.call("GET", path, headers=headers)

    def post(self, path, value, **headers):
        """Posts a value as JSON; `bytes` go as they are."""
        body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        return self.call("POST", path, body, {"Content-Type": "application/json", **headers})

    def call(self, method, path, body=None, headers={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except OSError:
            # A moment, so that a gateway that has just crashed is seen to be gone.
            time.sleep(0.5)
            if self.server.process.poll() is not None:
                raise Gone(f"the gateway ended with {self.server.process.poll()}:\n{self.server.log_excerpt()}")
            raise
        finally:
            connection.close()


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body
        self.media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def text(self):
        return self.body.decode("utf-8", "strict")

    def json(self, status=200):
        """The value of a successful answer."""
        expect_holds(self.status == status, f"status: wanted {status}, found {self.status}: {self.body[:400]}")
        expect(self.media_type, "application/json", "Content-Type")
        expect_holds("X-Request-Id" in self.headers, "no X-Request-Id")
        return json.loads(self.text)

    def nothing(self):
        """A void answer: no content, or an empty object."""
        expect_holds(self.status in (200, 204), f"status: wanted 200 or 204, found {self.status}: {self.body[:400]}")
        expect_holds(self.body in (b"", b"{}"), f"body: wanted nothing, found {self.body[:400]}")

    def problem(self, status, pointer=None, details=None):
        """The members of a failure (RFC 9457), checked for what every failure has."""
        expect_holds(self.status == status, f"status: wanted {status}, found {self.status}: {self.body[:400]}")
        expect(self.media_type, "application/problem+json", "Content-Type")
        problem = json.loads(self.text)
        for member in ("type", "title", "status", "code", "reason", "request_id"):
            expect_holds(member in problem, f"no {member} in {show(problem)}")
        expect(problem["status"], status, "status member")
        expect(problem["request_id"], self.headers.get("X-Request-Id"), "request_id")
        if pointer is not None:
            expect([error["pointer"] for error in problem.get("errors", [])][:1], [pointer], "first pointer")
        if details is not None and not contains(problem.get("details"), details):
            raise Mismatch(f"details: wanted {show(details)} somewhere in {show(problem)}")
        return problem


def contains(value, wanted):
    """Whether an object with the members of `wanted` is somewhere in `value`."""
    if isinstance(value, dict):
        return wanted.items() <= value.items() or any(contains(member, wanted) for member in value.values())
    return isinstance(value, list) and any(contains(item, wanted) for item in value)


def find_binary():
    named = os.environ.get("DRAGOMAN")
    built = [path for path in (ROOT / ".build/release/dragoman", ROOT / ".build/debug/dragoman") if path.exists()]
    if not named and not built:
        sys.exit("There is no gateway to test: run `make build`, or name it in $DRAGOMAN.")
    return pathlib.Path(named).absolute() if named else max(built, key=lambda path: path.stat().st_mtime)


def configuration(port, servers):
    lines = ["version: 1", "workers: 1", "listeners:",
             f'  main: {{ address: "127.0.0.1:{port}", limits: {{ body: {BODY_LIMIT // 1024}KiB }} }}', "upstreams:"]
    for name, (contract, address, version) in servers.upstreams.items():
        soap = f'soap: {{ version: "{version}" }}'
        grpc = f"grpc: {{ package: {name}.v1 }}"
        lines.append(f'  {name}: {{ contract: "{contract}", endpoints: ["{address}"], {soap}, {grpc} }}')
    lines.append(f'  php: {{ endpoints: ["{servers.php}"] }}')
    lines.append("routes:")
    lines += [f"  - {{ expose: {name}.*, as: [rest, grpc], under: /{name} }}" for name in servers.upstreams]
    lines.append("  - { path: /types, to: php }")
    return "\n".join(lines) + SHAPED.format(version=11).rstrip() + SHAPED.format(version=12)
