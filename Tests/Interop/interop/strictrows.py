"""What is sent, and what must come back: the groups 1-7, 9, 10, 12 and 13 of the Autobahn test suite."""
import dataclasses
import zlib

from .rawsocket import BINARY, CLOSE, PING, PONG, TEXT, close, fragments, frame

NORMAL = close(1000)
DONE = [("close", 1000)]
BROKEN = [("close", 1002)]
NO_TEXT = [("close", 1007)]
HELLO = "Hello-µ@ßöäüàá-UTF-8!!".encode()


@dataclasses.dataclass
class Row:
    name: str
    sent: list
    expected: list
    # How many bytes are sent at once; None: as many as there are in a frame.
    chop: int | None = None
    # The client says goodbye after so many events; 0: it has sent all that it sends.
    closes_after: int = 0
    deflate: str | None = None


def echoed(name, sent, events, **more):
    """The client closes when it has seen all."""
    if not events:
        return Row(name, [*sent, NORMAL], DONE, **more)
    return Row(name, sent, [*events, *DONE], closes_after=len(events), **more)


def groups():
    made = {"1 framing": framing(), "2 pings and pongs": pings(), "3 reserved bits": reserved_bits(),
            "4 opcodes": opcodes(), "5 fragmentation": fragmentation(), "6 UTF-8": utf8(), "7 close": closing(),
            "9 limits": limits(), "10 fragments of sending": [sent_in_fragments()],
            "12 compression": compression(range(1, 6)), "13 parameters of compression": compression_parameters()}
    return made


def framing():
    rows = []
    for group, opcode, kind in ((1, TEXT, "text"), (2, BINARY, "binary")):
        for number, size in enumerate([0, 125, 126, 127, 128, 65535, 65536, 65536], 1):
            payload = (b"*" if opcode == TEXT else b"\xfe") * size
            rows.append(echoed(f"1.{group}.{number}", [frame(opcode, payload)], [(kind, payload)],
                               chop=997 if number == 8 else None))
    return rows


def pings():
    rows = [echoed(f"2.{number}", [frame(PING, payload)], [("pong", payload)], chop=chop)
            for number, payload, chop in ((1, b"", None), (2, b"Hello, world!", None), (3, bytes([0, 255, 254, 253]), None),
                                          (4, b"\xfe" * 125, None), (6, b"\xfe" * 125, 1))]
    rows.append(Row("2.5", [frame(PING, b"\xfe" * 126)], BROKEN))
    rows.append(echoed("2.7", [frame(PONG)], []))
    rows.append(echoed("2.8", [frame(PONG, b"unsolicited")], []))
    rows.append(echoed("2.9", [frame(PONG, b"unsolicited"), frame(PING, b"p")], [("pong", b"p")]))
    many = [b"payload-%d" % number for number in range(10)]
    for number, chop in ((10, None), (11, 1)):
        rows.append(echoed(f"2.{number}", [frame(PING, one) for one in many], [("pong", one) for one in many], chop=chop))
    return rows


def reserved_bits():
    """What comes before the mistake is answered before the connection ends."""
    hello, answer = frame(TEXT, HELLO), [("text", HELLO)]
    return [
        Row("3.1", [frame(TEXT, HELLO, rsv=1)], BROKEN),
        Row("3.2", [hello + frame(TEXT, HELLO, rsv=2) + frame(PING)], answer + BROKEN),
        Row("3.3", [hello, frame(TEXT, HELLO, rsv=3), frame(PING)], answer + BROKEN),
        Row("3.4", [hello, frame(TEXT, HELLO, rsv=4), frame(PING)], answer + BROKEN, chop=1),
        Row("3.5", [frame(BINARY, b"\xff" * 8, rsv=5)], BROKEN),
        Row("3.6", [frame(PING, b"p", rsv=6)], BROKEN),
        Row("3.7", [frame(CLOSE, b"\x03\xe8", rsv=7)], BROKEN),
    ]


