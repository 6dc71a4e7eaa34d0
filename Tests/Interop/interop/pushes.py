"""The admin API of a gateway with two workers: messages pushed to clients of `websockets` by urllib and curl."""
import contextlib
import functools
import json
import pathlib
import subprocess

from .environment import HERE, PYTHON
from .gateway import find_binary
from .process import Server, free_port
from .report import expect, expect_holds

TOKEN = "s3cret-token"

# What the client must see, by its own name for it.
SEEN = {
    "no token": [401, "Bearer realm=\"admin\""],
    "wrong token": [401, "admin.wrong_token"],
    "health": [[200, "alive\n"], [200, "ready\n"]],
    "each socket by its name": True,
    "sockets on both workers": 2,
    "text and binary": ["grüße", [0, 255]],
    "written": [200, "now"],
    "Amazon's address": [200, "as text"],
    "by HTTP/2": ["202", "by curl"],
    "the list": [20, 20],
    "one socket": ["open", "routes[0]", "127.0.0.1", "ada", ["news"], True],
    "a group": [{"group": "news", "connections": 20, "sent": 20, "refused": 0}, 20],
    "a user": [{"user": "ada", "connections": 20, "sent": 20, "refused": 0}, 20],
    "while it is being decided": [409, "1", "connecting", 202, "welcome"],
    "a forged name": [404, "websocket.unknown"],
    "not UTF-8": [400, "request.not_text"],
    "too long": [413, 413],
    "closed": [204, 4001, "go away", 410, 4001],
    "closed by the client": [410, 1000],
    "a user is closed": [{"user": "ada", "connections": 19}, [3000] * 19],
    "a slow client": [429, "websocket.full", "1", True, True],
    "draining": 503,
}


def run(folder, report):
    with serving(pathlib.Path(folder)) as arguments:
        seen = calls(arguments)
    report.each((f"pushes: {name}", functools.partial(expect, seen.get(name), wanted, name))
                for name, wanted in SEEN.items())


@contextlib.contextmanager
def serving(folder):
    echo = subprocess.Popen([PYTHON, HERE / "peers/websocket/echo.py"], stdout=subprocess.PIPE, text=True)
    try:
        _, web = echo.stdout.readline().split()
        port, admin = free_port(), free_port()
        file = folder / "pushes.yaml"
        file.write_text(configuration(port, admin, web))
        with Server("gateway-pushes", [find_binary(), "serve", "-c", file], folder, port=port) as server:
            yield port, admin, web, TOKEN, server.process.pid
    finally:
        echo.kill()
        echo.wait()


def configuration(port, admin, web):
    return f"""version: 1
workers: 2
listeners: {{ main: {{ address: "127.0.0.1:{port}" }} }}
admin: {{ address: "127.0.0.1:{admin}", token: {TOKEN} }}
upstreams:
  web: {{ endpoints: ["http://127.0.0.1:{web}"] }}
routes:
  - {{ websocket: /live, user: query.user, default: {{ to: web, path: /order }}, socket: {{ message: 256KiB, queue: 256KiB }} }}
  - {{ websocket: /held, connect: {{ to: web, path: /held }}, default: {{ to: web }} }}
"""


def calls(arguments):
    done = subprocess.run([PYTHON, HERE / "peers/websocket/push.py", *map(str, arguments)], capture_output=True,
                          text=True, timeout=120)
    expect_holds(done.returncode == 0, f"the client ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
