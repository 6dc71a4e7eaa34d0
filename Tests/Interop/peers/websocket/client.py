"""Calls the gateway over WebSocket with `websockets`; prints what it saw as one JSON object."""
import asyncio
import json
import sys

import websockets

URL = f"ws://127.0.0.1:{sys.argv[1]}"
SEEN = {}


async def ask(socket, **message):
    await socket.send(json.dumps({"jsonrpc": "2.0", **message}))
    return json.loads(await socket.recv())


async def refused(path, **options):
    try:
        async with websockets.connect(URL + path, **options):
            return "opened"
    except websockets.InvalidStatus as error:
        return error.response.status_code


async def passing():
    async with websockets.connect(URL + "/pass", max_size=1 << 24) as socket:
        for message in ("grüße", b"\x00\xff", "x" * 3_000_000, ""):
            await socket.send(message)
            if await socket.recv() != message:
                return False
        await (await socket.ping())
        return True


async def calling():
    async with websockets.connect(URL + "/api/ws") as socket:
        answer = await ask(socket, id=1, method="Say", params={"text": "ü", "number": str(2**60 + 1)})
        SEEN["unary"] = [answer["id"], answer["result"]["text"], answer["result"]["number"]]
        SEEN["unknown method"] = (await ask(socket, id="a", method="Nope"))["error"]["code"]
        answer = await ask(socket, id=2, method="Say", params={"nope": 1})
        SEEN["invalid params"] = [answer["error"]["code"], answer["error"]["data"]["status"]]
        answer = await ask(socket, id=3, method="Say", params={"command": "COMMAND_FAIL"})
        SEEN["failure"] = [answer["error"]["code"], answer["error"]["data"]["code"]]
        await socket.send("{")
        SEEN["no JSON"] = json.loads(await socket.recv())["error"]["code"]
        SEEN["server stream"] = await stream(socket, 5, "Count", {"number": "3"})
        await socket.send(json.dumps({"jsonrpc": "2.0", "id": 6, "method": "Sum"}))
        for number in range(10):
            await socket.send(json.dumps({"jsonrpc": "2.0", "method": "next", "params": {"id": 6, "value": {"number": number}}}))
        SEEN["client stream"] = (await ask(socket, method="complete", params={"id": 6}))["result"]["number"]
        await socket.send(json.dumps({"jsonrpc": "2.0", "id": 7, "method": "Chat"}))
        answer = await ask(socket, method="next", params={"id": 7, "value": {"text": "hi"}})
        SEEN["both streams"] = [answer["method"], answer["params"]["value"]["text"]]
        SEEN["cancel"] = (await ask(socket, method="cancel", params={"id": 7}))["error"]["code"]


async def stream(socket, name, method, params):
    await socket.send(json.dumps({"jsonrpc": "2.0", "id": name, "method": method, "params": params}))
    count = 0
    while True:
        answer = json.loads(await socket.recv())
        if "result" in answer:
            return [count, answer["result"], answer["id"]]
        count += answer["params"]["id"] == name


async def bridging():
    async with websockets.connect(URL + "/live") as socket:
        await socket.send(json.dumps({"action": "order", "item": 1}))
        told = json.loads(await socket.recv())
        SEEN["bridge"] = [told["path"], json.loads(told["body"])["item"], told["event"], told["seq"], len(told["id"])]
        await socket.send(json.dumps({"action": "say", "text": "by contract"}))
        SEEN["bridge to an operation"] = json.loads(await socket.recv())["text"]
        await socket.send(json.dumps({"action": "nope"}))
        answer = json.loads(await socket.recv())
        SEEN["no target"] = [answer["status"], answer["problem"]["detail"]]
        await socket.send(json.dumps({"action": "fail", "id": "f"}))
        answer = json.loads(await socket.recv())
        SEEN["service fails"] = [answer["id"], answer["status"]]
        for number in range(300):
            await socket.send(json.dumps({"action": "order", "item": number}))
        items = [json.loads(json.loads(await socket.recv())["body"])["item"] for _ in range(300)]
        SEEN["order"] = items == list(range(300))
    # The service hears of the end a moment later.
    async with websockets.connect(URL + "/live") as socket:
        for _ in range(200):
            await socket.send(json.dumps({"action": "heard"}))
            if any(heard["path"] == "/bye" for heard in json.loads(await socket.recv())):
                SEEN["disconnect"] = True
                break


async def streaming():
    async with websockets.connect(URL + "/chat") as socket:
        await socket.send(json.dumps({"text": "one"}))
        first = json.loads(await socket.recv())["text"]
        await socket.send(json.dumps({"nope": 1}))
        try:
            await socket.recv()
        except websockets.ConnectionClosed as error:
            return [first, error.rcvd.code]


async def main():
    SEEN["pass-through"] = await passing()
    await calling()
    await bridging()
    SEEN["one stream"] = await streaming()
    SEEN["refused by the service"] = await refused("/refused")
    SEEN["foreign origin"] = await refused("/live", origin="http://elsewhere.example")
    SEEN["no socket"] = await refused("/api/openapi.json")
    print(json.dumps(SEEN))


asyncio.run(asyncio.wait_for(main(), 60))
