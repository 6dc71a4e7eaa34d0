"""SOAP services as gRPC: grpcio and protoc against what is made of their WSDLs."""
import base64
import functools
import json
import pathlib
import subprocess
import tempfile

from .bank import ACCOUNT, ERIKA, TRANSFER
from .environment import HERE, PYTHON
from .report import Mismatch, expect, expect_holds
from .shop import ORDER
from .types import EVERYTHING

# The upstreams by the packages that the configuration gives them.
PACKAGES = ("bank11", "bank12", "php11", "php12", "gsoap11", "gsoap12", "shop11", "shop12", "ledger")


def run(gateway, report):
    report.each((f"derived: protoc and reflection agree on {name}", functools.partial(same_descriptors, gateway, name))
                for name in PACKAGES)
    for version in ("11", "12"):
        report.each((f"derived: bank{version}: {claim}", functools.partial(check, Service(gateway, f"bank{version}", "Bank")))
                    for claim, check in BANK)
        report.each((f"derived: shop{version}: {claim}", functools.partial(check, Service(gateway, f"shop{version}", "Shop")))
                    for claim, check in SHOP)
        for stack in ("php", "gsoap"):
            service = Service(gateway, f"{stack}{version}", "Types")
            report.each((f"derived: {stack}{version}: {claim}", functools.partial(check, service)) for claim, check in TYPES)
    report.each((f"derived: {claim}", functools.partial(check, gateway)) for claim, check in OTHERS)


class Service:
    """One service of the gateway, called by what reflection tells of it."""

    def __init__(self, gateway, package, name):
        self.gateway = gateway
        self.path = f"/{package}.v1.{name}/"
        self.package = f"{package}.v1"

    def call(self, method, **request):
        [seen] = self.calls((method, request))
        return seen

    def calls(self, *calls):
        wanted = [{"call": self.path + method, "request": request} for method, request in calls]
        done = subprocess.run([PYTHON, HERE / "peers/grpc/reflected.py", str(self.gateway.port)], input=json.dumps(wanted),
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Mismatch(done.stderr.strip()[-1500:])
        return json.loads(done.stdout)

    def answer(self, method, **request):
        seen = self.call(method, **request)
        expect_holds("answer" in seen, f"wanted an answer, found {seen}")
        return seen["answer"]

    def failure(self, status, method, **request):
        seen = self.call(method, **request)
        expect(seen.get("status"), status, f"status of {seen}")
        return seen


def same_descriptors(gateway, name):
    """What protoc makes of the .proto file is what reflection serves, to the last option."""
    answer = gateway.get(f"/{name}/contract.proto")
    expect((answer.status, answer.media_type), (200, "text/plain"))
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, f"{name}/v1.proto")
        file.parent.mkdir()
        file.write_bytes(answer.body)
        done = subprocess.run([PYTHON, "-c", COMPARE, folder, file, str(gateway.port)], capture_output=True, text=True,
                              timeout=60)
    expect((done.stdout.strip()[-1500:], done.stderr.strip()[-1500:]), ("same", ""))


COMPARE = """
import os, sys, grpc, grpc_tools
from google.protobuf import descriptor_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_tools import protoc
folder, file, port = sys.argv[1:]
out, built_in = os.path.join(folder, "out"), os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
if protoc.main(["", f"-I{folder}", f"-I{built_in}", f"--descriptor_set_out={out}", file]):
    sys.exit("protoc refuses it")
[ours] = descriptor_pb2.FileDescriptorSet.FromString(open(out, "rb").read()).file
served = ProtoReflectionDescriptorDatabase(grpc.insecure_channel(f"127.0.0.1:{port}")).FindFileByName(ours.name)
print("same" if served == ours else "different")
"""


# The bank.

def as_protobuf(account):
    """REST's JSON of an account as proto3 JSON: enums by name, nothing for what is null or empty."""
    shown = {key: value for key, value in account.items() if value not in (None, [])}
    shown["@status"] = f"ACCOUNT_STATUS_{account['@status'].upper()}"
    shown["Currency"] = f"CURRENCY_{account['Currency']}"
    shown["Overdraft"] = money(account["Overdraft"])
    return shown


