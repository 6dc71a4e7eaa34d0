"""Calls the echo service with grpcio and prints what it saw, one JSON value per check: PORT FOLDER."""
import json
import queue
import sys

sys.path.insert(0, sys.argv[2])

import grpc  # noqa: E402
import echo_pb2 as pb  # noqa: E402
import echo_pb2_grpc as rpc  # noqa: E402


def status(call):
    try:
        call()
        return ["OK", ""]
    except grpc.RpcError as error:
        return [error.code().name, error.details()]


class Talk:
    """Both directions of a stream, one message at a time."""

    def __init__(self, method, **options):
        self.sent = queue.SimpleQueue()
        self.call = method(iter(self.sent.get, None), **options)

    def ask(self, request):
        self.sent.put(request)
        return next(self.call)


def semantics(channel, stub, seen):
    """The cases of gRPC's interoperability tests (grpc/doc/interop-test-descriptions.md) that calls of one kind each do
    not have, by their names there."""
    sizes = [27182, 8, 1828, 45904]
    seen["client_streaming"] = stub.Sum((pb.Request(payload=bytes(size)) for size in sizes), timeout=10).number
    marks = dict(zip("abcd", [31415, 9, 2653, 58979]))
    seen["server_streaming"] = [len(reply.payload) for reply in stub.Count(pb.Request(marks=marks), timeout=10)]
    talk = Talk(stub.Chat, timeout=10)
    seen["ping_pong"] = [len(talk.ask(pb.Request(payload=bytes(size))).payload) for size in sizes]
    talk.sent.put(None)
    seen["ping_pong"] += list(talk.call)
    seen["empty_stream"] = [list(stub.Chat(iter(()), timeout=10)), stub.Sum(iter(()), timeout=10).number]
    stream = stub.Chat(iter([pb.Request(text="m")]), metadata=(("x-mine", "bidi"),), timeout=10)
    texts = [reply.text for reply in stream]
    seen["custom_metadata"] = [texts, *(dict(fields).get(name) for fields, name in (
        (stream.initial_metadata(), "x-initial"), (stream.trailing_metadata(), "x-trailing")))]
    seen["status_code_and_message"] = status(
        lambda: list(stub.Chat(iter([pb.Request(command=pb.COMMAND_FAIL)]), timeout=10)))
    seen["unimplemented_service"] = status(
        lambda: channel.unary_unary("/interop.v1.Missing/Say")(b"", timeout=10))[0]
    talk = Talk(stub.Sum.future)
    talk.call.cancel()
    seen["cancel_after_begin"] = talk.call.code().name
    talk.sent.put(None)
    talk = Talk(stub.Chat)
    talk.ask(pb.Request(payload=bytes(27182), command=pb.COMMAND_CANCELLED, text="chat"))
    talk.call.cancel()
    seen["cancel_after_first_response"] = status(lambda: next(talk.call))[0]
    talk.sent.put(None)
    seen["cancellation reaches the server"] = [
        stub.Say(pb.Request(command=pb.COMMAND_CANCELLED, text=name), timeout=10).number for name in ("count", "chat")]
    talk = Talk(stub.Chat, timeout=0.05)
    seen["timeout_on_sleeping_server"] = status(lambda: (talk.ask(pb.Request()), next(talk.call)))[0]
    talk.sent.put(None)


def main():
    channel = grpc.insecure_channel(f"127.0.0.1:{sys.argv[1]}", options=[("grpc.max_receive_message_length", 8 << 20)])
    stub = rpc.EchoStub(channel)
    seen = {}
    request = pb.Request(text="grüße \U0001f600", number=2**60 + 1, tags=["a", ""], marks={"x": -1}, payload=b"\0\xff")
    reply, call = stub.Say.with_call(request, metadata=(("x-mine", "m"), ("x-mine-bin", b"\x01")), timeout=10)
    seen["unary"] = [reply.text, reply.number, list(reply.tags), dict(reply.marks), list(reply.payload)]
    seen["initial metadata"] = dict(call.initial_metadata()).get("x-initial")
    trailing = dict(call.trailing_metadata())
    seen["trailing metadata"] = [trailing.get("x-trailing"), list(trailing.get("x-trailing-bin", b""))]
    seen["empty"] = stub.Say(pb.Request(), timeout=10) == pb.Reply()
    seen["large"] = [len(stub.Say(pb.Request(payload=b"x" * size), timeout=20).payload) for size in (271828, 314159)]
    seen["gzip"] = stub.Say(pb.Request(text="z" * 10000), compression=grpc.Compression.Gzip, timeout=10).text == "z" * 10000
    seen["failure"] = status(lambda: stub.Say(pb.Request(command=pb.COMMAND_FAIL), timeout=10))
    seen["timeout"] = status(lambda: stub.Say(pb.Request(command=pb.COMMAND_SLEEP), timeout=0.5))[0]
    seen["too large"] = status(lambda: stub.Say(pb.Request(payload=b"x" * (5 << 20)), timeout=20))[0]
    seen["unimplemented"] = status(
        lambda: channel.unary_unary("/interop.v1.Echo/Missing")(b"", timeout=10))[0]
    seen["server stream"] = [reply.number for reply in stub.Count(pb.Request(number=100), timeout=10)] == list(range(100))
    seen["broken stream"] = status(lambda: list(stub.Count(pb.Request(number=5, command=pb.COMMAND_BREAK), timeout=10)))
    numbers = (pb.Request(number=number) for number in range(1000))
    seen["client stream"] = stub.Sum(numbers, timeout=10).number
    texts = (pb.Request(text=str(number), payload=b"y" * 20000) for number in range(50))
    seen["both streams"] = [reply.text for reply in stub.Chat(texts, timeout=20)] == [str(n) for n in range(50)]
    call = stub.Count(pb.Request(number=1_000_000_000, command=pb.COMMAND_CANCELLED, text="count"))
    next(call)
    call.cancel()
    seen["cancel"] = status(lambda: next(call))[0]
    semantics(channel, stub, seen)
    print(json.dumps(seen))


main()
