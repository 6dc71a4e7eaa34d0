"""A client that does what curl does not: sends and reads trailers, gives up in the middle, notices what breaks off.

    client.py PLAIN SECURE CA WIRE…

PLAIN and SECURE are ports of localhost, every wire is a path's first segment. Prints, as JSON, what came of each deed
by each client over each wire, under the path that it asked for.
"""
import json
import socket
import ssl
import struct
import sys

import h2.config
import h2.connection
import h2.events

SECONDS = 20


class Http1:
    protocol = "http/1.1"

    def __init__(self, connection):
        self.connection = connection
        self.file = connection.makefile("rb")

    def send(self, *lines, body=b""):
        self.connection.sendall("\r\n".join([*lines, "host: localhost", "", ""]).encode() + body)

    def head(self):
        status = int(self.file.readline().split()[1])
        self.fields()
        return status

    def fields(self):
        found = {}
        while line := self.file.readline().strip():
            name, _, value = line.decode().partition(":")
            found[name.lower()] = value.strip()
        return found

    def pieces(self):
        while size := int(self.file.readline() or b"?", 16):
            yield self.file.read(size)
            self.file.readline()

    def trailers(self, path):
        self.send(f"POST {path} HTTP/1.1", "te: trailers", "connection: te", "transfer-encoding: chunked",
                  body=b"5\r\nhello\r\n0\r\nx-sum: 532\r\n\r\n")
        return {"status": self.head(), "seen": json.loads(b"".join(self.pieces())), "got": self.fields()}

    def cancel(self, path):
        self.send(f"GET {path} HTTP/1.1")
        self.head()
        next(self.pieces())
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.file.close()
        return "cancelled"

    def broken(self, path):
        self.send(f"GET {path} HTTP/1.1")
        self.head()
        try:
            for _ in self.pieces():
                pass
        except (ValueError, OSError):
            return "broken"
        return "whole"


class Http2:
    protocol = "h2"

    def __init__(self, connection):
        self.connection = connection
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self.state.initiate_connection()
        self.flush()

    def flush(self):
        self.connection.sendall(self.state.data_to_send())

    def begin(self, method, path, ends=True):
        stream = self.state.get_next_available_stream_id()
        self.state.send_headers(stream, [(":method", method), (":scheme", "https"), (":authority", "localhost"),
                                         (":path", path), ("te", "trailers")], end_stream=ends)
        self.flush()
        return stream

    def events(self, stream):
        while data := self.connection.recv(65536):
            for event in self.state.receive_data(data):
                if isinstance(event, h2.events.DataReceived):
                    self.state.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                if getattr(event, "stream_id", None) == stream:
                    yield event
            self.flush()
        raise OSError("the connection has ended")

    def answer(self, stream):
        status, body, trailers = None, b"", {}
        for event in self.events(stream):
            match event:
                case h2.events.ResponseReceived(): status = int(dict(event.headers)[":status"])
                case h2.events.DataReceived(): body += event.data
                case h2.events.TrailersReceived(): trailers = dict(event.headers)
                case h2.events.StreamReset(): raise OSError(f"the stream was reset with {event.error_code}")
                case h2.events.StreamEnded(): return {"status": status, "seen": json.loads(body), "got": trailers}

    def trailers(self, path):
        stream = self.begin("POST", path, ends=False)
        self.state.send_data(stream, b"hello")
        self.state.send_headers(stream, [("x-sum", "532")], end_stream=True)
        self.flush()
        return self.answer(stream)

    def cancel(self, path):
        stream = self.begin("GET", path)
        next(event for event in self.events(stream) if isinstance(event, h2.events.DataReceived))
        self.state.reset_stream(stream, h2.errors.ErrorCodes.CANCEL)
        self.flush()
        # The connection lives on.
        return "cancelled" if self.answer(self.begin("GET", "/origin"))["status"] == 200 else "the connection is lost"

    def broken(self, path):
        try:
            self.answer(self.begin("GET", path))
        except (ValueError, OSError) as error:
            return "broken" if "reset" in str(error) else str(error)
        return "whole"


def connect(port, authority, protocol):
    connection = socket.create_connection(("127.0.0.1", port), SECONDS)
    if authority is None:
        return connection
    context = ssl.create_default_context(cafile=authority)
    context.set_alpn_protocols([protocol])
    return context.wrap_socket(connection, server_hostname="localhost")


def main():
    plain, secure, authority, *wires = sys.argv[1:]
    clients = {"1": (Http1, plain, None), "2": (Http2, plain, None),
               "1s": (Http1, secure, authority), "2s": (Http2, secure, authority)}
    seen = {}
    for name, (client, port, trusted) in clients.items():
        for wire in wires:
            for deed in ("trailers", "cancel", "broken"):
                try:
                    with connect(int(port), trusted, client.protocol) as connection:
                        found = getattr(client(connection), deed)(f"/{wire}/{deed}/{name}")
                except Exception as error:
                    found = f"{type(error).__name__}: {error}"
                seen[f"/{wire}/{deed}/{name}"] = found
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
