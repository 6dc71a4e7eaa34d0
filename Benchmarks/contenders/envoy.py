import json

from . import environment
from .proxy import Proxy

FILTERS = "type.googleapis.com/envoy.extensions.filters"
MANY = 100_000


class Envoy(Proxy):
    name = "envoy"

    def command(self):
        listeners = [
            listener(port, "HTTP2" if entrance == "http2" else "AUTO", "u", certificate=self.certificates.get(entrance))
            for entrance, port in self.ports.items()]
        return command(self.written("envoy.json", configuration(listeners, [cluster("u", self.upstream)])))


def command(file):
    return [environment.envoy(), "-c", file, "--concurrency", "1", "--log-level", "off", "--disable-hot-restart"]


def configuration(listeners, clusters):
    return json.dumps({"static_resources": {"listeners": listeners, "clusters": clusters}}, indent=1)


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def listener(port, codec, to, filters=(), certificate=None):
    route = {"match": {"prefix": "/"}, "route": {"cluster": to, "timeout": "0s"}}
    router = filter_of("router", "envoy.extensions.filters.http.router.v3.Router", {"suppress_envoy_headers": True})
    manager = {
        "@type": f"{FILTERS}.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": str(port), "codec_type": codec, "use_remote_address": True, "generate_request_id": False,
        "upgrade_configs": [{"upgrade_type": "websocket"}],
        "route_config": {"virtual_hosts": [{"name": "v", "domains": ["*"], "routes": [route]}]},
        "http_filters": [*filters, router],
    }
    chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
    if certificate:
        chain["transport_socket"] = {"name": "envoy.transport_sockets.tls", "typed_config": secured(certificate)}
    return {"name": str(port), "address": address(port), "filter_chains": [chain]}


def filter_of(name, kind, options):
    return {"name": f"envoy.filters.http.{name}",
            "typed_config": {"@type": f"type.googleapis.com/{kind}", **options}}


def secured(path):
    pair = {"certificate_chain": {"filename": f"{path}.pem"}, "private_key": {"filename": f"{path}.key"}}
    return {
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        "common_tls_context": {
            "alpn_protocols": ["h2", "http/1.1"], "tls_certificates": [pair],
            "tls_params": {"tls_minimum_protocol_version": "TLSv1_3", "tls_maximum_protocol_version": "TLSv1_3"},
        },
    }


def cluster(name, port, http2=False):
    limits = {"max_connections": MANY, "max_pending_requests": MANY, "max_requests": MANY}
    endpoint = {"endpoint": {"address": address(port)}}
    found = {
        "name": name, "type": "STATIC", "connect_timeout": "5s", "circuit_breakers": {"thresholds": [limits]},
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    if http2:
        found["typed_extension_protocol_options"] = {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            },
        }
    return found