def money(value):
    return {**value, "@currency": f"CURRENCY_{value['@currency']}"}


def account(bank):
    transfer = {**TRANSFER, "Amount": money(TRANSFER["Amount"])}
    expect(bank.answer("GetAccount", AccountId=ERIKA, Verbose=True),
           {"GetAccountResult": {**as_protobuf(ACCOUNT), "Transfer": [transfer]}})


def lists(bank):
    seen = bank.calls(("ListAccounts", {}), ("ListAccounts", {"Currency": ["CURRENCY_CHF", "CURRENCY_USD"]}),
                      ("ListAccounts", {"Owner": "nobody"}))
    owners = [[account["Owner"] for account in one["answer"].get("Account", [])] for one in seen]
    expect(owners, [["Erika Müßtermann 🐉", "Zoë"], ["Zoë"], []])


def transfer(bank):
    answer = bank.answer("Transfer", From=ERIKA, ToAccount="1", Purpose="Grüße 🐉",
                         Amount={"@currency": "CURRENCY_EUR", "$": "3.10"})
    receipt = base64.b64encode("transfer of 3.10 EUR: Grüße 🐉".encode()).decode()
    expect(answer, {"TransferId": "9007199254740995", "Balance": "0.00", "Receipt": receipt})


def fault(bank):
    seen = bank.failure("INVALID_ARGUMENT", "GetAccount", AccountId="5")
    expect(seen["details"][0], {"type": f"{bank.package}.NoSuchAccount", "AccountId": "5"})
    order = {"From": ERIKA, "ToIban": "CH9300762011623852957", "Amount": {"@currency": "CURRENCY_EUR", "$": "10.60"}}
    seen = bank.failure("INVALID_ARGUMENT", "Transfer", **order)
    wanted = {"AccountId": ERIKA, "Balance": "10.50", "Missing": {"@currency": "CURRENCY_EUR", "$": "0.10"}}
    expect(seen["details"][0], {"type": f"{bank.package}.InsufficientFunds", **wanted})


def contract_kept(bank):
    amount = {"@currency": "CURRENCY_EUR", "$": "1.005"}
    seen = bank.failure("INVALID_ARGUMENT", "Transfer", From="1", ToIban="no IBAN", Amount=amount)
    fields = [(one["field"], one["reason"]) for one in seen["details"][0]["fieldViolations"]]
    expect(sorted(fields), [("/Amount/$", "fractionDigits"), ("/ToIban", "pattern")])
    bank.failure("INVALID_ARGUMENT", "OpenAccount", Owner="x")
    bank.failure("INVALID_ARGUMENT", "Transfer", From="1", Amount={"@currency": "CURRENCY_EUR", "$": "1.00"})


def void(bank):
    expect(bank.answer("CloseAccount", AccountId=ERIKA), {})
    expect(bank.answer("NotifyAudit", AccountId=ERIKA, Event="x", At="2026-01-01T00:00:00Z"), {})


BANK = [
    ("an account is a typed message", account),
    ("an optional or repeated field filters", lists),
    ("a oneof is one branch of a choice, bytes are bytes", transfer),
    ("a fault is a status with a typed detail", fault),
    ("what breaks the contract is INVALID_ARGUMENT with its places", contract_kept),
    ("void and one-way operations answer with empty messages", void),
]


# Every type.

def everything(types):
    value = {**EVERYTHING, "Hex": "AP+r", "Colour": "COLOUR_GR_N"}
    # Zeros of required fields are not written.
    expect(types.answer("Echo", Value=value), {"Value": {**value, "Line": [EVERYTHING["Line"][0], {"@number": "2"}]}})


def null(types):
    seen = types.calls(*(("Echo", {"Value": value}) for value in ({}, {"Nullable": ""}, {"Nullable": "x"})))
    expect([one.get("answer") for one in seen],
           [{"Value": {}}, {"Value": {"Nullable": ""}}, {"Value": {"Nullable": "x"}}])


