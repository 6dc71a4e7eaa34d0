"""A server in a process of its own: started, measured, ended for certain."""
import contextlib
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from harness.gateway import free_port

START_SECONDS, END_SECONDS = 20, 3
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
# What is measured has a core of its own, all else another; on a machine with one core both share it.
MEASURED_CORE, OTHER_CORE = CORES[0], CORES[-1]
# Half of them for clients, half for the upstream.
FILES = min(20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
CONNECTIONS = FILES // 2 - 500


class Missing(Exception):
    """A program is not installed; says how to get it."""


def program(name, remedy, at=None):
    found = at or shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin")
    if not found or not os.path.exists(found):
        raise Missing(f"{name} is not there: {remedy}")
    return str(found)


class Process:
    """Started when entered, killed when left. Serves when its ports take connections and the first one answers."""

    name = "server"
    core = MEASURED_CORE

    def __init__(self, folder, entrances):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=folder))
        # nginx, started by root, is nobody who reads.
        self.folder.chmod(0o755)
        self.ports = {entrance: free_port() for entrance in entrances}

    def written(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def command(self):
        """Writes the configuration; what to run for it."""
        raise NotImplementedError

    def __enter__(self):
        command = ["taskset", "-c", str(self.core), *map(str, self.command())]
        self.log = self.folder / f"{self.name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)
        try:
            self.wait_until_it_serves()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # Asked first, so that a parent takes leave of its children.
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, sign)
                self.process.wait(END_SECONDS)
        self.process.wait()

    def wait_until_it_serves(self):
        end = time.monotonic() + START_SECONDS
        for number, port in enumerate(self.ports.values()):
            while not (answers(port) if number == 0 else accepts(port)):
                self.pause(end, 0.02)

    def pause(self, end, seconds):
        """Before the next look whether it serves, unless it never will."""
        if time.monotonic() > end or self.process.poll() is not None:
            log = self.log.read_text(errors="replace")[-3000:]
            raise RuntimeError(f"{self.name} does not start:\n{log}")
        time.sleep(seconds)

    # MARK: What it took

    @property
    def proc(self):
        return pathlib.Path(f"/proc/{self.process.pid}")

    def family(self):
        """The process and its children, as nginx has them."""
        found, open_ends = [], [self.process.pid]
        while open_ends:
            pid = open_ends.pop()
            found.append(pid)
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                open_ends += map(int, (task / "children").read_text().split())
        return found

    def cpu_seconds(self):
        """User and system time until now; counts to a hundredth of a second."""
        ticks = 0
        for pid in self.family():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def kibibytes(self, kind):
        """Memory, as "Rss", "Pss" or "Pss_Anon" count it."""
        rollups = (pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.family())
        lines = (line for text in rollups for line in text.splitlines() if line.startswith(f"{kind}:"))
        return sum(int(line.split()[1]) for line in lines)


def use_other_core():
    """For this process and what it starts, but for what is measured."""
    os.sched_setaffinity(0, {OTHER_CORE})


def use_all_cores():
    os.sched_setaffinity(0, CORES)


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def answers(port):
    """Any answer to HTTP/1.1 will do: a connection alone may be to a listener that is only being tried out."""
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            connection.settimeout(2)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(5) == b"HTTP/"
    except OSError:
        return False


def output(command, folder=None, allowed=(0,)):
    """What a program prints to its end."""
    done = subprocess.run(list(map(str, command)), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode not in allowed:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout[-2000:]}")
    return done.stdout
