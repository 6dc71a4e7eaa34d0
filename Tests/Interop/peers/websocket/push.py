"""Opens WebSockets with `websockets` and speaks to them by the gateway's admin API; prints what it saw as one JSON object."""
import asyncio
import collections
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import websockets

PORT, ADMIN, WEB, TOKEN, GATEWAY = sys.argv[1:]
SEEN = {}
Answer = collections.namedtuple("Answer", "status headers body")
TEXT = "text/plain"


def ask(method, path, body=None, type=None, token=TOKEN, base=None):
    request = urllib.request.Request((base or f"http://127.0.0.1:{ADMIN}") + path, body, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", type or "application/octet-stream")
    try:
        answer = urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    is_json = "json" in (answer.headers.get("Content-Type") or "")
    return Answer(answer.status, answer.headers, json.loads(text) if is_json else text)


async def admin(method, path, body=None, type=None, **options):
    """Not on the loop, where the sockets are."""
    return await asyncio.to_thread(ask, method, path, body, type, **options)


class Client:
    """A socket and its name."""

    @classmethod
    async def open(cls, path, **options):
        client = cls()
        client.socket = await websockets.connect(f"ws://127.0.0.1:{PORT}{path}", max_size=None, **options)
        await client.socket.send("{}")
        client.name = json.loads(await client.socket.recv())["id"]
        return client

    async def push(self, body, type=TEXT, query=""):
        return await admin("POST", f"/connections/{self.name}{query}", body, type)

    async def closed(self):
        try:
            while True:
                await self.socket.recv()
        except websockets.ConnectionClosed as error:
            return error.rcvd


async def access():
    answer = await admin("GET", "/livez", token=None)
    SEEN["no token"] = [answer.status, answer.headers["WWW-Authenticate"]]
    answer = await admin("GET", "/connections", token="guessed")
    SEEN["wrong token"] = [answer.status, answer.body["reason"]]
    SEEN["health"] = [list(await admin("GET", path))[::2] for path in ("/livez", "/readyz")]


async def one_by_one(clients):
    right = True
    for number, client in enumerate(clients):
        await client.push(f"for {number}".encode())
        right &= await client.socket.recv() == f"for {number}"
    SEEN["each socket by its name"] = right
    SEEN["sockets on both workers"] = len({client.name[8:12] for client in clients})
    first = clients[0]
    await first.push("grüße".encode())
    await first.push(b"\x00\xff", "application/octet-stream")
    SEEN["text and binary"] = [await first.socket.recv(), list(await first.socket.recv())]
    SEEN["written"] = [(await first.push(b"now", query="?wait=written")).status, await first.socket.recv()]
    answer = await admin("POST", f"/@connections/{first.name}", b"as text")
    SEEN["Amazon's address"] = [answer.status, await first.socket.recv()]
    done = await asyncio.to_thread(subprocess.run, [
        "curl", "-s", "--http2-prior-knowledge", "-o", "/dev/null", "-w", "%{http_code}", "-H",
        f"Authorization: Bearer {TOKEN}", "-H", f"Content-Type: {TEXT}", "-d", "by curl",
        f"http://127.0.0.1:{ADMIN}/connections/{first.name}"], capture_output=True, text=True)
    SEEN["by HTTP/2"] = [done.stdout, await first.socket.recv()]


async def together(clients):
    for client in clients:
        await admin("PUT", f"/groups/news/connections/{client.name}")
    for name, path in (("a group", "/groups/news"), ("a user", "/users/ada")):
        answer = await admin("POST", path, b"all", TEXT)
        SEEN[name] = [answer.body, sum([await client.socket.recv() == "all" for client in clients])]
    listed = (await admin("GET", "/connections")).body
    SEEN["the list"] = [listed["count"], len({entry["id"] for entry in listed["connections"]})]
    told = (await admin("GET", f"/connections/{clients[3].name}")).body
    SEEN["one socket"] = [told["state"], told["route"], told["remote"], told["user"], told["groups"],
                          told["sent"]["messages"] >= 4 and told["received"]["messages"] == 1 and told["queued"] == 0]


async def deciding():
    async def connect():
        return await websockets.connect(f"ws://127.0.0.1:{PORT}/held")

    opening = asyncio.create_task(connect())
    heard = await admin("POST", "/holding", token=None, base=f"http://127.0.0.1:{WEB}")
    names = [told["id"] for told in json.loads(heard.body) if told["path"] == "/held"]
    early = await admin("POST", f"/connections/{names[0]}", b"early", TEXT)
    state = (await admin("GET", f"/connections/{names[0]}")).body["state"]
    await admin("POST", "/release", token=None, base=f"http://127.0.0.1:{WEB}")
    async with await opening as socket:
        late = await admin("POST", f"/connections/{names[0]}", b"welcome", TEXT)
        SEEN["while it is being decided"] = [
            early.status, early.headers["Retry-After"], state, late.status, await socket.recv()]


async def refusals(clients):
    name = clients[0].name
    answer = await admin("POST", f"/connections/{name[:-1]}{'1' if name[-1] == '0' else '0'}", b"x")
    SEEN["a forged name"] = [answer.status, answer.body["reason"]]
    answer = await clients[0].push(b"\xff")
    SEEN["not UTF-8"] = [answer.status, answer.body["reason"]]
    SEEN["too long"] = [(await clients[0].push(b"x" * size)).status for size in ((256 << 10) + 1, 1 << 20)]


async def closing(clients):
    last = clients.pop()
    told = await admin("DELETE", f"/connections/{last.name}?code=4001&reason=go%20away")
    close = await last.closed()
    after = await gone(last)
    SEEN["closed"] = [told.status, close.code, close.reason, after.status, after.body["closeCode"]]
    other = await Client.open("/live")
    await other.socket.close()
    after = await gone(other)
    SEEN["closed by the client"] = [after.status, after.body["closeCode"]]
    told = await admin("DELETE", "/users/ada?code=3000")
    SEEN["a user is closed"] = [told.body, [(await client.closed()).code for client in clients]]


async def gone(client):
    """The gateway hears of a client's end a moment later."""
    while True:
        answer = await client.push(b"x")
        if answer.status == 410:
            return answer


async def too_slow():
    # A client that is read no further than a few messages.
    client = await Client.open("/live", max_queue=1)
    load = os.urandom(100_000)  # not to be compressed
    sent = 0
    while (answer := await client.push(load, "application/octet-stream")).status == 202 and sent < 1000:
        sent += 1
    queued = (await admin("GET", f"/connections/{client.name}")).body["queued"]
    lengths = [len(await client.socket.recv()) for _ in range(sent)]
    SEEN["a slow client"] = [answer.status, answer.body["reason"], answer.headers["Retry-After"],
                             0 < queued <= 256 << 10, lengths == [100_000] * sent]
    await client.socket.close()


async def draining():
    clients = [await Client.open("/live") for _ in range(8)]
    os.kill(int(GATEWAY), signal.SIGTERM)
    status = 200
    while status == 200:
        status = (await admin("GET", "/readyz")).status
    SEEN["draining"] = status
    for client in clients:
        await client.socket.close()


async def main():
    await access()
    clients = [await Client.open("/live?user=ada") for _ in range(20)]
    await one_by_one(clients)
    await together(clients)
    await deciding()
    await refusals(clients)
    await closing(clients)
    await too_slow()
    await draining()
    print(json.dumps(SEEN))


asyncio.run(asyncio.wait_for(main(), 90))
