"""What the gateway publishes about itself."""
import functools
import json
import re
import subprocess

from .environment import PYTHON, ROOT, WSDL
from .report import Mismatch, expect, expect_holds

VALIDATE = "import json, sys; from openapi_spec_validator import validate; validate(json.load(sys.stdin))"


def run(gateway, report):
    report.each((f"{under}: the OpenAPI document is valid", functools.partial(openapi, gateway, under))
                for under in ("bank11", "bank12", "php11", "gsoap12", "shop11", "ledger"))
    report.each((f"contract: {claim}", functools.partial(check, gateway)) for claim, check in CHECKS)


def openapi(gateway, under):
    document = gateway.get(f"/{under}/openapi.json").json()
    expect_holds(document["openapi"].startswith("3.1"), f"openapi is {document['openapi']}")
    expect_holds(document["paths"], "no paths")
    validate(json.dumps(document))


def validate(document):
    done = subprocess.run([PYTHON, "-c", VALIDATE], input=document, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise Mismatch(done.stderr.strip()[-800:])


def docs(gateway):
    answer = gateway.get("/bank11/docs")
    expect((answer.status, answer.media_type), (200, "text/html"))
    # The operations stand in it, or it reads them from beside it.
    named = "get-account" in answer.text or "openapi.json" in answer.text
    expect_holds(named, "the page does not know an operation")
    elsewhere = re.findall(r'(?:src|href)\s*=\s*["\']?(?:https?:)?//[^"\'\s>]+', answer.text)
    expect(elsewhere, [], "what the page loads from elsewhere")


def check_verb(gateway):
    done = gateway.run("check", "-c", gateway.configuration)
    expect(done.returncode, 0, f"exit code\n{done.stdout}{done.stderr}")


def describe(gateway):
    for contract in (WSDL / "bank.wsdl", ROOT / "protos/bank.proto", ROOT / "protos/interop/warehouse.proto"):
        done = gateway.run("describe", contract, "--as", "openapi")
        expect((done.returncode, done.stderr), (0, ""), f"exit code and findings\n{done.stdout}")
        validate(done.stdout)


def serve_contract(gateway):
    with gateway.serving(WSDL / "bank.wsdl", "--upstream", f"{gateway.servers.php}/bank") as quick:
        account = quick.post("/get-account", {"AccountId": "9007199254740993"}).json()["GetAccountResult"]
        expect(account["Owner"], "Erika Müßtermann 🐉")
        validate(json.dumps(quick.get("/openapi.json").json()))


def no_upstream(gateway):
    """A WSDL that a server writes of itself has its address."""
    contract = gateway.servers.upstreams["shop11"][0]
    with gateway.serving(contract) as quick:
        expect(quick.post("/due", {"id": "1"}).json(), {"dueResult": "2026-02-28"})


CHECKS = [
    ("the docs page loads nothing from elsewhere", docs),
    ("`check` finds nothing in the configuration of these checks", check_verb),
    ("`serve CONTRACT --upstream` needs no configuration", serve_contract),
    ("`serve CONTRACT` calls the address in the contract", no_upstream),
    ("`describe --as openapi` writes valid documents", describe),
]
