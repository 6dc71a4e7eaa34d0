"""What is refused, and how it is said."""
import functools

from .gateway import BODY_LIMIT
from .report import expect, expect_holds

VALUE = {"Nullable": None}


def run(gateway, report):
    report.each((f"refusals: {claim}", functools.partial(check, gateway)) for claim, check in CHECKS)


def echo(gateway, **members):
    return gateway.post("/php11/echo", {"Value": {**VALUE, **members}})


def wrong_method(gateway):
    answer = gateway.get("/php11/echo")
    answer.problem(405)
    expect([method.strip() for method in answer.headers.get("Allow", "").split(",")], ["POST"], "Allow")


def unknown_path(gateway):
    gateway.get("/php11/no-such-operation").problem(404)
    gateway.get("/nowhere").problem(404)


def invalid_json(gateway):
    for body in (b'{"Value": ', b"[", b'{"Value": {"Nullable": "\xff"}}', b'{"Value": NaN}', b"{} {}"):
        problem = gateway.post("/php11/echo", body).problem(400)
        expect_holds("line 1, column" in problem["detail"], f"no place for {body}: {problem['detail']}")
        expect_holds("errors" not in problem, f"a pointer into what is no document: {body}")
    # No body at all is an empty object.
    gateway.post("/php11/echo", b"").problem(400, pointer="/Value")


def wrong_kind(gateway):
    gateway.post("/php11/echo", b"[]").problem(400, pointer="")
    gateway.post("/php11/echo", {"Value": "text"}).problem(400, pointer="/Value")
    echo(gateway, Tag="one").problem(400, pointer="/Value/Tag")
    echo(gateway, Line=[{"@number": "1", "Sku": "x", "Quantity": []}]).problem(400, pointer="/Value/Line/0/Quantity")


def unknown_member(gateway):
    echo(gateway, Bogus=1).problem(400, pointer="/Value/Bogus")


def repeated_member(gateway):
    gateway.post("/php11/repeat", b'{"Text": "x", "Count": 1, "Count": 2}').problem(400)


def out_of_range(gateway):
    for member, value in (("Byte", 128), ("Int", 2**31), ("Long", "9223372036854775808"), ("Long", 2**64), ("Int", 1.5),
                          ("UnsignedInt", -1), ("Decimal", "1,5"), ("Boolean", "yes"), ("Colour", "pink"),
                          ("Date", "2026-02-30"), ("DateTime", "now"), ("Base64", "*"), ("Hex", "0")):
        echo(gateway, **{member: value}).problem(400, pointer=f"/Value/{member}")


def missing(gateway):
    gateway.post("/php11/echo", {}).problem(400)
    gateway.post("/php11/repeat", {"Text": "x"}).problem(400)
    gateway.post("/php11/repeat", {"Text": "x", "Count": None}).problem(400, pointer="/Count")


def not_in_xml(gateway):
    echo(gateway, Text="\u0001").problem(400, pointer="/Value/Text")
    echo(gateway, Text="\uffff").problem(400, pointer="/Value/Text")


def media_types(gateway):
    body = b'{"Value": {"Nullable": null}}'
    gateway.post("/php11/echo", body, **{"Content-Type": "text/plain"}).problem(415)
    gateway.post("/php11/echo", body, Accept="text/csv").problem(406)
    gateway.post("/php11/echo", body, **{"Content-Type": "application/json; charset=utf-8"}).json()
    gateway.post("/php11/echo", body, Accept="text/html, application/*;q=0.5").json()


def too_large(gateway):
    echo(gateway, Text="x" * (BODY_LIMIT // 2)).json()
    echo(gateway, Text="x" * BODY_LIMIT).problem(413)


def broken_upstream(gateway):
    problem = gateway.post("/broken/nothing", {}).problem(502)
    expect_holds("It broke" not in str(problem), "the upstream's page is shown")


def absent_upstream(gateway):
    problem = gateway.post("/absent/nothing", {}).problem(503)
    expect_holds("127.0.0.1" not in str(problem), "the upstream's address is shown")


def plain_proxy(gateway):
    envelope = b'''<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
        <Nothing xmlns="http://example.com/interop/types"/></e:Body></e:Envelope>'''
    headers = {"Content-Type": "text/xml", "SOAPAction": '"http://example.com/interop/types/Nothing"'}
    answer = gateway.call("POST", "/types", envelope, headers)
    expect((answer.status, b"NothingResponse" in answer.body), (200, True))


CHECKS = [
    ("a wrong method is a 405 that names the right one", wrong_method),
    ("an unknown path is a 404", unknown_path),
    ("what is no JSON is a 400 with line and column", invalid_json),
    ("the wrong kind of value is a 400 with a pointer", wrong_kind),
    ("an unknown member is a 400 with a pointer", unknown_member),
    ("a repeated member is a 400", repeated_member),
    ("a value outside its type is a 400 with a pointer", out_of_range),
    ("a missing member is a 400", missing),
    ("a character that XML lacks is a 400 with a pointer", not_in_xml),
    ("media types are negotiated: 415 and 406", media_types),
    ("a body past the limit is a 413", too_large),
    ("an upstream that answers with a page is a 502 that hides it", broken_upstream),
    ("an upstream that is not there is a 503 that hides where", absent_upstream),
    ("a plain route passes SOAP through", plain_proxy),
]
