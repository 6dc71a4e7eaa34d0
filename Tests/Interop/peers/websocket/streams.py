"""Calls a WebSocket backend through the gateway with grpcio; prints what it saw as one JSON object: PORT FOLDER."""
import json
import queue
import sys

sys.path.insert(0, sys.argv[2])

import grpc  # noqa: E402
import echo_pb2 as pb  # noqa: E402
import echo_pb2_grpc as rpc  # noqa: E402


def stub(host):
    return rpc.EchoStub(grpc.insecure_channel(
        f"127.0.0.1:{sys.argv[1]}", options=[("grpc.default_authority", host), ("grpc.use_local_subchannel_pool", 1)]))


def status(call):
    try:
        call()
        return ["OK", ""]
    except grpc.RpcError as error:
        return [error.code().name, error.details()]


def chat(service):
    """One message after the answer to the one before, as two people talk."""
    said, turns = [], queue.Queue()

    def speak():
        for number in range(5):
            yield pb.Request(text=str(number))
            turns.get(timeout=10)

    for reply in service.Chat(speak(), timeout=20):
        said.append(reply.text)
        turns.put(None)
    return said


own = stub("own.test")
correlated = stub("correlated.test")
print(json.dumps({
    "unary": own.Say(pb.Request(text="ü", payload=b"\0\xff"), timeout=10, metadata=[("x-mine", "7")]).marks["own"],
    "server stream": [reply.number for reply in own.Count(pb.Request(number=100), timeout=10)] == list(range(100)),
    "client stream": own.Sum((pb.Request(number=number) for number in range(1000)), timeout=10).number,
    "both streams": chat(own),
    "failure": status(lambda: own.Say(pb.Request(command=pb.COMMAND_FAIL), timeout=10)),
    "large stream": len([reply for reply in own.Chat(
        (pb.Request(payload=b"y" * 20000) for _ in range(500)), timeout=30) if len(reply.payload) == 20000]),
    "correlated stream": [reply.number for reply in correlated.Count(pb.Request(number=100), timeout=10)]
    == list(range(100)),
}))
