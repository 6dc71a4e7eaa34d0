"""The gateway as a process under some tool, with one worker and one route."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from .case import ROOT
from .http2 import Conversation
from .upstream import Upstream, skip_message

CONFIGURATION = """version: 1
workers: 1
listeners:
  main: {{ address: "127.0.0.1:{port}" }}
upstreams:
  upstream: {{ {upstream} endpoints: ["{address}"] }}
routes:
  - {route}
"""
START_SECONDS = 60


@contextlib.contextmanager
def serving(case, tool=(), env=None, log=subprocess.DEVNULL):
    """The gateway serving `case` under the command `tool`: gives a connected client."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, Upstream(case.answer, case.media_type) as upstream:
        binary = stripped(folder)
        port = free_port()
        configuration = pathlib.Path(folder) / "dragoman.yaml"
        declared = f"{case.upstream}," if case.upstream else ""
        configuration.write_text(CONFIGURATION.format(
            port=port, upstream=declared, address=upstream.address, route=case.route))
        process = subprocess.Popen([*tool, binary, "serve", "-c", configuration], env={**os.environ, **(env or {})},
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            with Client(case, port, process) as client:
                yield client
        finally:
            end(process)


class Client:
    """Sends one request after the other, on one connection for as long as the gateway keeps it."""

    def __init__(self, case, port, process):
        self.case = case
        self.port = port
        self.process = process

    def __enter__(self):
        # A connection alone may be to a listener that is only being tried out.
        for _ in range(100):
            self.connect()
            with contextlib.suppress(ConnectionError):
                if self.exchange():
                    return self
            self.close()
            time.sleep(0.05)
        sys.exit("the gateway does not answer")

    def __exit__(self, *_):
        self.close()

    def connect(self):
        self.connection = connect(self.port, self.process)
        self.stream = self.connection.makefile("rb")
        if self.case.speaks_http2:
            self.conversation = Conversation(self.connection, self.stream, self.case.request)

    def close(self):
        # The one keeps the other open.
        self.stream.close()
        self.connection.close()

    def exchange(self):
        """One call. "" when it had no answer, else what that says about the connection."""
        if self.case.speaks_http2:
            block = self.conversation.call()
            if block is None:
                return ""
            # 200 is the eighth of HPACK's static table.
            self.check(block[0] == 0x88, block)
            return "keep-alive"
        self.connection.sendall(self.case.request)
        start = self.stream.peek(600)
        if not start:
            return ""
        self.check(start.startswith(b"HTTP/1.1 20"), start)
        return skip_message(self.stream)

    def check(self, is_good, answer):
        if not is_good:
            sys.exit(f"{self.case.name}: the gateway answered {answer[:600]!r}")

    def call(self, count):
        for _ in range(count):
            verdict = self.exchange()
            self.check(verdict != "", b"")
            if verdict == "close":
                self.close()
                self.connect()


def connect(port, process):
    end_time = time.monotonic() + START_SECONDS
    while time.monotonic() < end_time and process.poll() is None:
        with contextlib.suppress(OSError):
            connection = socket.create_connection(("127.0.0.1", port), 60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        time.sleep(0.05)
    sys.exit("the gateway does not start")


def end(process):
    """A gateway that is asked to end drains; one that does not is killed."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)


def binary():
    source = pathlib.Path(os.environ.get("DRAGOMAN", ROOT / ".build/release/dragoman"))
    if not source.exists():
        sys.exit("There is no gateway to measure: run `make build`, or name it in $DRAGOMAN.")
    return source


def stripped(folder):
    """A copy without debug information, at which valgrind gives up."""
    copy = pathlib.Path(folder) / "dragoman"
    shutil.copy(binary(), copy)
    subprocess.run(["strip", "--strip-debug", copy], check=True)
    return copy


def preloadable(name, folder):
    """A library of harness/ to load in front of the gateway's own."""
    library = pathlib.Path(folder) / f"{name}.so"
    source = pathlib.Path(__file__).resolve().parent / f"{name}.c"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
