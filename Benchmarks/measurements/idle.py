"""Memory of a connection that has done one exchange and is idle, beside nginx, HAProxy and Envoy."""
from contenders import environment
from contenders.connections import Connections
from contenders.gateway import Gateway
from contenders.origin import Origin
from contenders.sockets import SocketOrigin

from .bench import PROXIES

# By the kind of connection the entrance that takes it.
KINDS = {"h1": "http1", "tls-h1": "ecdsa", "h2c": "http2", "tls-h2": "ecdsa", "websocket": "http1"}


def run(bench):
    certificates = environment.certificates(bench.folder)
    origin = bench.start(Origin(bench.folder, {"/": ("text/plain", b"")}))
    sockets = bench.start(SocketOrigin())
    many = {"endpoints": [f"http://127.0.0.1:{sockets.port}"], "circuit": {"connections": 100_000, "requests": 100_000}}
    for kind, entrance in KINDS.items():
        upstream = sockets if kind == "websocket" else origin
        figures = {}
        for contender in PROXIES:
            more = {"upstreams": {"upstream": many}} if contender is Gateway and upstream is sockets else {}
            # A process of its own for each figure: what another kind has left would be used again.
            with bench.alone(contender, upstream.port, certificates, **more) as proxy:
                if proxy:
                    figure = per_connection(proxy, kind, proxy.ports[entrance], bench.options.connections)
                    figures[proxy.name] = [figure]
        bench.results.add(f"idle-{kind}", f"KiB (anonymous PSS) of each of {bench.options.connections} idle connections", figures)


def per_connection(proxy, kind, port, count):
    """Of the memory that is no file's: whether others map a file, too, would count for PSS as a whole."""
    with Connections(port, kind) as connections:
        # What is made once is made before.
        connections.open(1)
        before = proxy.kibibytes("Pss_Anon")
        connections.open(count)
        return (proxy.kibibytes("Pss_Anon") - before) / count
