"""What stands behind the proxies: nginx with answers that are ready, fast enough not to be waited for."""
from .environment import debian
from .nginx import common
from .process import OTHER_CORE, Process

# nginx reads no longer words of its configuration; longer answers are files.
LONGEST_WORD = 4000
PLAIN = "etag off; max_ranges 0; server_tokens off; add_header Last-Modified \"\"; open_file_cache max=100; types { }\n"
HTTP1 = "server {{ listen 127.0.0.1:{port} backlog=4096; root {root};\n{locations}}}\n"
# A body is read before it is answered, as a service does. An answer that may be replaced in has no Content-Length, as
# that of a service.
HTTP2 = """add_trailer grpc-status 0; default_type application/grpc; sub_filter_types *; sub_filter "no such text" "";
server {{ listen 127.0.0.1:{alive}; location / {{ return 204; }} }}
server {{ listen 127.0.0.1:{port} http2 backlog=4096; root {root};
location /read {{ internal; return 204; }}
{locations}}}
"""
# A file is no answer to POST; as the page of that error it is.
FILE = """location = {path} {{ alias {file}; {more} error_page 405 =200 /{file.name}; }}
location = /{file.name} {{ {options} }}
"""


class Origin(Process):
    """Answers every HTTP/1.1 request; `answers` are (media type, body) by path, of which "/" is for all others."""

    name = "origin"
    core = OTHER_CORE
    entrances = ["http1"]

    def __init__(self, folder, answers):
        super().__init__(folder, self.entrances)
        self.answers = answers

    @property
    def port(self):
        return self.ports["http1"]

    def command(self):
        text = common(self.folder, self.name) + PLAIN + self.servers() + "}\n"
        return [debian("nginx", "nginx"), "-c", self.written("origin.conf", text)]

    def servers(self):
        locations = "".join(self.location(path, *answer) for path, answer in self.answers.items())
        return HTTP1.format(port=self.port, root=self.folder, locations=locations)

    def location(self, path, media_type, body):
        kind = f'default_type "{media_type}";'
        if len(body) > LONGEST_WORD:
            return self.file(path, body, more=kind, options=kind)
        text = body.decode().replace("\\", "\\\\").replace("'", "\\'")
        return f"location {path} {{ {kind} return 200 '{text}'; }}\n"

    def file(self, path, body, more="", options=""):
        file = self.folder / path.strip("/").replace("/", "-")
        file.write_bytes(body)
        return FILE.format(path=path, file=file, more=more, options=options)


class GRPCOrigin(Origin):
    """Answers gRPC methods; `answers` are lists of messages by path. Every message is a DATA frame of its own."""

    name = "grpc-origin"
    entrances = ["alive", "http2"]

    @property
    def port(self):
        return self.ports["http2"]

    def servers(self):
        locations = ""
        for path, messages in self.answers.items():
            frames = [framed(message) for message in messages]
            locations += self.file(path, b"".join(frames), "mirror /read;", f"http2_chunk_size {len(frames[0])};")
        return HTTP2.format(port=self.port, alive=self.ports["alive"], root=self.folder, locations=locations)


def framed(message):
    return b"\0" + len(message).to_bytes(4, "big") + message
