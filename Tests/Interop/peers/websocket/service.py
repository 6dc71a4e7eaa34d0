"""The echo service of protos/interop/echo.proto as a WebSocket backend, by `websockets`; prints its port.

/correlated: any number of calls on a socket, told apart by `id`. /own: one call on each socket. `action` names the method,
`done` the last message, `error` a failure.
"""
import asyncio
import json

import websockets

TOGETHER = 50


def reply(message, **more):
    fields = ("text", "number", "tags", "marks", "payload")
    return json.dumps({**{name: message[name] for name in fields if name in message}, **more})


async def correlated(socket):
    batch = []
    async for text in socket:
        message = json.loads(text)
        name = {"id": message["id"]}
        if message["action"] == "Count":
            for number in range(int(message.get("number", 0))):
                await socket.send(json.dumps({**name, "number": number}))
            await socket.send(json.dumps({**name, "done": True}))
        elif message.get("command") == "COMMAND_FAIL":
            await socket.send(json.dumps({**name, "error": {"code": "FAILED_PRECONDITION", "message": "no"}}))
        elif message.get("command") == "COMMAND_BREAK":
            await socket.close(1012, "restarting")
        elif message.get("command") == "COMMAND_SLEEP":
            # Late, and then with what nobody asked for.
            await asyncio.sleep(1)
            await socket.send(reply(message, **name))
            await socket.send(json.dumps({"id": "4711", "text": "who?"}))
            await socket.send("garbage")
        elif message.get("text") == "together":
            batch.append(message)
            if len(batch) == TOGETHER:
                for waiting in reversed(batch):
                    await socket.send(reply(waiting, id=waiting["id"]))
                batch.clear()
        else:
            await socket.send(reply(message, **name))


async def own(socket):
    total = 0
    async for text in socket:
        message = json.loads(text)
        if message.get("command") == "COMMAND_FAIL":
            return await socket.close(3003, "not yours")
        match message["action"]:
            case "Say":
                await socket.send(reply(message, marks={"own": int(socket.request.headers.get("x-mine", 0))}))
            case "Count":
                for number in range(int(message.get("number", 0))):
                    await socket.send(json.dumps({"number": str(number)}))
                return
            case "Sum" if message.get("done"):
                await socket.send(json.dumps({"number": total}))
            case "Sum":
                total += int(message.get("number", 0))
            case "Chat" if message.get("done"):
                return
            case "Chat":
                await socket.send(reply(message))


async def serve(socket):
    await {"/correlated": correlated, "/own": own}[socket.request.path](socket)


async def main():
    async with websockets.serve(serve, "127.0.0.1", 0, max_size=1 << 24, subprotocols=["echo.v1"]) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


asyncio.run(main())
