"""spyne, from the WSDL that it writes of itself, in SOAP 1.1 and 1.2."""
import functools

from .report import expect

ORDER = {
    "id": "9007199254740993", "placed": "2026-02-28T23:59:59", "due": None, "paid": True, "weight": 1.5,
    "serial": "1180591620717411303424", "note": None,
    "items": {"Item": [{"@number": "9007199254740993", "name": "Stück 🧦", "price": "10.50", "colour": "green",
                        "picture": "AP8="}]},
    "tags": ["a"],
}


def run(gateway, report):
    for version in ("11", "12"):
        report.each((f"shop{version}: {claim}", functools.partial(check, gateway, f"/shop{version}"))
                    for claim, check in CHECKS)


def place(gateway, under):
    expect(gateway.post(f"{under}/place", {"order": ORDER}).json(), {"placeResult": ORDER})


def catalogue(gateway, under):
    for count in (0, 1, 2):
        items = [{"@number": str(2**53 + 1 + i), "name": f"Stück № {i} 🧦", "price": "10.50", "colour": "green",
                  "picture": "AP8="} for i in range(count)]
        expect(gateway.post(f"{under}/catalogue", {"count": str(count)}).json(), {"catalogueResult": {"Item": items}})


def absent(gateway, under):
    expect(gateway.post(f"{under}/describe", {"text": "ä🐉"}).json(), {"describeResult": "2: ä🐉"})
    expect(gateway.post(f"{under}/describe", {}).json(), {})


def date(gateway, under):
    expect(gateway.post(f"{under}/due", {"id": "1"}).json(), {"dueResult": "2026-02-28"})


def faults(gateway, under):
    gateway.post(f"{under}/due", {"id": "0"}).problem(400)
    problem = gateway.post(f"{under}/due", {"id": "-1"}).problem(502)
    expect("fire" in str(problem), False, "the server's own trouble is shown")


def void(gateway, under):
    gateway.post(f"{under}/forget", {}).nothing()


CHECKS = [
    ("an order comes back as it went", place),
    ("a wrapped list of none, one and two is an array", catalogue),
    ("an absent result is absent", absent),
    ("a date is the same date", date),
    ("a fault with a subcode is a 400, an exception a 502", faults),
    ("a void operation answers with nothing", void),
]
