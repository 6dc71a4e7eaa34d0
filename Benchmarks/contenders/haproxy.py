from .environment import debian
from .process import CONNECTIONS
from .proxy import Proxy

COMMON = """global
  maxconn {connections}
  nbthread 1
  ssl-default-bind-options ssl-min-ver TLSv1.3
defaults
  mode http
  maxconn {connections}
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  timeout http-keep-alive 1h
  option forwardfor
  http-reuse always
backend u
  server s 127.0.0.1:{upstream} pool-max-conn 1000
"""
FRONTEND = """frontend {entrance}
  bind 127.0.0.1:{port} {options}
  default_backend u
"""


class HAProxy(Proxy):
    name = "haproxy"

    def command(self):
        text = COMMON.format(upstream=self.upstream, connections=CONNECTIONS)
        options = {"http1": "", "http2": "proto h2"}
        for entrance, port in self.ports.items():
            path = self.certificates.get(entrance)
            secure = f"ssl crt {path}.both alpn h2,http/1.1"
            text += FRONTEND.format(entrance=entrance, port=port, options=secure if path else options[entrance])
        return [debian("haproxy", "haproxy"), "-db", "-f", self.written("haproxy.cfg", text)]
