"""REST to SOAP to REST with a reply of 2 KB, beside the same bytes proxied by the same gateway."""
from contenders import load
from contenders.gateway import Gateway
from contenders.origin import Origin
from harness.case import CASES, ROOT, request

SOAP = next(case for case in CASES if case.name == "rest-soap")


def run(bench):
    origin = bench.start(Origin(bench.folder, {"/": (SOAP.media_type, SOAP.answer)}))
    endpoints = [f"http://127.0.0.1:{origin.port}"]
    gateway = bench.start(Gateway(
        bench.folder,
        upstreams={"bank": {"contract": f"{ROOT}/wsdl/bank.wsdl", "endpoints": endpoints, "soap": {"version": "1.1"}},
                   "plain": {"endpoints": endpoints}},
        routes=[{"expose": "bank.*", "under": "/bank"}, {"path": "/plain", "to": "plain"}]))
    # As large as the SOAP request that the gateway makes.
    plain = request("POST", "/plain", b"x" * 300, [("Content-Type", "text/xml")])
    bench.compare_cost("soap", {
        name: (gateway, lambda seconds, message=message: load.http1(gateway.ports["http1"], [message], seconds))
        for name, message in {"gateway": SOAP.request, "plain proxy": plain}.items()})
