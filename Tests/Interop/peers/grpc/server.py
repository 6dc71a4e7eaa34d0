"""A grpcio server of protos/interop/echo.proto; the generated modules are in the folder that is named first."""
import sys
import threading
from concurrent import futures

sys.path.insert(0, sys.argv[1])

import grpc  # noqa: E402
from grpc_reflection.v1alpha import reflection  # noqa: E402
import echo_pb2 as pb  # noqa: E402
import echo_pb2_grpc as rpc  # noqa: E402


class Cancelled:
    """The streams that their callers cancelled, by the names that they gave them."""

    def __init__(self):
        self.names = set()
        self.changed = threading.Condition()

    def watch(self, name, context):
        """What is returned waits for the end of the call; that end is none of ours, as long as the call waits for it."""
        gone = threading.Event()

        def ended():
            gone.set()
            with self.changed:
                self.names.add(name)
                self.changed.notify_all()

        context.add_callback(ended)
        # Longer than anybody asks for the name.
        return lambda: gone.wait(8)

    def saw(self, name):
        with self.changed:
            return self.changed.wait_for(lambda: name in self.names, timeout=5)


CANCELLED = Cancelled()


class Echo(rpc.EchoServicer):
    def Say(self, request, context):
        self.echo_metadata(context)
        if request.command == pb.COMMAND_FAIL:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "ümlaut\n100 %\t\U0001f600")
        if request.command == pb.COMMAND_SLEEP:
            threading.Event().wait(3)
        if request.command == pb.COMMAND_CANCELLED:
            return pb.Reply(number=int(CANCELLED.saw(request.text)))
        return pb.Reply(text=request.text, number=request.number, tags=request.tags, marks=request.marks,
                        payload=request.payload)

    def echo_metadata(self, context):
        metadata = dict(context.invocation_metadata())
        context.send_initial_metadata((("x-initial", metadata.get("x-mine", "")),))
        context.set_trailing_metadata((("x-trailing", "yes"), ("x-trailing-bin", b"\x00\xff")))

    def Count(self, request, context):
        if request.command == pb.COMMAND_CANCELLED:
            CANCELLED.watch(request.text, context)
        for number in range(request.number):
            if request.command == pb.COMMAND_BREAK and number == 2:
                context.abort(grpc.StatusCode.DATA_LOSS, "broken")
            yield pb.Reply(number=number)
        for _, size in sorted(request.marks.items()):
            yield pb.Reply(payload=bytes(size))

    def Sum(self, requests, context):
        return pb.Reply(number=sum(request.number + len(request.payload) for request in requests))

    def Chat(self, requests, context):
        self.echo_metadata(context)
        for request in requests:
            if request.command == pb.COMMAND_FAIL:
                context.abort(grpc.StatusCode.UNKNOWN, "test status message")
            wait = CANCELLED.watch(request.text, context) if request.command == pb.COMMAND_CANCELLED else None
            yield pb.Reply(text=request.text, payload=request.payload)
            if wait:
                wait()


server = grpc.server(futures.ThreadPoolExecutor(32), options=[("grpc.max_receive_message_length", 8 << 20)])
rpc.add_EchoServicer_to_server(Echo(), server)
reflection.enable_server_reflection(["interop.v1.Echo", reflection.SERVICE_NAME], server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
server.wait_for_termination()
