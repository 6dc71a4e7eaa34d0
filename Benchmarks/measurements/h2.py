"""HTTP/2 proxied to HTTP/1.1, 8 connections of 32 streams, beside nginx, HAProxy and Envoy."""
from contenders import load
from contenders.origin import Origin
from harness.case import WIDGET

PATH = "/api/v1/widgets/12345?expand=all"


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": ("application/json", WIDGET)}))
    bench.compare_cost("h2", {
        proxy.name: (proxy, lambda seconds, port=proxy.ports["http2"]: load.http2(port, PATH, seconds))
        for proxy in bench.proxies(origin.port)})
