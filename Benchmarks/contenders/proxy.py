"""What all proxies have: one worker, an upstream, and an entrance for every way to come in."""
from .process import Process

ENTRANCES = ["http1", "http2"]


class Proxy(Process):
    def __init__(self, folder, upstream, certificates=()):
        """`upstream` is the port that everything goes to. Each kind of certificate gets an entrance of TLS 1.3, with
        HTTP/2 and HTTP/1.1 by ALPN."""
        super().__init__(folder, [*ENTRANCES, *certificates])
        self.upstream = upstream
        self.certificates = dict(certificates)
