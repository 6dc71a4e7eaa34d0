"""HTTP/2 and TLS on both sides, with clients and servers that we did not write.

Two gateways in a row: `edge` speaks HTTP/1.1, HTTP/2 and TLS to the clients, and by each of its upstreams another wire
to `core`, which speaks HTTP/1.1 to a plain server. So every client is checked against every wire behind.
"""
import contextlib
import functools
import json
import os
import pathlib
import re
import signal
import subprocess
import threading

from . import browser, streams
from .environment import PYTHON
from .gateway import find_binary
from .origin import LARGE, OriginServer
from .process import Server, free_port
from .report import expect, expect_holds

WIRES = ("http", "h2c", "https", "grpcs")


class Wires:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.plain, self.secure, self.mutual = free_port(), free_port(), free_port()
        self.core_plain, self.core_secure = free_port(), free_port()
        self.certify()

    def certify(self):
        """An authority, a server's certificate for localhost and *.example.test, and a client's."""
        self.openssl("req", "-x509", *EC, "-keyout", "ca.key", "-out", "ca.pem", "-days", "90", "-subj", "/CN=Authority")
        for name, subject, names in (("server", "/CN=localhost", "DNS:localhost,DNS:*.example.test,IP:127.0.0.1"),
                                     ("client", "/O=Example/CN=app", "URI:spiffe://example.test/app,DNS:app.test")):
            self.openssl("req", *EC, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
            (self.folder / "names").write_text(f"subjectAltName={names}\n")
            self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "90",
                         "-out", f"{name}.pem", "-extfile", "names")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def write(self, name, text):
        file = self.folder / f"{name}.yaml"
        file.write_text("version: 1\nworkers: 1\n" + text)
        return file

    @contextlib.contextmanager
    def serving(self):
        with OriginServer() as origin:
            self.origin = origin
            threading.Thread(target=origin.serve_forever, daemon=True).start()
            limits = "limits: { body: 1GiB, connections_per_ip: 4096 }"
            tls = "certificates: [ { certificate: server.pem, key: server.key } ]"
            core = self.write("core", f"""listeners:
  plain: {{ address: "127.0.0.1:{self.core_plain}", {limits} }}
  secure: {{ address: "127.0.0.1:{self.core_secure}", {limits}, tls: {{ {tls} }} }}
upstreams: {{ web: {{ endpoints: ["http://127.0.0.1:{origin.server_address[1]}"], timeout: 60s }} }}
routes: [ {{ path: /**, to: web }} ]
""")
            ports = {"http": self.core_plain, "h2c": self.core_plain, "https": self.core_secure, "grpcs": self.core_secure}
            upstreams = "\n".join(f'  {wire}: {{ endpoints: ["{wire}://localhost:{port}"], tls: {{ ca: ca.pem }}, timeout: 60s }}'
                                  for wire, port in ports.items())
            routes = "\n".join(f"  - {{ path: /{wire}/**, to: {wire} }}" for wire in WIRES)
            edge = self.write("edge", f"""listeners:
  plain: {{ address: "127.0.0.1:{self.plain}", {limits} }}
  secure: {{ address: "127.0.0.1:{self.secure}", {limits}, tls: {{ {tls} }} }}
  mutual: {{ address: "127.0.0.1:{self.mutual}", {limits}, tls: {{ {tls}, clients: {{ ca: ca.pem }} }} }}
upstreams:
{upstreams}
  origin: {{ endpoints: ["http://127.0.0.1:{origin.server_address[1]}"] }}
  stranger: {{ endpoints: ["https://localhost:{self.core_secure}"] }}
routes:
{routes}
  - {{ path: /stranger, to: stranger }}
  - {{ path: /origin, to: origin }}
""")
            binary = find_binary()
            with Server("core", [binary, "serve", "-c", core], self.folder, port=self.core_plain), \
                    Server("edge", [binary, "serve", "-c", edge], self.folder, port=self.plain) as self.edge:
                yield self
            origin.shutdown()

    def curl(self, *arguments):
        command = ["curl", "-sS", "--max-time", "60", "--cacert", self.folder / "ca.pem",
                   "-w", "\n%{http_version} %{http_code} %{size_download}", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True)
        expect_holds(done.returncode == 0, f"curl ended with {done.returncode}: {done.stderr}")
        body, _, facts = done.stdout.rpartition("\n")
        version, status, size = facts.split()
        return body, version, int(status), int(size)


EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
# How a client reaches the edge: what curl is told, and the version that must come of it.
CLIENTS = {
    "HTTP/1.1": (["--http1.1"], "http", "1.1"),
    "h2c by prior knowledge": (["--http2-prior-knowledge"], "http", "2"),
    "h2c by upgrade": (["--http2"], "http", "2"),
    "HTTP/1.1 with TLS": (["--http1.1"], "https", "1.1"),
    "HTTP/2 with TLS": (["--http2"], "https", "2"),
}


def run(folder, report):
    with Wires(folder).serving() as wires:
        report.each((f"wires: {claim}", functools.partial(check, wires)) for claim, check in checks())


def checks():
    for client in CLIENTS:
        for wire in WIRES:
            yield f"{client} to {wire}", functools.partial(crosses, client, wire)
    for client in ("HTTP/1.1", "h2c by prior knowledge", "HTTP/2 with TLS"):
        yield f"100 MB through {client} in constant memory", functools.partial(large, client)
    yield from streams.checks(WIRES)
    yield from browser.checks(WIRES)
    yield "nghttp reads many streams", nghttp
    yield "h2load loses nothing, in the clear", functools.partial(h2load, "http")
    yield "h2load loses nothing, with TLS", functools.partial(h2load, "https")
    yield "httpx speaks HTTP/2", httpx
    yield "openssl is refused what is old, agrees on what is new", versions
    yield "a name for which there is no certificate is misdirected", misdirected
    yield "a service that nobody vouches for is not called", stranger
    yield "a client without a certificate is refused where one is asked for", mutual
    yield "certificates are reread on SIGHUP", reread


def address(wires, scheme, path=""):
    return f"{scheme}://localhost:{wires.plain if scheme == 'http' else wires.secure}{path}"


def crosses(client, wire, wires):
    options, scheme, version = CLIENTS[client]
    body, found, status, _ = wires.curl(*options, "-H", "X-Mixed: Value", address(wires, scheme, f"/{wire}/a?b=c"))
    expect((found, status), (version, 200), "version and status")
    seen = json.loads(body)
    expect(seen["path"], f"/{wire}/a?b=c", "path")
    expect(seen["fields"].get("x-mixed"), "Value", "field")
    body, found, status, _ = wires.curl(*options, "--data-binary", "hello", address(wires, scheme, f"/{wire}/"))
    expect((json.loads(body), status), ({"count": 5}, 200), "upload")


def large(client, wires):
    options, scheme, _ = CLIENTS[client]
    body = wires.folder / "large"
    if not body.exists():
        with open(body, "wb") as file:
            file.truncate(LARGE)
    for wire in WIRES:
        _, _, status, size = wires.curl(*options, "-o", "/dev/null", address(wires, scheme, f"/{wire}/large"))
        expect((status, size), (200, LARGE), f"download by {wire}")
        text, _, status, _ = wires.curl(*options, "-T", body, "-X", "POST", address(wires, scheme, f"/{wire}/"))
        expect((json.loads(text), status), ({"count": LARGE}, 200), f"upload by {wire}")
    resident = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{wires.edge.process.pid}/status").read_text())
    expect_holds(int(resident[1]) < 128 << 10, f"the gateway held {resident[1]} kB at most")


def nghttp(wires):
    urls = [address(wires, "http", f"/h2c/{number}") for number in range(20)]
    done = subprocess.run(["nghttp", "--stat", *urls], capture_output=True, text=True, timeout=60)
    expect(len(re.findall(r'"path": "/h2c/\d+"', done.stdout)), 20, "answers")


