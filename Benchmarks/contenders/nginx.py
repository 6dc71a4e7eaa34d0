from .environment import debian
from .process import CONNECTIONS, FILES
from .proxy import Proxy

COMMON = """worker_processes 1; daemon off; pid {folder}/{name}.pid; error_log {folder}/{name}.err crit;
worker_rlimit_nofile {files};
events {{ worker_connections {connections}; multi_accept on; }}
http {{
    access_log off; tcp_nodelay on; keepalive_requests 1000000000; keepalive_timeout 3600;
    http2_max_concurrent_streams 1000; client_max_body_size 0;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
"""
PROXY = """    upstream u {{ server 127.0.0.1:{upstream}; keepalive 600; keepalive_requests 1000000000; }}
    proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
    proxy_read_timeout 3600; proxy_send_timeout 3600; ssl_protocols TLSv1.3;
"""
SERVER = """    server {{
        listen 127.0.0.1:{port}{options} backlog=4096; {certificate}
        location / {{ proxy_pass http://u; proxy_set_header Connection ""; }}
        location /socket {{
            proxy_pass http://u; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
        }}
    }}
"""

def common(folder, name):
    return COMMON.format(folder=folder, name=name, connections=2 * CONNECTIONS, files=FILES)


class Nginx(Proxy):
    name = "nginx"

    def command(self):
        text = common(self.folder, self.name) + PROXY.format(upstream=self.upstream)
        options = {"http1": "", "http2": " http2", "ecdsa": " ssl http2", "rsa": " ssl http2"}
        for entrance, port in self.ports.items():
            path = self.certificates.get(entrance)
            certificate = f"ssl_certificate {path}.pem; ssl_certificate_key {path}.key;" if path else ""
            text += SERVER.format(port=port, options=options[entrance], certificate=certificate)
        return [debian("nginx", "nginx"), "-c", self.written("nginx.conf", text + "}\n")]
