"""A grpcio server of protos/interop/echo.proto; the generated modules are in the folder that is named first."""
import sys
import threading
from concurrent import futures

sys.path.insert(0, sys.argv[1])

import grpc  # noqa: E402
from grpc_reflection.v1alpha import reflection  # noqa: E402
import echo_pb2 as pb  # noqa: E402
import echo_pb2_grpc as rpc  # noqa: E402

CANCELLED = threading.Semaphore(0)


class Echo(rpc.EchoServicer):
    def Say(self, request, context):
        metadata = dict(context.invocation_metadata())
        context.send_initial_metadata((("x-initial", metadata.get("x-mine", "")),))
        context.set_trailing_metadata((("x-trailing", "yes"), ("x-trailing-bin", b"\x00\xff")))
        if request.command == pb.COMMAND_FAIL:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "ümlaut\n100 %\t\U0001f600")
        if request.command == pb.COMMAND_SLEEP:
            context.add_callback(CANCELLED.release)
            threading.Event().wait(3)
        return pb.Reply(text=request.text, number=request.number, tags=request.tags, marks=request.marks,
                        payload=request.payload)

    def Count(self, request, context):
        for number in range(request.number):
            if request.command == pb.COMMAND_BREAK and number == 2:
                context.abort(grpc.StatusCode.DATA_LOSS, "broken")
            yield pb.Reply(number=number)

    def Sum(self, requests, context):
        return pb.Reply(number=sum(request.number for request in requests))

    def Chat(self, requests, context):
        for request in requests:
            yield pb.Reply(text=request.text, payload=request.payload)


server = grpc.server(futures.ThreadPoolExecutor(32), options=[("grpc.max_receive_message_length", 8 << 20)])
rpc.add_EchoServicer_to_server(Echo(), server)
reflection.enable_server_reflection(["interop.v1.Echo", reflection.SERVICE_NAME], server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
server.wait_for_termination()
