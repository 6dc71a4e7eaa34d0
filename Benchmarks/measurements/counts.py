"""Instructions and allocations of one call, by Benchmarks/instructions and Benchmarks/allocations."""
import re

from contenders.process import output, use_all_cores
from harness.case import ROOT


def run(bench):
    use_all_cores()
    cases = ["proxy"] if bench.options.quick else []
    for kind in ("allocations", "instructions"):
        # 1 is a count above its budget, which is not for here.
        text = output([ROOT / "Benchmarks" / kind, *cases], allowed=(0, 1))
        counts = re.findall(rf"(?m)^(\S+) +([\d.]+) {kind} per request", text)
        if not counts:
            raise RuntimeError(f"{kind} has counted nothing:\n{text[-1000:]}")
        counts = {case: [float(count)] for case, count in counts}
        for case, count in counts.items():
            bench.results.add(f"{kind}-{case}", f"{kind} of a call", {"gateway": count})
        if "rest-soap" in counts:
            bench.results.add(f"{kind}-soap", f"{kind} of a call that is translated, and of one with the same bytes",
                              {"gateway": counts["rest-soap"], "plain proxy": counts["proxy-soap"]})
