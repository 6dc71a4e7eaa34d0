"""Sockets that send one message again and again, at a rate that they have together, each after its last reply."""
import contextlib
import select
import socket
import time

from .connections import received

SOCKETS = 64
REPLY_SECONDS = 10


class Exchange(contextlib.ExitStack):
    def __init__(self, port, message, reply, opening=b""):
        """`reply` is how every reply ends."""
        super().__init__()
        self.message = message
        self.reply = reply
        self.poll = self.enter_context(select.epoll())
        self.sockets = {}
        for _ in range(SOCKETS):
            connection = self.enter_context(socket.create_connection(("127.0.0.1", port), REPLY_SECONDS))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if opening:
                connection.sendall(opening)
                head = b""
                while b"\r\n\r\n" not in head:
                    head += received(connection)
                if b" 101 " not in head:
                    raise RuntimeError(f"no WebSocket was opened, but {head[:300]!r} answered")
            self.poll.register(connection, select.EPOLLIN)
            self.sockets[connection.fileno()] = connection

    def run(self, rate, seconds):
        """How many replies came to so many messages a second. Fewer than offered where the other side is slower."""
        free, begun = list(self.sockets.values()), dict.fromkeys(self.sockets, b"")
        start, sent, replies = time.monotonic(), 0, 0
        end = start + seconds
        while (now := time.monotonic()) < end or replies < sent:
            if now > end + REPLY_SECONDS:
                last = max(begun.values(), key=len)
                raise RuntimeError(f"{sent - replies} messages were not answered; last came {last[-300:]!r}")
            due = int((min(now, end) - start) * rate) - sent
            for _ in range(min(due, len(free))):
                free.pop().sendall(self.message)
                sent += 1
            for number, _ in self.poll.poll(0.001):
                begun[number] += received(self.sockets[number])
                if begun[number].endswith(self.reply):
                    begun[number] = b""
                    free.append(self.sockets[number])
                    replies += 1
        return replies
