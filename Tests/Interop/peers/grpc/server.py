"""A grpcio server of protos/interop/echo.proto; the generated modules are in the folder that is named first."""
import sys
import threading
from concurrent import futures

sys.path.insert(0, sys.argv[1])

import grpc  # noqa: E402
from grpc_reflection.v1alpha import reflection  # noqa: E402
import echo_pb2 as pb  # noqa: E402
import echo_pb2_grpc as rpc  # noqa: E402


class Cancels:
    """How many calls ended before they were done."""

    def __init__(self):
        self.count = 0
        self.changed = threading.Condition()

    def watch(self, context):
        """Counts the call unless what is returned is called before it ends."""
        done = threading.Event()

        def ended():
            with self.changed:
                self.count += not done.is_set()
                self.changed.notify_all()

        context.add_callback(ended)
        return done.set

    def wait(self, count):
        with self.changed:
            self.changed.wait_for(lambda: self.count >= count, timeout=5)
            return self.count


CANCELS = Cancels()


class Echo(rpc.EchoServicer):
    def Say(self, request, context):
        self.echo_metadata(context)
        if request.command == pb.COMMAND_FAIL:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "ümlaut\n100 %\t\U0001f600")
        if request.command == pb.COMMAND_SLEEP:
            CANCELS.watch(context)
            threading.Event().wait(3)
        if request.command == pb.COMMAND_CANCELS:
            return pb.Reply(number=CANCELS.wait(request.number))
        return pb.Reply(text=request.text, number=request.number, tags=request.tags, marks=request.marks,
                        payload=request.payload)

    def echo_metadata(self, context):
        metadata = dict(context.invocation_metadata())
        context.send_initial_metadata((("x-initial", metadata.get("x-mine", "")),))
        context.set_trailing_metadata((("x-trailing", "yes"), ("x-trailing-bin", b"\x00\xff")))

    def Count(self, request, context):
        done = CANCELS.watch(context)
        for number in range(request.number):
            if request.command == pb.COMMAND_BREAK and number == 2:
                context.abort(grpc.StatusCode.DATA_LOSS, "broken")
            yield pb.Reply(number=number)
        for _, size in sorted(request.marks.items()):
            yield pb.Reply(payload=bytes(size))
        done()

    def Sum(self, requests, context):
        done = CANCELS.watch(context)
        total = sum(request.number + len(request.payload) for request in requests)
        done()
        return pb.Reply(number=total)

    def Chat(self, requests, context):
        self.echo_metadata(context)
        done = CANCELS.watch(context)
        for request in requests:
            if request.command == pb.COMMAND_FAIL:
                done()
                context.abort(grpc.StatusCode.UNKNOWN, "test status message")
            yield pb.Reply(text=request.text, payload=request.payload)
        done()


server = grpc.server(futures.ThreadPoolExecutor(32), options=[("grpc.max_receive_message_length", 8 << 20)])
rpc.add_EchoServicer_to_server(Echo(), server)
reflection.enable_server_reflection(["interop.v1.Echo", reflection.SERVICE_NAME], server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
server.wait_for_termination()
