"""From exec to the first answer, and the memory then, with the demo's WSDL and with one of 1 MB."""
import time

from contenders.gateway import Gateway
from contenders.process import START_SECONDS, answers
from harness.case import ROOT

from . import wsdl

TIMES = 10
PAUSE_SECONDS = 0.0005


def run(bench):
    generated = bench.folder / "large.wsdl"
    generated.write_text(wsdl.generated(1_000_000))
    times = TIMES if bench.options.rounds > 1 else 1
    for name, contract in (("demo", ROOT / "wsdl/bank.wsdl"), ("large", generated)):
        figures = {"start": [], "cpu": [], "rss": [], "pss": []}
        for _ in range(times):
            gateway = Starting(
                bench.folder,
                upstreams={"bank": {"contract": str(contract), "endpoints": ["http://127.0.0.1:9"]}},
                routes=[{"expose": "bank.*"}])
            with gateway:
                figures["start"].append(gateway.milliseconds)
                figures["cpu"].append(gateway.cpu_milliseconds)
                figures["rss"].append(gateway.kibibytes("Rss") / 1024)
                figures["pss"].append(gateway.kibibytes("Pss") / 1024)
        size = f"with a WSDL of {contract.stat().st_size / 1000:.0f} KB"
        bench.results.add(f"start-{name}", f"ms from exec to the first answer, {size}", {"gateway": figures["start"]})
        bench.results.add(f"start-cpu-{name}", f"ms of CPU until then, {size}", {"gateway": figures["cpu"]})
        bench.results.add(f"rss-{name}", f"MiB (RSS) when idle, {size}", {"gateway": figures["rss"]})
        bench.results.add(f"pss-{name}", f"MiB (PSS) when idle, {size}", {"gateway": figures["pss"]})


class Starting(Gateway):
    """The gateway, with a clock. An answer, to any path, is a little later than the connection that it comes by."""

    def command(self):
        self.ports = {"http1": self.ports["http1"]}
        command = super().command()
        self.start = time.monotonic()
        return command

    def wait_until_it_serves(self):
        while not answers(self.ports["http1"]):
            self.pause(self.start + START_SECONDS, PAUSE_SECONDS)
        self.milliseconds = (time.monotonic() - self.start) * 1000
        # Of the scheduler, to the nanosecond.
        tasks = [(task / "schedstat").read_text().split() for task in (self.proc / "task").iterdir()]
        self.cpu_milliseconds = sum(int(task[0]) for task in tasks) / 1e6
