"""Calls methods that reflection tells of, without generated code: PORT. Reads a JSON array of {"call", "request"} from
standard input and prints what each came to: the answer, or the status with its details."""
import json
import sys

import grpc
from google.protobuf import any_pb2, descriptor_pool, json_format, message_factory
from google.rpc import error_details_pb2, status_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase


class Client:
    def __init__(self, port):
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(self.channel))

    def call(self, path, request):
        service, method = path[1:].split("/")
        found = self.pool.FindServiceByName(service).FindMethodByName(method)
        take, give = (message_factory.GetMessageClass(kind) for kind in (found.input_type, found.output_type))
        stub = self.channel.unary_unary(path, take.SerializeToString, give.FromString)
        message = json_format.ParseDict(request, take(), descriptor_pool=self.pool)
        try:
            answer = stub(message, timeout=20)
        except grpc.RpcError as error:
            return self.failure(error)
        return {"answer": self.show(answer)}

    def failure(self, error):
        trailing = dict(error.trailing_metadata() or ())
        status = status_pb2.Status.FromString(trailing.get("grpc-status-details-bin", b""))
        return {"status": error.code().name, "message": error.details(), "details": [self.detail(d) for d in status.details]}

    def detail(self, packed):
        """What is in the `Any`, by the types that this client has or that reflection tells of."""
        for kind in (error_details_pb2.BadRequest, error_details_pb2.ErrorInfo):
            value = kind()
            if packed.Unpack(value):
                return {"type": kind.DESCRIPTOR.full_name, **self.show(value)}
        name = packed.type_url.split("/")[-1]
        kind = message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))
        return {"type": name, **self.show(kind.FromString(packed.value))}

    def show(self, message):
        return json_format.MessageToDict(message, descriptor_pool=self.pool)


client = Client(sys.argv[1])
print(json.dumps([client.call(one["call"], one["request"]) for one in json.load(sys.stdin)]))
