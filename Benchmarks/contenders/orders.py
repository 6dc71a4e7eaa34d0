"""Messages of Samples/orders.proto as JSON, and as protobuf by Google's own library."""
import json
import subprocess
import tempfile

from harness.case import SAMPLES

from .environment import protobuf

PROTO = SAMPLES / "orders.proto"
# In the Python of the virtual environment. Reads what its arguments say, in JSON, from the standard input.
COMPILE = """
import os, sys, grpc_tools
from grpc_tools import protoc
import google.api.annotations_pb2 as annotations
google_api = os.path.dirname(os.path.dirname(os.path.dirname(annotations.__file__)))
own = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
sys.exit(protoc.main(["protoc", "-I" + google_api, "-I" + own, "-I" + os.path.dirname(sys.argv[1]), "--include_imports",
                      "--descriptor_set_out=" + sys.argv[2], sys.argv[1]]))
"""
ORDER = """
import grpc, json, sys
import google.api.annotations_pb2
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
pool = descriptor_pool.DescriptorPool()
for file in descriptor_pb2.FileDescriptorSet.FromString(open(sys.argv[1], "rb").read()).file: pool.Add(file)
Order = message_factory.GetMessageClass(pool.FindMessageTypeByName("shop.Order"))
"""
ENCODE = ORDER + """
orders = [json_format.ParseDict(value, Order()) for value in json.load(sys.stdin)]
print(json.dumps([order.SerializeToString().hex() for order in orders]))
"""
CALL = ORDER + """
with grpc.insecure_channel("127.0.0.1:" + sys.argv[2]) as channel:
    method = channel.unary_unary(sys.argv[3], response_deserializer=Order.FromString)
    print(json.dumps(json_format.MessageToDict(method(bytes.fromhex(sys.argv[4]), timeout=10))))
"""


class Orders:
    """The protobuf side of orders."""

    def __init__(self, folder):
        # orders.proto and all that it imports, as protoc compiles them.
        self.descriptors = folder / "orders.binpb"
        python(COMPILE, PROTO, self.descriptors)

    def encoded(self, *orders):
        return [bytes.fromhex(text)
                for text in json.loads(python(ENCODE, self.descriptors, input=json.dumps(orders)))]

    def call(self, port, method, message):
        """The order that a gRPC client gets."""
        return json.loads(python(CALL, self.descriptors, port, method, message.hex()))


def python(source, *arguments, input=""):
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(source)
        file.flush()
        command = [protobuf(), file.name, *map(str, arguments)]
        done = subprocess.run(command, input=input, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def small():
    """112 bytes of JSON."""
    return {"id": "ord-2024-00123", "customerId": "3141592653", "status": "PAID", "totalCents": "12990",
            "scores": [1, 2, 3, 5, 8, 13, 2]}


def large():
    """9.6 KB of JSON."""
    return small() | {
        "placedAt": "2024-03-01T12:30:45.250Z", "items": [item(number) for number in range(62)],
        "shipTo": {"street": "12 Long Lane", "city": "Springfield", "postalCode": "12345", "country": "US"},
        "labels": {"channel": "web", "priority": "high"}}


def item(number):
    # What is zero or false is left out, as JSON of protobuf does.
    gift = {"isGift": True} if number % 3 == 0 else {}
    return gift | {
        "sku": f"SKU-{10_000 + number * 37}", "title": f"A thing of some use, number {number}",
        "quantity": number % 7 + 1, "price": number + 0.25, "stockLevel": str(number * 7919 + 1), "isNew": True,
        "tags": ["red", "large"]}


def text(order):
    return json.dumps(order, separators=(",", ":")).encode()
