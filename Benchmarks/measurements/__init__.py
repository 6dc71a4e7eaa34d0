"""What is measured, one file each: `run(bench)` starts contenders, compares them and reports rows."""
from . import h1, h2, handshakes, grpc, idle

MEASUREMENTS = {module.__name__.rpartition(".")[2]: module for module in (h1, h2, handshakes, grpc, idle)}
