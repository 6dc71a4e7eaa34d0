"""Load by wrk over HTTP/1.1 and by h2load over HTTP/2: how many requests were answered well."""
import concurrent.futures
import pathlib
import re
import tempfile

from harness.case import FIELDS

from .environment import debian
from .process import output

LUA = pathlib.Path(__file__).with_suffix(".lua")
HTTP1_CONNECTIONS = 48
HTTP2_CONNECTIONS, HTTP2_STREAMS = 8, 32


def http1(port, requests, seconds):
    """`requests` are the bytes that go over the wire, sent in turn."""
    with tempfile.NamedTemporaryFile() as file:
        for request in requests:
            file.write(b"%d\n%b" % (len(request), request))
        file.flush()
        text = output([debian("wrk", "wrk"), "-t1", f"-c{HTTP1_CONNECTIONS}", f"-d{seconds}s", "-s", LUA,
                       f"http://127.0.0.1:{port}", "--", file.name])
    for problem in re.findall(r"Socket errors.*|Non-2xx.*", text):
        print(f"  port {port}: {problem}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return int(re.search(r"(\d+) requests in", text)[1]) - int(refused[1] if refused else 0)


def http2(port, path, seconds, body=b"", fields=()):
    headers = [word for name, value in [*FIELDS[1:], *fields] for word in ("-H", f"{name.lower()}: {value}")]
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        text = output([debian("h2load", "nghttp2-client"), "-t1", f"-c{HTTP2_CONNECTIONS}", f"-m{HTTP2_STREAMS}",
                       f"-D{seconds}", *headers, *(["-d", file.name] if body else []),
                       f"http://127.0.0.1:{port}{path}"])
    failed = re.search(r"(\d+) failed, (\d+) errored", text)
    if int(failed[1]) + int(failed[2]):
        print(f"  port {port}: {failed[0]}")
    return int(re.search(r"status codes: (\d+) 2xx", text)[1])


def handshakes(port, seconds, processes=4):
    """Full TLS 1.3 handshakes, by some processes of OpenSSL at once."""
    command = [debian("openssl", "openssl"), "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-tls1_3",
               "-time", str(seconds)]
    with concurrent.futures.ThreadPoolExecutor(processes) as pool:
        # It fails with the first handshake that does, as one that a limit refuses.
        texts = list(pool.map(lambda _: output(command), range(processes)))
    counts = [re.search(r"(\d+) connections in \d+ real seconds", text) for text in texts]
    if not all(counts):
        raise RuntimeError(f"s_time has counted nothing:\n{texts[0][-1000:]}")
    return sum(int(count[1]) for count in counts)
