"""REST to gRPC, gRPC to gRPC, a stream to SSE, gRPC to REST, beside Envoy's transcoders."""
import http.client
import json

from contenders import load, orders
from contenders.gateway import Gateway
from contenders.origin import GRPCOrigin, Origin, framed
from contenders.transcoder import Transcoder
from harness.case import request

STREAM_MESSAGES = 100
GRPC_FIELDS = [("content-type", "application/grpc"), ("te", "trailers")]
JSON_FIELDS = [("Content-Type", "application/json")]
WATCH = "/v1/orders/7/changes"


def run(bench):
    small, large = orders.small(), orders.large()
    protobuf = orders.Orders(bench.folder)
    small_message, large_message = protobuf.encoded(small, large)
    grpc = bench.start(GRPCOrigin(bench.folder, {
        "/shop.Orders/Place": [small_message], "/shop.Orders/Amend": [large_message],
        "/shop.Orders/Watch": [small_message] * STREAM_MESSAGES, "/raw.Orders/Relay": [small_message]}))
    rest = bench.start(Origin(bench.folder, {
        "/v1/orders": ("application/json", orders.text(small)),
        "/v1/amendments": ("application/json", orders.text(large)), "/": ("text/plain", b"")}))

    servers = [bench.start(gateway(bench.folder, grpc.port, rest.port)),
               bench.enter_context(bench.alone(Transcoder, protobuf.descriptors, grpc.port, rest.port))]
    servers = [server for server in servers if server]

    for row, path, order in (("rest-grpc-small", "/v1/orders", small), ("rest-grpc-large", "/v1/amendments", large)):
        over_http1(bench, row, servers, "POST", path, orders.text(order), JSON_FIELDS,
                   lambda answer, order=order: json.loads(answer) == order)
    over_http1(bench, "grpc-sse", servers, "GET", WATCH, b"", [("Accept", "text/event-stream")],
               lambda answer: answer.count(small["id"].encode()) == STREAM_MESSAGES)
    # The name of a service that the gateway has no contract of is not its to change.
    names = {"gateway": "/raw.Orders/Relay", "envoy": "/shop.Orders/Place"}
    over_grpc(bench, "grpc-proxy", servers, "grpc", names, small_message, protobuf, small)
    for row, method, order, message in (("grpc-rest-small", "Place", small, small_message),
                                        ("grpc-rest-large", "Amend", large, large_message)):
        names = dict.fromkeys(("gateway", "envoy"), f"/shop.Orders/{method}")
        over_grpc(bench, row, servers, "reverse", names, message, protobuf, order)


def gateway(folder, grpc, rest):
    """REST callers of the gRPC service, gRPC callers of the REST service, and a proxy of gRPC."""
    contract = str(orders.PROTO)
    return Gateway(
        folder,
        upstreams={
            "grpc": {"contract": contract, "endpoints": [f"grpc://127.0.0.1:{grpc}"]},
            "rest": {"contract": contract, "endpoints": [f"http://127.0.0.1:{rest}"]},
            "raw": {"endpoints": [f"grpc://127.0.0.1:{grpc}"]}},
        routes=[{"expose": "grpc.*", "as": ["rest"]}, {"expose": "rest.*", "as": ["grpc"]},
                {"path": "/raw.Orders/**", "to": "raw"}])


def entrance(server, name):
    """Envoy has one for each direction, the gateway one for each version of HTTP."""
    return server.ports.get(name) or server.ports["http1" if name == "rest" else "http2"]


def over_http1(bench, row, servers, method, path, body, fields, expected):
    message = request(method, path, body, fields)
    for server in servers:
        connection = http.client.HTTPConnection("127.0.0.1", entrance(server, "rest"), timeout=10)
        connection.request(method, path, body, dict(fields))
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        check(row, server, response.status == 200 and expected(answer), answer)
    bench.compare_cost(row, {
        server.name: (server, lambda seconds, port=entrance(server, "rest"): load.http1(port, [message], seconds))
        for server in servers})


def over_grpc(bench, row, servers, name, paths, message, protobuf, order):
    for server in servers:
        answer = protobuf.call(entrance(server, name), paths[server.name], message)
        check(row, server, answer == order, json.dumps(answer))
    bench.compare_cost(row, {
        server.name: (server, lambda seconds, server=server: load.http2(
            entrance(server, name), paths[server.name], seconds, framed(message), GRPC_FIELDS))
        for server in servers})


def check(row, server, right, answer):
    if not right:
        raise RuntimeError(
            f"{row}: {server.name} has answered {len(answer)} bytes: {answer[:100]!r} … {answer[-200:]!r}")
