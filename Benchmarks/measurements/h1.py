"""HTTP/1.1 proxied to HTTP/1.1, beside nginx, HAProxy and Envoy."""
from contenders import load
from contenders.origin import Origin
from harness.case import WIDGET, request

REQUEST = request("GET", "/api/v1/widgets/12345?expand=all")


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": ("application/json", WIDGET)}))
    bench.compare_cost("h1", {
        proxy.name: (proxy, lambda seconds, port=proxy.ports["http1"]: load.http1(port, [REQUEST], seconds))
        for proxy in bench.proxies(origin.port)})
