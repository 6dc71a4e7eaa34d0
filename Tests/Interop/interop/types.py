"""Every kind of value there and back, on ext-soap and gSOAP, in SOAP 1.1 and 1.2."""
import functools

from .report import expect

EVERYTHING = {
    "@id": "9007199254740993",
    "Long": "-9223372036854775808",
    "Int": -2147483648,
    "Short": -32768,
    "Byte": -128,
    "UnsignedInt": 4294967295,
    "Decimal": "12345678901234567890.10",
    "Boolean": True,
    "Double": 0.0015,
    "Text": " a\n b  Müßig <&> ]]> 🐉 </Text>",
    "Date": "2026-02-28+14:00",
    "DateTime": "2026-02-28T23:59:59.120",
    "Time": "23:59:59Z",
    "Duration": "P1Y2M3DT4H5M6.7S",
    "Base64": "AAEC/w==",
    "Hex": "00FFAB",
    "Address": "http://example.com/?a=1&b=2",
    "Colour": "grün",
    "Nullable": "set",
    "Tag": ["one"],
    "Line": [{"@number": "1", "Sku": "ä", "Quantity": 2}, {"@number": "2", "Sku": "", "Quantity": 0}],
    "Price": {"@currency": "EUR", "@digits": 2, "$": "10.50"},
}
EMPTY = {"Nullable": None, "Tag": [], "Line": []}


def run(gateway, report):
    for stack in ("php11", "php12", "gsoap11", "gsoap12"):
        report.each((f"{stack}: {claim}", functools.partial(check, gateway, f"/{stack}")) for claim, check in CHECKS)


def echo(gateway, under, value):
    return gateway.post(f"{under}/echo", {"Value": value}).json()["Value"]


def everything(gateway, under):
    expect(echo(gateway, under, EVERYTHING), EVERYTHING)


def order_is_the_schemas(gateway, under):
    backwards = dict(reversed(EVERYTHING.items()))
    expect(echo(gateway, under, backwards), EVERYTHING)


def numbers_for_strings(gateway, under):
    sent = b'{"Value": {"Long": 9007199254740993, "Decimal": 10.50, "Nullable": null}}'
    wanted = {**EMPTY, "Long": "9007199254740993", "Decimal": "10.50"}
    expect(gateway.post(f"{under}/echo", sent).json()["Value"], wanted)


def arrays(gateway, under):
    for count in (0, 1, 2):
        expect(gateway.post(f"{under}/repeat", {"Text": "é", "Count": count}).json(), {"Item": ["é"] * count})


def nil_and_empty(gateway, under):
    for value in (None, "", "x"):
        expect(echo(gateway, under, {"Nullable": value}), {**EMPTY, "Nullable": value})


def empty_lists(gateway, under):
    expect(echo(gateway, under, {"Nullable": "x", "Tag": [], "Line": []}), {**EMPTY, "Nullable": "x"})


def text_on_the_wire(gateway, under):
    for text in ("Käse", "日本語", "🐉👩‍👩‍👧", "<&>\"'", "a\tb"):
        size = len(text.encode())
        expect(gateway.post(f"{under}/measure", {"Text": text}).json()["Octets"], size, f"octets of {text!r}")


def escaped_json(gateway, under):
    sent = rb'{"Text": "K\u00e4se \ud83d\udc09\n"}'
    answer = gateway.post(f"{under}/measure", sent).json()
    expect(answer, {"Octets": 11, "Bytes": "S8Okc2Ug8J+QiQo="})


def booleans(gateway, under):
    expect(gateway.post(f"{under}/flags", {}).json(), {"Flag": [True, False, True, False, True]})


def void(gateway, under):
    gateway.post(f"{under}/nothing", {}).nothing()


def one_way(gateway, under):
    expect(gateway.post(f"{under}/notify", {"Text": "x"}).status, 202, "status")


def typed_fault(gateway, under):
    details = {"Code": 7, "Ticket": "9007199254740993", "Why": "zu früh ⏰"}
    gateway.post(f"{under}/refuse", {"Kind": "typed"}).problem(502, details=details)


def client_fault(gateway, under):
    problem = gateway.post(f"{under}/refuse", {"Kind": "client"}).problem(400)
    expect("A client fault" in (problem["title"], problem.get("detail")), True, "the fault's own words")


def server_fault(gateway, under):
    gateway.post(f"{under}/refuse", {"Kind": "server"}).problem(502)


CHECKS = [
    ("every type comes back as it went", everything),
    ("the schema orders elements, not the JSON", order_is_the_schemas),
    ("64-bit numbers and decimals are taken as JSON numbers, digit by digit", numbers_for_strings),
    ("lists of none, one and two are arrays", arrays),
    ("nil is null and not the empty string", nil_and_empty),
    ("empty arrays stay empty arrays", empty_lists),
    ("umlauts, emoji and markup arrive as sent", text_on_the_wire),
    ("JSON escapes arrive as characters", escaped_json),
    ("every spelling of a boolean is true or false", booleans),
    ("a void operation answers with nothing", void),
    ("a one-way operation is accepted", one_way),
    ("a typed fault has typed details", typed_fault),
    ("a fault of the client is a 400", client_fault),
    ("a fault of the server is a 502", server_fault),
]