def opcodes():
    rows = []
    for group, codes in ((1, range(3, 8)), (2, range(11, 16))):
        for number, opcode in enumerate(codes, 1):
            bad = frame(opcode, b"reserved opcode payload" if number == 2 else b"")
            if number < 3:
                rows.append(Row(f"4.{group}.{number}", [bad], BROKEN))
                continue
            rows.append(Row(f"4.{group}.{number}", [frame(TEXT, HELLO), bad, frame(PING)], [("text", HELLO), *BROKEN],
                            chop=1 if number == 5 else None))
    rows.append(Row("unmasked", [frame(TEXT, b"x", mask=b"")], BROKEN))
    rows.append(Row("length in more bytes than it needs", [b"\x81\xfe\0\x05\0\0\0\0Hello"], BROKEN))
    rows.append(Row("length in far more bytes than it needs", [b"\x81\xff" + bytes(7) + b"\x05\0\0\0\0Hello"], BROKEN))
    rows.append(Row("length of a negative number", [b"\x82\xff\xff" + bytes(7) + bytes(4)], BROKEN))
    return rows


def fragmentation():
    first, second = frame(TEXT, b"fragment1", fin=False), frame(0, b"fragment2")
    whole, ping, pong = ("text", b"fragment1fragment2"), frame(PING, b"ping"), ("pong", b"ping")
    middle, last = frame(0, b"fragment2", fin=False), frame(0, b"fragment3")
    rows = [
        Row("5.1", fragments(PING, [b"fragment1", b"fragment2"]), BROKEN),
        Row("5.2", fragments(PONG, [b"fragment1", b"fragment2"]), BROKEN),
    ]
    rows += [echoed(f"5.{number}", [first, second], [whole], chop=chop) for number, chop in ((3, None), (4, None), (5, 1))]
    rows += [echoed(f"5.{number}", [first, ping, second], [pong, whole], chop=chop)
             for number, chop in ((6, None), (7, None), (8, 1))]
    for number, chop in ((9, None), (10, None), (11, 1)):
        rows.append(Row(f"5.{number}", [frame(0, b"non-continuation"), frame(TEXT, HELLO)], BROKEN, chop=chop))
    for number, chop in ((12, None), (13, None), (14, 1)):
        rows.append(Row(f"5.{number}", [frame(0, b"x", fin=False), frame(TEXT, HELLO)], BROKEN, chop=chop))
    rows.append(Row("5.15", [first, second, frame(0, b"fragment3", fin=False), frame(TEXT, b"fragment4")],
                    [whole, *BROKEN]))
    for number, fin in ((16, False), (17, True)):
        rows.append(Row(f"5.{number}", [frame(0, b"fragment1", fin=fin), frame(TEXT, b"fragment2", fin=False),
                                        frame(0, b"fragment3")], BROKEN))
    rows.append(Row("5.18", [first, frame(TEXT, b"fragment2")], BROKEN))
    five = [first, middle, frame(PING, b"1"), frame(0, b"fragment3", fin=False), frame(0, b"fragment4", fin=False),
            frame(PING, b"2"), frame(0, b"fragment5")]
    all_five = ("text", b"".join(b"fragment%d" % number for number in range(1, 6)))
    rows += [echoed(f"5.{number}", five, [("pong", b"1"), ("pong", b"2"), all_five], chop=chop)
             for number, chop in ((19, None), (20, 1))]
    rows.append(echoed("control frames between all", [first, ping, middle, frame(PONG), ping, last],
                       [pong, pong, ("text", b"fragment1fragment2fragment3")]))
    return rows


# Autobahn's 6.5 to 6.22, after Markus Kuhn's "UTF-8 decoder capability and stress test".
GOOD = ["κόσμε", "hello\u0024world", "hello\u00A2world", "hello\u20ACworld", "hello\U00024B62world", "\0", "\u0080",
        "\u0800", "\U00010000", "\x7f", "\u07ff", "\uffff", "\U0010FFFF", "\ud7ff", "\ue000", "\ufffd", "\ufffe",
        "\U0001fffe", "\U0001ffff", "\U0002fffe", "\U0003ffff", "\U0004fffe", "\U0005ffff", "\U0006fffe", "\U0007ffff",
        "\U0008fffe", "\U0009ffff", "\U000afffe", "\U000bffff", "\U000cfffe", "\U000dffff", "\U000efffe", "\U000fffff",
        "\U0010fffe"]
