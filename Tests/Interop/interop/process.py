"""A server in a process of its own, ended for certain."""
import contextlib
import http.client
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time

from .report import Mismatch

START_SECONDS = 20


class Server:
    """Started when entered; ended when left, however that happens."""

    def __init__(self, name, command, folder, env=None, port=None, speaks_http1=True):
        """`port` is where it will listen; without it the server prints the port that it chose as its first line, which
        must be when it serves if it does not speak HTTP/1."""
        self.speaks_http1 = speaks_http1
        self.name = name
        self.command = [str(word) for word in command]
        self.env = env
        self.port = port
        self.log = pathlib.Path(folder) / f"{name}.log"

    def __enter__(self):
        prints_port = self.port is None
        with open(self.log, "wb") as log:
            output = subprocess.PIPE if prints_port else log
            self.process = subprocess.Popen(self.command, env=self.env, stdout=output, stderr=log,
                                            stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            if prints_port:
                self.port = self.read_port()
            if self.speaks_http1:
                self.wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def read_port(self):
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        line = self.process.stdout.readline().strip() if ready else b""
        if not line.isdigit():
            raise RuntimeError(f"{self.name} does not start:\n{self.tail()}")
        return int(line)

    def wait_until_it_answers(self):
        """Any answer will do: a connection alone may be to a listener that is only being tried out."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
            try:
                connection.request("GET", "/")
                connection.getresponse().read()
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            finally:
                connection.close()
        raise RuntimeError(f"{self.name} does not start:\n{self.tail()}")

    def expect_log(self, text, count=1, seconds=START_SECONDS):
        """Waits until the log has `text` at least so often; `tail` is told by the kernel when a file grows."""
        end, log, wanted = time.monotonic() + seconds, b"", text.encode()
        with subprocess.Popen(["tail", "-c", "+1", "-f", self.log], stdout=subprocess.PIPE) as growth:
            try:
                while (found := log.count(wanted)) < count:
                    ready, _, _ = select.select([growth.stdout], [], [], max(0, end - time.monotonic()))
                    if not (piece := os.read(growth.stdout.fileno(), 65536) if ready else b""):
                        raise Mismatch(f"{self.name} says {text!r} {found} times instead of {count}:\n{self.tail()}")
                    log += piece
            finally:
                growth.kill()

    def tail(self):
        return self.log.read_text(errors="replace")[-4000:]

    def log_excerpt(self):
        """The end of the log; of a crash, what it was and where."""
        text = self.log.read_text(errors="replace")
        causes = re.findall(r"(?m)^.*(?:Fatal error|Program crashed|Sanitizer: ).*$", text)
        place = re.search(r"(?m)^Thread .* crashed:\n(?:.*\n){1,24}", text)
        return "\n".join([*causes[:3], place[0]]) if place else text[-4000:]

    def stop(self):
        """Asks the process and its children, then insists."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, sign)
                self.process.wait(3)
        if self.process.stdout:
            self.process.stdout.close()


def free_port():
    """A port that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
