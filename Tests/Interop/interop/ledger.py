"""rpc/literal on ext-soap."""
import functools

from .report import expect

NUMBER = "9007199254740993"


def run(gateway, report):
    report.each((f"ledger: {claim}", functools.partial(check, gateway)) for claim, check in CHECKS)


def book(gateway):
    answer = gateway.post("/ledger/book", {"amount": "10.50", "text": "ü <&> 🐉"}).json()
    expect(answer, {"entry": {"number": NUMBER, "text": "ü <&> 🐉", "amount": "10.50"}})


def read(gateway):
    for count in (0, 1, 2):
        entries = [{"number": NUMBER, "text": f"entry {i}", "amount": f"{i}.50"} for i in range(1, count + 1)]
        expect(gateway.post("/ledger/read", {"count": count}).json(), {"page": {"entry": entries}, "more": count > 1})


def part_missing(gateway):
    gateway.post("/ledger/book", {"text": "x"}).problem(400)


CHECKS = [
    ("every part is a member", book),
    ("several parts come back, with lists of none, one and two", read),
    ("a missing part is refused", part_missing),
]
