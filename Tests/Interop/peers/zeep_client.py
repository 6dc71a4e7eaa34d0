"""zeep_client.py WSDL ADDRESS VERSION SERVICE: calls a peer with zeep and says `agreed`, or fails with the reason."""
import datetime
import decimal
import sys

import zeep
from zeep import xsd
from zeep.wsdl.bindings.soap import Soap11Binding, Soap12Binding

contract, address, version, name = sys.argv[1:]
client = zeep.Client(contract)
[service] = client.wsdl.services.values()
kind = Soap12Binding if version == "1.2" else Soap11Binding
[port] = [port for port in service.ports.values() if isinstance(port.binding, kind)]
call = client.create_service(str(port.binding.name), address)


def refuses(function, text):
    try:
        function()
    except zeep.exceptions.Fault as fault:
        assert text in fault.message, fault.message
        return fault
    raise AssertionError(f"no fault: {text}")


def types():
    for text in ("", "plain", " ä\n<&>]]> 🐉"):
        value = call.Echo(Value={"Nullable": text, "Long": 2**63 - 1, "Decimal": decimal.Decimal("10.50"),
                                 "Tag": ["one"], "Base64": b"\0\xff"})
        assert (value["Nullable"] or "") == text and value["Long"] == 2**63 - 1, value
        assert str(value["Decimal"]) == "10.50" and value["Tag"] == ["one"] and value["Base64"] == b"\0\xff", value
    assert call.Echo(Value={"Nullable": xsd.Nil})["Nullable"] is None
    assert call.Measure("äö🐉")["Bytes"].decode() == "äö🐉"
    assert [call.Repeat("é", count) for count in (0, 1, 2)] == [[], ["é"], ["é", "é"]]
    assert call.Flags() == [True, False, True, False, True]
    assert refuses(lambda: call.Refuse("typed"), "Refused").detail is not None
    refuses(lambda: call.Refuse("client"), "A client fault")
    call.Nothing()
    call.Notify("x")


def bank():
    account = call.GetAccount(2**53 + 1, True)
    assert account["Owner"] == "Erika Müßtermann 🐉" and str(account["Balance"]) == "10.50", account
    assert account["Closed"] is None and len(account["Transfer"]) == 1 and account["status"] == "active", account
    assert [len(call.ListAccounts(owner)) for owner in (None, "Zoë", "nobody")] == [2, 1, 0]
    refuses(lambda: call.GetAccount(5), "There is no account 5")
    money = {"_value_1": decimal.Decimal("10.60"), "currency": "EUR"}
    refuses(lambda: call.Transfer(From=2**53 + 1, ToAccount=1, Amount=money), "Not enough money")
    call.CloseAccount(2**53 + 1)
    call.NotifyAudit(1, "x", datetime.datetime(2026, 1, 1))


def ledger():
    entry = call.book("ü", decimal.Decimal("10.50"))
    assert entry["number"] == 2**53 + 1 and entry["text"] == "ü" and str(entry["amount"]) == "10.50", entry
    assert [len((call.read(count)["page"] or {"entry": []})["entry"]) for count in (0, 1, 2)] == [0, 1, 2]


def shop():
    order = {"id": 2**53 + 1, "placed": datetime.datetime(2026, 2, 28, 23, 59, 59), "due": xsd.Nil, "paid": True,
             "note": xsd.Nil, "serial": 2**70, "items": {"Item": [{"number": 1, "name": "x", "price": "10.50"}]}}
    placed = call.place(order)
    assert placed["serial"] == 2**70 and placed["due"] is None and len(placed["items"]["Item"]) == 1, placed
    assert [len(call.catalogue(count) or []) for count in (0, 1, 2)] == [0, 1, 2]
    assert call.describe("ä🐉") == "2: ä🐉"
    assert call.due(1) == datetime.date(2026, 2, 28)
    refuses(lambda: call.due(0), "There is no such order")
    call.forget()


{"php": types, "gsoap": types, "bank": bank, "ledger": ledger, "shop": shop}[name]()
print("agreed")
