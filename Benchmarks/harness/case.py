"""The calls that are counted."""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "Benchmarks/Samples"

# What a browser sends with every request.
FIELDS = [
    ("Host", "api.example.com"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
    ("Accept", "application/json, text/plain, */*"),
    ("Accept-Language", "en-GB,en;q=0.7,de;q=0.3"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("Authorization", "Bearer 5b1c0e7a9d3f4c62a8e15d7f90b2c4e6"),
    ("Cache-Control", "no-cache"),
]
WIDGET = json.dumps({"id": 12345, "name": "widget", "tags": ["a", "b"], "price": 19.99, "text": "x" * 120}).encode()


class Case:
    """One kind of call: what the client sends, what the upstream answers, the route between them.

    The request is the bytes of one, or, in HTTP/2, its fields.
    """

    def __init__(self, name, request, answer, media_type, upstream, route, speaks_http2=False):
        self.name = name
        self.speaks_http2 = speaks_http2
        self.request = request
        self.answer = answer
        self.media_type = media_type
        self.upstream = upstream
        self.route = route


def request(method, path, body=b"", fields=()):
    fields = [*FIELDS, *fields] + ([("Content-Length", str(len(body)))] if body else [])
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return head.encode() + body


def soap(name, method, path, route):
    call = json.dumps({"AccountId": "9007199254740993", "Verbose": True}).encode()
    return Case(
        name, request(method, path, call if method == "POST" else b"", [("Content-Type", "application/json")]),
        (SAMPLES / "GetAccountResponse.xml").read_bytes(), "text/xml; charset=utf-8",
        f'contract: "{ROOT}/wsdl/bank.wsdl", soap: {{ version: "1.1" }}', route)


CASES = [
    # Plain proxying, bytes untouched.
    Case("proxy", request("GET", "/api/v1/widgets/12345?expand=all"), WIDGET, "application/json", "",
         "{ path: /**, to: upstream }"),
    # The same over HTTP/2, to the same upstream.
    Case("proxy-h2", [(":method", "GET"), (":scheme", "http"), (":authority", FIELDS[0][1]),
                      (":path", "/api/v1/widgets/12345?expand=all"),
                      *((name.lower(), value) for name, value in FIELDS[1:])],
         WIDGET, "application/json", "", "{ path: /**, to: upstream }", speaks_http2=True),
    # The same bytes as rest-soap's, untouched: what translation is compared with.
    Case("proxy-soap", request("POST", "/bank", b"x" * 300), (SAMPLES / "GetAccountResponse.xml").read_bytes(),
         "text/xml; charset=utf-8", "", "{ path: /**, to: upstream }"),
    # JSON in, SOAP behind, 2 KB of XML back as JSON.
    soap("rest-soap", "POST", "/bank/get-account", "{ expose: upstream.*, under: /bank }"),
]


def chosen(names):
    return [case for case in CASES if not names or case.name in names]