def arrays(types):
    seen = types.calls(*(("Repeat", {"Text": "é", "Count": count}) for count in (0, 1, 2)))
    expect([one.get("answer") for one in seen], [{}, {"Item": ["é"]}, {"Item": ["é", "é"]}])


def refusals(types):
    seen = types.failure("INTERNAL", "Refuse", Kind="REFUSE_KIND_TYPED")
    expect({key: seen["details"][0][key] for key in ("Code", "Ticket", "Why")},
           {"Code": 7, "Ticket": "9007199254740993", "Why": "zu früh ⏰"})
    types.failure("INVALID_ARGUMENT", "Refuse", Kind="REFUSE_KIND_CLIENT")
    types.failure("INTERNAL", "Refuse", Kind="REFUSE_KIND_SERVER")


TYPES = [
    ("every type comes back as it went", everything),
    ("null is not set, and not the empty string", null),
    ("lists of none, one and two are repeated", arrays),
    ("faults are INTERNAL or INVALID_ARGUMENT, with their details", refusals),
]


# spyne.

def place(shop):
    items = [{**item, "colour": f"COLOUR_{item['colour'].upper()}"} for item in ORDER["items"]["Item"]]
    order = {key: value for key, value in ORDER.items() if value is not None} | {"items": {"Item": items}}
    expect(shop.answer("Place", order=order), {"placeResult": order})


def absent(shop):
    seen = shop.calls(("Describe", {"text": "ä🐉"}), ("Describe", {}), ("Due", {"id": "1"}))
    expect([one.get("answer") for one in seen], [{"describeResult": "2: ä🐉"}, {}, {"dueResult": "2026-02-28"}])


SHOP = [("an order comes back as it went", place), ("an absent result is not set", absent)]


# The rest.

def book(gateway):
    ledger = Service(gateway, "ledger", "Ledger")
    expect(ledger.answer("Book", amount="10.50", text="ü <&> 🐉"),
           {"entry": {"number": "9007199254740993", "text": "ü <&> 🐉", "amount": "10.50"}})


def unreachable(gateway):
    Service(gateway, "absent", "Types").failure("UNAVAILABLE", "Nothing")
    Service(gateway, "broken", "Types").failure("INTERNAL", "Nothing")


def connect(gateway):
    answer = gateway.post("/bank11.v1.Bank/GetAccount", {"AccountId": ERIKA})
    expect((answer.status, json.loads(answer.text)), (200, {"GetAccountResult": as_protobuf(ACCOUNT)}))
    answer = gateway.post("/bank11.v1.Bank/GetAccount", {"AccountId": "5"})
    error = json.loads(answer.text)
    expect((answer.status, error["code"], error["details"][0]["type"], error["details"][0]["debug"]["AccountId"]),
           (400, "invalid_argument", "bank11.v1.NoSuchAccount", "5"))


def health(gateway):
    service = Service(gateway, "grpc.health", "Health")
    service.path = "/grpc.health.v1.Health/"
    seen = service.calls(("Check", {}), ("Check", {"service": "bank11.v1.Bank"}), ("Check", {"service": "none"}))
    expect([one.get("answer", one.get("status")) for one in seen],
           [{"status": "SERVING"}, {"status": "SERVING"}, "NOT_FOUND"])


def described(gateway):
    """The verb prints what is served, but for the package."""
    done = gateway.run("describe", gateway.servers.upstreams["bank11"][0], "--as", "proto")
    expect(done.returncode, 0, f"exit code\n{done.stdout}{done.stderr}")
    served = gateway.get("/bank11/contract.proto").text.replace("bank11.v1", "com.example.bank.v1")
    expect(done.stdout, served, "the .proto file")


OTHERS = [
    ("rpc style has a field for every part", book),
    ("a service that is not there is UNAVAILABLE, one that is broken INTERNAL", unreachable),
    ("Connect speaks of the same messages", connect),
    ("health knows the services", health),
    ("`describe --as proto` prints what is served", described),
]
