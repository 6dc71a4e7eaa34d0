"""A spyne service: /soap11/ and /soap12/, each with the WSDL that spyne itself writes at ?wsdl.

Prints its port, then serves until it is killed.
"""
import datetime
import decimal
import logging
from wsgiref.simple_server import WSGIRequestHandler, make_server

from spyne import (Application, Array, Boolean, ByteArray, ComplexModel, Date, DateTime, Decimal, Enum, Fault, Float,
                   Integer, Long, ServiceBase, Unicode, XmlAttribute, rpc)
from spyne.protocol.soap import Soap11, Soap12
from spyne.server.wsgi import WsgiApplication
from spyne.util.wsgi_wrapper import WsgiMounter

NAMESPACE = "http://example.com/interop/shop"
Colour = Enum("red", "green", "blue", type_name="Colour")


class Item(ComplexModel):
    """One line of an order."""

    __namespace__ = NAMESPACE
    number = XmlAttribute(Long, use="required")
    name = Unicode(min_occurs=1, nillable=False)
    price = Decimal(min_occurs=1, nillable=False)
    colour = Colour(min_occurs=0)
    picture = ByteArray(min_occurs=0)


class Order(ComplexModel):
    __namespace__ = NAMESPACE
    id = Long(min_occurs=1, nillable=False)
    placed = DateTime(min_occurs=1, nillable=False)
    due = Date(min_occurs=1, nillable=True)
    paid = Boolean(min_occurs=1, nillable=False)
    weight = Float(min_occurs=0)
    serial = Integer(min_occurs=0)
    note = Unicode(min_occurs=1, nillable=True)
    items = Array(Item)
    tags = Unicode(min_occurs=0, max_occurs="unbounded")


class Shop(ServiceBase):
    @rpc(Order.customize(min_occurs=1, nillable=False), _returns=Order)
    def place(ctx, order):
        """Gives the order back as the server understood it."""
        return order

    @rpc(Integer(min_occurs=1, nillable=False), _returns=Array(Item))
    def catalogue(ctx, count):
        return [Item(number=2**53 + 1 + number, name=f"Stück № {number} 🧦", price=decimal.Decimal("10.50"),
                     colour="green", picture=[b"\x00\xff"]) for number in range(count)]

    @rpc(Unicode, _returns=Unicode)
    def describe(ctx, text):
        return None if text is None else f"{len(text)}: {text}"

    @rpc(Long(min_occurs=1), _returns=Date)
    def due(ctx, id):
        if id == 0:
            raise Fault("Client.NoSuchOrder", "There is no such order", detail={"id": "0"})
        if id < 0:
            raise RuntimeError("the database is on fire")
        return datetime.date(2026, 2, 28)

    @rpc()
    def forget(ctx):
        """Void in and out."""


def application(protocol):
    return WsgiApplication(Application(
        [Shop], tns=NAMESPACE, name="Shop", in_protocol=protocol(validator="lxml"), out_protocol=protocol()))


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    mounter = WsgiMounter({"soap11": application(Soap11), "soap12": application(Soap12)})
    with make_server("127.0.0.1", 0, mounter, handler_class=Quiet) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
