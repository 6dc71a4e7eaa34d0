"""Full TLS 1.3 handshakes per second of the server's CPU, with ECDSA P-256 and RSA 2048."""
from contenders import environment, load
from contenders.origin import Origin

from .bench import cost


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": ("text/plain", b"")}))
    certificates = environment.certificates(bench.folder)
    proxies = bench.proxies(origin.port, certificates)
    for kind in certificates:
        bench.compare(f"handshakes-{kind}", "handshakes per CPU second", {
            proxy.name: lambda seconds, proxy=proxy: 1 / cost(
                proxy, lambda time: load.handshakes(proxy.ports[kind], time), seconds)
            for proxy in proxies})
