"""The bank on ext-soap, in SOAP 1.1 and 1.2: generated addresses and routes shaped by hand."""
import base64
import functools

from .report import expect, expect_holds

ERIKA = "9007199254740993"
ZOE = "9223372036854775807"
ACCOUNT = {
    "@status": "active", "AccountId": ERIKA, "Iban": "DE89370400440532013000", "Owner": "Erika Müßtermann 🐉",
    "Balance": "10.50", "Currency": "EUR", "Opened": "1999-12-31+01:00", "Closed": None,
    "Overdraft": {"@currency": "EUR", "$": "250.00"}, "Label": ["giro"], "Transfer": [],
}
TRANSFER = {
    "TransferId": "9007199254740994", "From": ERIKA, "ToIban": "CH9300762011623852957",
    "Amount": {"@currency": "EUR", "$": "0.50"}, "Purpose": "Käse & <Brot>", "Booked": "2026-02-28T23:59:59.120+05:30",
}


def run(gateway, report):
    for version in ("11", "12"):
        report.each((f"bank{version}: {claim}", functools.partial(check, gateway, version)) for claim, check in CHECKS)


def generated(gateway, version):
    answer = gateway.post(f"/bank{version}/get-account", {"AccountId": ERIKA, "Verbose": True}).json()
    expect(answer, {"GetAccountResult": {**ACCOUNT, "Transfer": [TRANSFER]}})


def shaped(gateway, version):
    expect(gateway.get(f"/{version}/accounts/{ERIKA}").json(), ACCOUNT)
    expect(gateway.get(f"/{version}/accounts/{ERIKA}?verbose=true").json()["Transfer"], [TRANSFER])


def lists(gateway, version):
    def owners(wanted):
        return [account["Owner"] for account in gateway.post(f"/bank{version}/list-accounts", wanted).json()["Account"]]

    expect(owners({}), ["Erika Müßtermann 🐉", "Zoë"])
    expect(owners({"Owner": "Zoë"}), ["Zoë"])
    expect(owners({"Currency": ["CHF", "USD"]}), ["Zoë"])
    expect(owners({"Owner": "nobody"}), [])


def closed(gateway, version):
    account = gateway.get(f"/{version}/accounts/{ZOE}").json()
    expect([account[key] for key in ("AccountId", "Balance", "Closed", "Label")], [ZOE, "-0.05", "2020-02-29", []])
    expect_holds("Overdraft" not in account, "an absent element is there")


def opens(gateway, version):
    request = {"Owner": "Zoë", "Currency": "CHF", "Deposit": "0.10"}
    answer = gateway.post(f"/bank{version}/open-account", request).json()
    expect(answer, {"AccountId": "9223372036854775806", "Iban": "DE02120300000000202051"})


def transfers(gateway, version):
    order = {"ToAccount": "1", "Amount": {"@currency": "EUR", "$": "3.10"}, "Purpose": "Grüße 🐉"}
    answer = gateway.post(f"/{version}/accounts/{ERIKA}/transfers", order).json(status=201)
    receipt = base64.b64encode("transfer of 3.10 EUR: Grüße 🐉".encode()).decode()
    expect(answer, {"TransferId": "9007199254740995", "Balance": "0.00", "Receipt": receipt})


def no_such_account(gateway, version):
    gateway.get(f"/{version}/accounts/5").problem(404, details={"AccountId": "5"})
    gateway.post(f"/bank{version}/get-account", {"AccountId": "5"}).problem(400, details={"AccountId": "5"})


def insufficient_funds(gateway, version):
    order = {"ToIban": "CH9300762011623852957", "Amount": {"@currency": "EUR", "$": "10.60"}}
    wanted = {"AccountId": ERIKA, "Balance": "10.50", "Missing": {"@currency": "EUR", "$": "0.10"}}
    gateway.post(f"/{version}/accounts/{ERIKA}/transfers", order).problem(409, details=wanted)


def both_branches(gateway, version):
    money = {"@currency": "EUR", "$": "1.00"}
    order = {"From": ERIKA, "ToAccount": "1", "ToIban": "CH9300762011623852957", "Amount": money}
    gateway.post(f"/bank{version}/transfer", order).problem(400)
    gateway.post(f"/bank{version}/transfer", {"From": ERIKA, "Amount": money}).problem(400)


def facets(gateway, version):
    bad_iban = {"From": ERIKA, "ToIban": "not an IBAN", "Amount": {"@currency": "EUR", "$": "1.00"}}
    gateway.post(f"/bank{version}/transfer", bad_iban).problem(400, pointer="/ToIban")
    too_fine = {"From": ERIKA, "ToAccount": "1", "Amount": {"@currency": "EUR", "$": "1.005"}}
    gateway.post(f"/bank{version}/transfer", too_fine).problem(400, pointer="/Amount/$")
    gateway.post(f"/bank{version}/open-account", {"Owner": "", "Currency": "EUR"}).problem(400, pointer="/Owner")
    gateway.get(f"/{version}/accounts/0").problem(400)
    gateway.get(f"/{version}/accounts/one").problem(400)


def void(gateway, version):
    gateway.post(f"/bank{version}/close-account", {"AccountId": ERIKA}).nothing()
    note = {"AccountId": ERIKA, "Event": "x", "At": "2026-01-01T00:00:00Z"}
    expect(gateway.post(f"/bank{version}/notify-audit", note).status, 202, "status")


CHECKS = [
    ("an account is typed JSON", generated),
    ("a shaped route takes path and query and unwraps the answer", shaped),
    ("an optional or repeated parameter filters", lists),
    ("a closed account has its date and no overdraft", closed),
    ("an account is opened", opens),
    ("a transfer has a receipt in base64", transfers),
    ("NoSuchAccount is the 404 that its route says, 400 elsewhere", no_such_account),
    ("InsufficientFunds is the 409 that its route says, with typed details", insufficient_funds),
    ("one branch of a choice, not two and not none", both_branches),
    ("facets are checked here, with a pointer", facets),
    ("void and one-way operations answer with nothing", void),
]
