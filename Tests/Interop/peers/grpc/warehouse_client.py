"""Calls the warehouse with grpcio and prints what it saw, one JSON value per check: PORT FOLDER."""
import json
import sys

sys.path.insert(0, sys.argv[2])

import grpc  # noqa: E402
from google.api import httpbody_pb2  # noqa: E402
from google.protobuf import json_format  # noqa: E402
from google.rpc import error_details_pb2  # noqa: E402
from grpc_status import rpc_status  # noqa: E402
import warehouse_pb2 as pb  # noqa: E402
import warehouse_pb2_grpc as rpc  # noqa: E402

NAME = "shelves/a b/items/ü:1"


def item(message):
    return json_format.MessageToDict(message)


def failure(call):
    """Code, message, details by their types, and the fields of the service's answer."""
    try:
        call()
        return ["OK"]
    except grpc.RpcError as error:
        status = rpc_status.from_call(error)
        details = [detail(packed) for packed in status.details] if status else []
        return [error.code().name, error.details(), [d for d in details if d[1:] != ["rest.status"]],
                dict(error.trailing_metadata()).get("x-trouble")]


def detail(packed):
    for kind in (error_details_pb2.ErrorInfo, httpbody_pb2.HttpBody, pb.Count):
        message = kind()
        if packed.Unpack(message):
            if kind is error_details_pb2.ErrorInfo:
                return ["ErrorInfo", message.reason if message.domain == "warehouse" else "rest.status"]
            return [kind.__name__, json_format.MessageToDict(message)]
    return [packed.type_url, list(packed.value)]


def main():
    stub = rpc.WarehouseStub(grpc.insecure_channel(f"127.0.0.1:{sys.argv[1]}"))
    seen = {}
    got, call = stub.GetItem.with_call(pb.GetItemRequest(name=NAME), metadata=(("x-mine", "m"),), timeout=10)
    seen["item"] = item(got)
    metadata = dict(call.initial_metadata())
    mine, _, patience = metadata.get("x-seen", "").partition("|")
    seen["metadata"] = [mine, 5 < float(patience or 0) <= 10, "etag" in metadata]
    seen["number"] = stub.GetItem(pb.GetItemRequest(number=7), timeout=10).name
    like = pb.Item(tags=["x", "y"], counts={"k.1": 2}, size=pb.Size(width=1.5), kind=pb.BOX)
    listed = stub.ListItems(pb.ListItemsRequest(shelf="shelves/1", kinds=[pb.BOX, 7], like=like, page_size=3), timeout=10)
    seen["query"] = [list(listed.items[0].tags), listed.items[0].name]
    added = stub.AddItem(pb.AddItemRequest(shelf="shelves/1", item=pb.Item(number=5), dry_run=True), timeout=10)
    seen["body"] = list(added.tags)
    updated = stub.UpdateItem(pb.UpdateItemRequest(item=pb.Item(name=NAME, kind=pb.BOX)), timeout=10)
    seen["patch"] = [updated.name, *updated.tags]
    moved = stub.MoveItem(pb.MoveItemRequest(name=NAME, shelf="2"), timeout=10)
    seen["verb"] = [moved.name, *moved.tags]
    seen["nothing"] = item(stub.DeleteItem(pb.GetItemRequest(name=NAME), timeout=10))
    label = stub.GetLabel(pb.GetItemRequest(name=NAME), timeout=10)
    seen["bytes out"] = [label.content_type, list(label.data)]
    count = stub.SetLabel(pb.SetLabelRequest(
        name=NAME, label=httpbody_pb2.HttpBody(content_type="text/css", data=b"\0\xff!")), timeout=10)
    seen["bytes in"] = [count.count, count.content_type]
    echo = pb.Item(number=2**60 + 1, seal=b"\0\xff", tags=["ü"])
    seen["no rule"] = stub.Echo(echo, timeout=10) == echo
    for form in ("lines", "events", "array"):
        items = stub.WatchItems(pb.WatchItemsRequest(form=form, count=100), timeout=10)
        seen[f"stream of {form}"] = [item.number for item in items] == list(range(100))
        broken = stub.WatchItems(pb.WatchItemsRequest(form=form, count=3, fail=True), timeout=10)
        numbers = []
        seen[f"broken {form}"] = [*failure(lambda: numbers.extend(item.number for item in broken))[:2], numbers]
    counted = stub.ImportItems((pb.Item(number=number) for number in range(1, 101)), timeout=10)
    seen["stream in"] = [counted.count, counted.content_type]
    seen["unaddressable"] = failure(lambda: stub.GetItem(pb.GetItemRequest(name="x"), timeout=10) and None)[:1]
    for form in ("status", "gateway", "connect", "problem", "page", "busy"):
        seen[f"failure: {form}"] = failure(lambda: stub.Fail(pb.FailRequest(form=form), timeout=10))
    print(json.dumps(seen))


main()
