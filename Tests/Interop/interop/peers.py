"""The SOAP stacks: ext-soap, gSOAP and spyne. And zeep, which says that they are right."""
import contextlib
import functools
import os
import pathlib
import subprocess
import urllib.request

from .environment import GSOAP, HERE, PYTHON, WSDL
from .process import Server, free_port
from .report import expect


class Peers:
    """All peers, running. `address` knows what the gateway calls, `contracts` the WSDL that goes with it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        with self.stack:
            self.start()
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *failure):
        return self.stack.__exit__(*failure)

    def start(self):
        run = lambda *server, **more: self.stack.enter_context(Server(*server, self.folder, **more))
        port = free_port()
        env = {**os.environ, "INTEROP_WSDL": str(WSDL)}
        php = run("php", ["php", "-S", f"127.0.0.1:{port}", HERE / "peers/php/server.php"], env=env, port=port)
        spyne = run("spyne", [PYTHON, "-W", "ignore", HERE / "peers/spyne/server.py"])
        gsoap = {version: run(f"gsoap-{version}", [GSOAP / version / "server"]) for version in ("1.1", "1.2")}
        self.php = f"http://127.0.0.1:{php.port}"
        self.upstreams = {}
        for version in ("1.1", "1.2"):
            plain = version.replace(".", "")
            self.add(f"bank{plain}", WSDL / "bank.wsdl", f"{self.php}/bank", version)
            self.add(f"php{plain}", WSDL / "interop/types.wsdl", f"{self.php}/types", version)
            self.add(f"gsoap{plain}", WSDL / "interop/types.wsdl", f"http://127.0.0.1:{gsoap[version].port}/", version)
            spyne_address = f"http://127.0.0.1:{spyne.port}/soap{plain}/"
            self.add(f"shop{plain}", self.fetch(f"{spyne_address}?wsdl", f"shop{plain}.wsdl"), spyne_address, version)
        self.add("ledger", WSDL / "interop/ledger.wsdl", f"{self.php}/ledger", "1.1")
        self.add("broken", WSDL / "interop/types.wsdl", f"{self.php}/broken", "1.1")
        self.add("absent", WSDL / "interop/types.wsdl", f"http://127.0.0.1:{free_port()}/", "1.1")

    def add(self, name, contract, address, version):
        self.upstreams[name] = (contract, address, version)

    def fetch(self, address, name):
        """Keeps the WSDL that a server writes of itself."""
        path = self.folder / name
        with urllib.request.urlopen(address, timeout=20) as answer:
            path.write_bytes(answer.read())
        return path


def check(servers, report):
    """zeep calls every peer: a failure here is the peer's, not the gateway's."""
    names = [name for name in servers.upstreams if name not in ("broken", "absent")]
    report.each((f"zeep and {name} agree", functools.partial(call_with_zeep, *servers.upstreams[name], name))
                for name in names)


def call_with_zeep(contract, address, version, name):
    command = [PYTHON, "-W", "ignore", HERE / "peers/zeep_client.py", contract, address, version, name.rstrip("12")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    expect(done.stdout.strip()[-2000:], "agreed", "zeep")
