"""A grpcio server that says itself what it is: SET PORT. SET is a descriptor set, every method of which answers with what it
was asked; PORT may be 0."""
import sys
from concurrent import futures

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool
from grpc_reflection.v1alpha import reflection

files = descriptor_pb2.FileDescriptorSet.FromString(open(sys.argv[1], "rb").read())
pool = descriptor_pool.DescriptorPool()
server = grpc.server(futures.ThreadPoolExecutor(4))
names = [reflection.SERVICE_NAME]
for file in files.file:
    pool.AddSerializedFile(file.SerializeToString())
for file in files.file:
    for service in pool.FindFileByName(file.name).services_by_name.values():
        methods = {method.name: grpc.unary_unary_rpc_method_handler(lambda request, context: request)
                   for method in service.methods}
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service.full_name, methods),))
        names.append(service.full_name)
reflection.enable_server_reflection(names, server, pool=pool)
port = server.add_insecure_port(f"127.0.0.1:{sys.argv[2]}")
server.start()
print(port, flush=True)
server.wait_for_termination()
