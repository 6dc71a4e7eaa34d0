"""Messages and megabytes per second of CPU through the codecs alone, by `make bench`."""
import re

from contenders.process import output, use_all_cores
from harness.case import ROOT


def run(bench):
    use_all_cores()
    text = output(["swift", "run", "--package-path", "Benchmarks", "-c", "release", "codec"], folder=ROOT)
    rows = re.findall(r"(?m)^(\S.*?) +(\d+) +B (\d+) messages/s, (\d+) MB/s$", text)
    if not rows:
        raise RuntimeError(f"the codec benchmark has measured nothing:\n{text[-1000:]}")
    for name, size, messages, megabytes in rows:
        bench.results.add(f"codec {name}", f"messages of {size} B per CPU second", {"gateway": [float(messages)]})
        bench.results.add(f"codec {name}, MB", "MB per CPU second", {"gateway": [float(megabytes)]})