def h2load(scheme, wires):
    done = subprocess.run(["h2load", "-n", "5000", "-c", "4", "-m", "25", address(wires, scheme, "/h2c/x")],
                          capture_output=True, text=True, timeout=120)
    found = re.search(r"(\d+) succeeded, (\d+) failed", done.stdout)
    expect(found and found.groups(), ("5000", "0"), "succeeded and failed")


def httpx(wires):
    script = ("import httpx, sys\n"
              "with httpx.Client(http2=True, verify=sys.argv[1], timeout=30) as client:\n"
              "    answers = [client.post(sys.argv[2], content=b'x' * 100000) for _ in range(5)]\n"
              "print({(a.http_version, a.status_code, a.text) for a in answers})\n")
    done = subprocess.run([PYTHON, "-c", script, wires.folder / "ca.pem", address(wires, "https", "/grpcs/")],
                          capture_output=True, text=True, timeout=60)
    expect(done.stdout.strip() or done.stderr, "{('HTTP/2', 200, '{\"count\": 100000}')}", "answers")


def s_client(wires, *arguments):
    done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{wires.secure}", "-CAfile",
                           wires.folder / "ca.pem", *arguments], input=b"", capture_output=True, timeout=20)
    return (done.stdout + done.stderr).decode(errors="replace")


def versions(wires):
    for option in ("-tls1", "-tls1_1"):
        expect_holds("Cipher is (NONE)" in s_client(wires, option, "-cipher", "ALL:@SECLEVEL=0"), f"{option} was let in")
    expect_holds("Cipher is (NONE)" in s_client(wires, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"), "CBC was let in")
    for option, version in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
        text = s_client(wires, option, "-alpn", "h2,http/1.1", "-servername", "localhost")
        expect_holds("Verify return code: 0 (ok)" in text and version in text, f"{option}: {text[-800:]}")
        expect_holds("ALPN protocol: h2" in text, "no h2 by ALPN")
    expect_holds("no application protocol" in s_client(wires, "-alpn", "spdy/3"), "spdy was let in")


def misdirected(wires):
    target = ["--resolve", f"a.example.test:{wires.secure}:127.0.0.1", f"https://a.example.test:{wires.secure}/h2c/"]
    expect(wires.curl(*target)[2], 200, "a name that the wildcard is for")
    expect(wires.curl("-H", "Host: b.example.test", *target)[2], 200, "another one")
    for options in (["--http1.1"], ["--http2"]):
        expect(wires.curl(*options, "-H", "Host: elsewhere.test", *target)[2], 421, "a name that it is not for")


def stranger(wires):
    body, _, status, _ = wires.curl(address(wires, "http", "/stranger"))
    expect((status, json.loads(body)["reason"]), (503, "upstream.connect"), "status and reason")


def mutual(wires):
    url = f"https://localhost:{wires.mutual}/origin"
    refused = subprocess.run(["curl", "-sS", "--cacert", wires.folder / "ca.pem", url], capture_output=True, text=True)
    expect_holds(refused.returncode != 0, "it was let in")
    own = ["--cert", wires.folder / "client.pem", "--key", wires.folder / "client.key"]
    body, _, status, _ = wires.curl(*own, "-H", "X-Forwarded-Client-Cert: Subject=admin", url)
    expect(status, 200, "status")
    seen = json.loads(body)["fields"].get("x-forwarded-client-cert", "")
    expect_holds("CN=app" in seen.replace(" ", "") and "URI=spiffe://example.test/app" in seen and "admin" not in seen, seen)


def reread(wires):
    def serial():
        text = s_client(wires, "-servername", "localhost")
        found = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", text, re.S)
        return found and found[0]

    before = serial()
    wires.certify()
    os.kill(wires.edge.process.pid, signal.SIGHUP)
    for _ in range(100):
        if serial() != before:
            break
    expect_holds(serial() not in (None, before), "the certificate is still the old one")
