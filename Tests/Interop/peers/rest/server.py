"""A REST service of protos/interop/warehouse.proto that knows nothing of protobuf. Prints its port."""
import http.server
import json
import re
import urllib.parse

ITEM = {"number": "9007199254740993", "kind": "CRATE", "tags": ["a", ""], "counts": {"x": -1},
        "size": {"height": 0.5}, "packed": "2026-02-28T23:59:59.500Z", "limit": 0, "seal": "AP8="}
INFO = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "EMPTY", "domain": "warehouse",
        "metadata": {"shelf": "1"}}
FAILURES = {
    "status": (404, "application/json", {"error": {"code": 404, "message": "ümlaut", "status": "NOT_FOUND",
                                                   "details": [INFO]}}),
    "gateway": (409, "application/json", {"code": 6, "message": "twice", "details": [INFO]}),
    "connect": (400, "application/json", {"code": "failed_precondition", "message": "locked", "details": [
        {"type": "interop.warehouse.v1.Count", "value": "CAc"}, {"type": "nowhere.v1.Unknown", "value": "CAc"}]}),
    "problem": (403, "application/problem+json", {"title": "Forbidden", "status": 403, "detail": "not yours"}),
    "page": (500, "text/html; charset=utf-8", "<h1>sorry</h1>"),
    "busy": (429, "text/plain", "slow down"),
}


class Warehouse(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        path, _, query = self.path.partition("?")
        query = urllib.parse.parse_qs(query, keep_blank_values=True)
        for method, pattern, answer in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == self.command:
                return answer(self, urllib.parse.unquote(found[1]) if found.groups() else "", query)
        self.reply({"unexpected": self.requestline}, status=500)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = serve

    def body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            pieces = []
            while size := int(self.rfile.readline(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def reply(self, value, status=200, kind="application/json", fields=()):
        body = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        for name, content in [("Content-Type", kind), ("Content-Length", str(len(body))), *fields]:
            self.send_header(name, content)
        self.end_headers()
        self.wfile.write(body)

    # One for every operation.

    def get_item(self, name, query):
        seen = f"{self.headers.get('X-Mine', '')}|{self.headers.get('X-Request-Timeout', '')}"
        self.reply({"name": name, **ITEM}, fields=[("X-Seen", seen), ("ETag", '"1"')])

    def get_number(self, number, query):
        self.reply({"name": f"by number {number}", "colour": "unknown to the contract"})

    def list_items(self, shelf, query):
        self.reply([{"name": shelf, "tags": sorted(f"{name}={value}" for name, values in query.items() for value in values)}])

    def add_item(self, shelf, query):
        self.reply({"name": shelf, "tags": [self.body().decode(), self.headers.get("Content-Type", ""), json.dumps(query)]})

    def move_item(self, name, query):
        self.reply({"name": name, "tags": [self.body().decode()]})

    def delete_item(self, name, query):
        self.send_response(204)
        self.end_headers()

    def watch_items(self, form, query):
        kind = {"lines": "application/x-ndjson", "events": "text/event-stream", "array": "application/json"}[form]
        self.send_response(200)
        for name, value in [("Content-Type", kind), ("Transfer-Encoding", "chunked")]:
            self.send_header(name, value)
        self.end_headers()
        for number in range(int(query["count"][0])):
            item = json.dumps({"number": number}).encode()
            if form == "array":
                item = (b"[" if number == 0 else b",") + item
            self.chunk(item + b"\n" if form != "events" else b"data: " + item + b"\n\n")
        if "fail" in query:
            error = {"code": 15, "message": "broken"}
            self.chunk({"lines": json.dumps({"error": error}).encode() + b"\n",
                        "events": b"event: error\ndata: " + json.dumps(error).encode() + b"\n\n",
                        "array": b"," + json.dumps({"error": error}).encode() + b"]"}[form])
        elif form == "array":
            self.chunk(b"]")
        self.wfile.write(b"0\r\n\r\n")

    def chunk(self, piece):
        self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.wfile.flush()

    def import_items(self, _, query):
        lines = self.body().splitlines()
        self.reply({"count": sum(int(json.loads(line)["number"]) for line in lines),
                    "contentType": self.headers.get("Content-Type", "")})

    def get_label(self, name, query):
        self.reply(b"\x89PNG\x00\xff", kind="image/png")

    def set_label(self, name, query):
        self.reply({"count": len(self.body()), "content_type": self.headers.get("Content-Type", "")})

    def fail(self, form, query):
        status, kind, value = FAILURES[form]
        self.reply(value, status=status, kind=kind, fields=[("X-Trouble", form), ("Retry-After", "7")])

    def echo(self, _, query):
        self.reply(self.body())

    def log_message(self, *_):
        pass


ITEMS = "/v1/(shelves/[^/]+/items/[^/:]+)"
ROUTES = [
    ("GET", ITEMS, Warehouse.get_item),
    ("GET", "/v1/items/([^/]+)", Warehouse.get_number),
    ("GET", "/v1/(shelves/[^/]+)/items", Warehouse.list_items),
    ("POST", "/v1/(shelves/[^/]+)/items", Warehouse.add_item),
    ("PATCH", ITEMS, Warehouse.add_item),
    ("POST", ITEMS + ":move", Warehouse.move_item),
    ("DELETE", ITEMS, Warehouse.delete_item),
    ("GET", "/v1/watch/([a-z]+)", Warehouse.watch_items),
    ("POST", "/v1/items:import", Warehouse.import_items),
    ("GET", ITEMS + "/label", Warehouse.get_label),
    ("PUT", ITEMS + "/label", Warehouse.set_label),
    ("GET", "/v1/failures/([a-z]+)", Warehouse.fail),
    ("POST", "/interop.warehouse.v1.Warehouse/Echo", Warehouse.echo),
    ("GET", "/", lambda self, *_: self.reply({})),
]

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Warehouse)
print(server.server_address[1], flush=True)
server.serve_forever()
