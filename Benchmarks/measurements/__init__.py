"""What is measured, one file each: `run(bench)` starts contenders, compares them and reports rows."""
from . import bodies, codec, counts, grpc, h1, h2, handshakes, idle, routes, soap, start, websocket

ALL = {module.__name__.rpartition(".")[2]: module for module in (
    h1, h2, handshakes, grpc, websocket, soap, routes, idle, bodies, start, counts, codec)}