BAD = ["cebae1bdb9cf83cebcceb5f4908080656469746564", "ceba e1", "ceba e1bd", "cebae1bdb9cf", "f8888080 80", "fc84808080 80",
       "f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf", "f4908080", "80", "bf", "80bf", "80bf80", "80bf80bf80bf", "c020c120",
       "e020e120", "f020f120", "f820f920", "fc20", "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf",
       "f7bfbf", "fbbfbfbf", "fdbfbfbfbf", "c0e080f08080f8808080fc80808080df", "fe", "ff", "fefeffff", "c0af", "e080af",
       "f08080af", "f8808080af", "fc80808080af", "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf", "c080",
       "e08080", "f0808080", "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf", "eda080edb080",
       "eda080edbfbf", "edadbfedb080", "edafbfedbfbf", "f4908080"]


def utf8():
    rows = [echoed("6.1.1", [frame(TEXT)], [("text", b"")]),
            echoed("6.1.2", fragments(TEXT, [b"", b"", b""]), [("text", b"")]),
            echoed("6.1.3", fragments(TEXT, [b"", b"middle frame payload", b""]), [("text", b"middle frame payload")])]
    half = len(HELLO) // 2
    rows += [echoed("6.2.1", [frame(TEXT, HELLO)], [("text", HELLO)]),
             echoed("6.2.2", fragments(TEXT, [HELLO[:half], HELLO[half:]]), [("text", HELLO)]),
             echoed("6.2.3", fragments(TEXT, [HELLO[i:i + 1] for i in range(len(HELLO))]), [("text", HELLO)])]
    kosme = "κόσμε".encode()
    rows.append(echoed("6.2.4", fragments(TEXT, [kosme[i:i + 1] for i in range(len(kosme))]), [("text", kosme)]))
    bad = bytes.fromhex(BAD[0])
    rows.append(Row("6.3.1", [frame(TEXT, bad)], NO_TEXT))
    rows.append(Row("6.3.2", fragments(TEXT, [bad[i:i + 1] for i in range(len(bad))]), NO_TEXT))
    # What is wrong is found where it stands: the message has no end yet.
    rows.append(Row("6.4.1", [frame(TEXT, kosme, fin=False), frame(0, b"\xf4\x90\x80\x80", fin=False)], NO_TEXT))
    rows.append(Row("6.4.2", [frame(TEXT, kosme + b"\xf4", fin=False), frame(0, b"\x90", fin=False)], NO_TEXT))
    unfinished = frame(TEXT, kosme + b"\xf4\x90\x80\x80edited")
    rows.append(Row("6.4.3", [unfinished[:-8]], NO_TEXT))
    rows.append(Row("6.4.4", [unfinished[:-8]], NO_TEXT, chop=1))
    for number, text in enumerate(GOOD):
        data = text.encode("utf-8", "surrogatepass")
        rows.append(echoed(f"6 valid {number}", [frame(TEXT, data)], [("text", data)]))
    for number, text in enumerate(BAD):
        data = bytes.fromhex(text.replace(" ", ""))
        rows.append(Row(f"6 invalid {number}", [frame(TEXT, data)], NO_TEXT))
        rows.append(Row(f"6 invalid {number}, in frames of one byte",
                        fragments(TEXT, [data[i:i + 1] for i in range(len(data))]), NO_TEXT))
        rows.append(echoed(f"6 {number}, as binary", [frame(BINARY, data)], [("binary", data)]))
    return rows


def closing():
    rows = [
        echoed("7.1.1", [frame(TEXT, HELLO)], [("text", HELLO)]),
        Row("7.1.2", [NORMAL, NORMAL], DONE),
        Row("7.1.3", [NORMAL, frame(PING)], DONE),
        Row("7.1.4", [NORMAL, frame(TEXT, HELLO)], DONE),
        Row("7.1.5", [frame(TEXT, b"fragment1", fin=False), NORMAL, frame(0, b"fragment2")], DONE),
        Row("7.3.1", [close()], [("close", None)]),
        Row("7.3.2", [frame(CLOSE, b"a")], BROKEN),
        Row("7.3.3", [close(1000)], DONE),
        Row("7.3.4", [close(1000, b"Hello World!")], DONE),
        Row("7.3.5", [close(1000, b"*" * 123)], DONE),
        Row("7.3.6", [frame(CLOSE, b"\x03\xe8" + b"*" * 124)], BROKEN),
        Row("7.5.1", [close(1000, bytes.fromhex(BAD[0]))], NO_TEXT),
    ]
    for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999):
        rows.append(Row(f"7.7 {code}", [close(code)], [("close", code)]))
    for code in (0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535):
        rows.append(Row(f"7.9 {code}", [close(code)], BROKEN))
    return rows


