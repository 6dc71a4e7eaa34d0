"""A proxied request with 10 000 routes, all of them called in turn, beside one with 10."""
from contenders import load
from contenders.gateway import Gateway
from contenders.origin import Origin
from harness.case import WIDGET, request

MANY, FEW = 10_000, 10


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": ("application/json", WIDGET)}))
    loads = {}
    for name, count in (("gateway", MANY), (f"{FEW} routes", FEW)):
        names = [f"service-{number:05}" for number in range(count)]
        gateway = bench.start(Gateway(
            bench.folder, origin.port, routes=[{"path": f"/{name}/widgets/:id", "to": "upstream"} for name in names]))
        requests = [request("GET", f"/{name}/widgets/12345?expand=all") for name in names]
        loads[name] = (gateway, lambda seconds, port=gateway.ports["http1"], requests=requests: load.http1(
            port, requests, seconds))
    bench.compare_cost("routes", loads)
