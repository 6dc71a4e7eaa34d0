"""The gateway, configured as a user would but for the limits, which must not end a measurement."""
import functools
import json
import subprocess

from harness import gateway

from .process import CONNECTIONS
from .proxy import Proxy


class Gateway(Proxy):
    """Without more, a proxy of every path; `routes` and `upstreams` are those of dragoman.yaml."""

    name = "gateway"

    def __init__(self, folder, upstream=None, certificates=(), routes=None, upstreams=None):
        super().__init__(folder, upstream, certificates)
        self.routes = routes or [{"path": "/**", "to": "upstream"}]
        self.upstreams = upstreams or {"upstream": {"endpoints": [f"http://127.0.0.1:{upstream}"]}}

    def command(self):
        listeners = {}
        for entrance, port in self.ports.items():
            path = self.certificates.get(entrance)
            listeners[entrance] = {"address": f"127.0.0.1:{port}", "limits": limits(), "timeouts": {"idle": "1h"}}
            if path:
                pair = {"certificate": f"{path}.pem", "key": f"{path}.key"}
                listeners[entrance]["tls"] = {"certificates": [pair], "minimum": "1.3"}
        return [gateway.binary(), "serve", "-c", self.written("dragoman.yaml", self.configuration(listeners))]

    def configuration(self, listeners):
        # JSON is YAML, too.
        return json.dumps({"version": 1, "workers": 1, "listeners": listeners, "upstreams": self.upstreams,
                           "routes": self.routes}, indent=1)


@functools.cache
def limits():
    """A client that is one for thousands must be let in: what counts connections, requests and handshakes is raised."""
    schema = json.loads(subprocess.run([gateway.binary(), "schema"], capture_output=True, check=True).stdout)
    known = schema["properties"]["listeners"]["additionalProperties"]["properties"]["limits"]["properties"]
    raised = {"connections": CONNECTIONS, "connections_per_ip": CONNECTIONS, "requests": 1_000_000_000}
    for name, limit in known.items():
        if "handshake" in name:
            choices = limit.get("anyOf", [limit])
            raised[name] = next((choice["maximum"] for choice in choices if "maximum" in choice), 1_000_000)
    return {name: value for name, value in raised.items() if name in known}
