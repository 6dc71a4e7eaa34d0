"""Envoy between REST and gRPC, both ways, and before a gRPC service."""
from .envoy import cluster, command, configuration, filter_of, listener
from .process import Process

EXTENSION = "envoy.extensions.filters.http"
SERVICE = "shop.Orders"


class Transcoder(Process):
    name = "envoy"

    def __init__(self, folder, descriptors, grpc, rest):
        """`grpc` and `rest` are ports of the services behind; `descriptors` is a file."""
        super().__init__(folder, ["rest", "grpc", "reverse"])
        self.descriptors = str(descriptors)
        self.grpc = grpc
        self.rest = rest

    def command(self):
        forward = filter_of("grpc_json_transcoder", f"{EXTENSION}.grpc_json_transcoder.v3.GrpcJsonTranscoder", {
            "proto_descriptor": self.descriptors, "services": [SERVICE],
            "print_options": {"stream_sse_style_delimited": True}})
        reverse = filter_of(
            "grpc_json_reverse_transcoder", f"{EXTENSION}.grpc_json_reverse_transcoder.v3.GrpcJsonReverseTranscoder",
            {"descriptor_path": self.descriptors})
        listeners = [
            listener(self.ports["rest"], "AUTO", "grpc", [forward]),
            listener(self.ports["grpc"], "HTTP2", "grpc"),
            listener(self.ports["reverse"], "HTTP2", "rest", [reverse]),
        ]
        clusters = [cluster("grpc", self.grpc, http2=True), cluster("rest", self.rest)]
        return command(self.written("transcoder.json", configuration(listeners, clusters)))