def limits():
    rows = []
    for group, opcode, kind, letter in ((1, TEXT, "text", b"*"), (2, BINARY, "binary", b"\xfe")):
        for number, size in enumerate([64 << 10, 256 << 10, 1 << 20, 4 << 20, 8 << 20, 16 << 20], 1):
            payload = letter * size
            rows.append(echoed(f"9.{group}.{number}", [frame(opcode, payload)], [(kind, payload)]))
        payload = letter * (4 << 20)
        for number, size in enumerate([64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20], 1):
            pieces = [payload[at:at + size] for at in range(0, len(payload), size)]
            rows.append(echoed(f"9.{group + 2}.{number}", [b"".join(fragments(opcode, pieces))], [(kind, payload)]))
        payload = letter * (1 << 20)
        for number, chop in enumerate([64, 128, 256, 512, 1024, 2048], 1):
            rows.append(echoed(f"9.{group + 4}.{number}", [frame(opcode, payload)], [(kind, payload)], chop=chop))
        for number, size in enumerate([0, 16, 64, 256, 1024, 4096], 1):
            many = [letter * size] * 200
            rows.append(echoed(f"9.{group + 6}.{number}", [b"".join(frame(opcode, one) for one in many)],
                               [(kind, one) for one in many]))
    return rows


def sent_in_fragments():
    payload = b"*" * 65536
    pieces = [payload[at:at + 1300] for at in range(0, len(payload), 1300)]
    return echoed("10.1.1", [b"".join(fragments(TEXT, pieces))], [("text", payload)])


def packed(payload, bits=15):
    """Compressed as permessage-deflate has it, each message by itself (RFC 7692 §7.2.1)."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -bits)
    return (deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


def text_of(size):
    return (b'{"name":"widget","price":19.99,"tags":["a","b"]},' * (size // 49 + 1))[:size]


def compression(kinds):
    rows = []
    for kind in kinds:
        opcode, name = (TEXT, "text") if kind % 2 else (BINARY, "binary")
        for number, size in enumerate([16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072], 1):
            payload = text_of(size)
            one = fragments(opcode, in_pieces(packed(payload), kind), rsv=4)
            rows.append(echoed(f"12.{kind}.{number}", one * 20, [(name, payload)] * 20, deflate="permessage-deflate"))
    rows.append(echoed("12 as it is", [frame(TEXT, HELLO)], [("text", HELLO)], deflate="permessage-deflate"))
    rows.append(Row("12 no text", [frame(TEXT, packed(b"\xff"), rsv=4)], NO_TEXT, deflate="permessage-deflate"))
    rows.append(Row("12 a continuation with the bit", [frame(TEXT, packed(HELLO), fin=False, rsv=4),
                                                        frame(0, b"", rsv=4)], BROKEN, deflate="permessage-deflate"))
    rows.append(Row("12 a control frame with the bit", [frame(PING, b"", rsv=4)], BROKEN, deflate="permessage-deflate"))
    return rows


def in_pieces(data, count):
    size = max(1, -(-len(data) // count))
    return [data[at:at + size] for at in range(0, len(data), size)]


def compression_parameters():
    rows = []
    offers = ["client_no_context_takeover", "server_no_context_takeover",
              "client_no_context_takeover; server_no_context_takeover", "client_max_window_bits",
              "server_max_window_bits=9", "client_max_window_bits=9", "server_max_window_bits=9; client_max_window_bits=9"]
    for number, offer in enumerate(offers, 1):
        for size in (64, 1024, 16384):
            payload = text_of(size)
            # A small window and no memory suit whatever was agreed.
            sent = [frame(TEXT, packed(payload, 9), rsv=4) for _ in range(10)]
            rows.append(echoed(f"13.{number} {size}", sent, [("text", payload)] * 10,
                               deflate=f"permessage-deflate; {offer}"))
    return rows
