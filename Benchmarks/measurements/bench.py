"""What a measurement works with."""
import contextlib
import pathlib
import tempfile

from contenders.envoy import Envoy
from contenders.gateway import Gateway
from contenders.haproxy import HAProxy
from contenders.nginx import Nginx
from contenders.process import Missing

PROXIES = [Nginx, HAProxy, Envoy, Gateway]
WARM_UP_SECONDS = 1


class Bench(contextlib.ExitStack):
    """Everything started by it ends with it."""

    def __init__(self, options, results):
        super().__init__()
        self.options = options
        self.results = results
        self.folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        self.folder.chmod(0o755)

    def wants(self, name):
        return name in self.options.only or name == "gateway"

    def start(self, process):
        return self.enter_context(process)

    def proxies(self, upstream, certificates=()):
        """All contenders before one upstream."""
        found = (self.enter_context(self.alone(kind, upstream, certificates)) for kind in PROXIES)
        return [proxy for proxy in found if proxy]

    @contextlib.contextmanager
    def alone(self, kind, *arguments, **options):
        """One contender for as long as it is needed; None where it is not wanted, or missing, which is told."""
        with contextlib.ExitStack() as stack:
            try:
                proxy = stack.enter_context(kind(self.folder, *arguments, **options)) if self.wants(kind.name) else None
            except Missing as missing:
                print(f"{kind.name}: left out: {missing}", flush=True)
                proxy = None
            yield proxy

    def compare(self, row, unit, trials):
        """Every trial takes turns in every round; given seconds, it says one figure."""
        values = {name: [] for name in trials}
        for number in range(-1, self.options.rounds):
            for name, trial in trials.items():
                if number < 0:
                    trial(WARM_UP_SECONDS)
                else:
                    values[name].append(trial(self.options.seconds))
        self.results.add(row, unit, values)

    def compare_cost(self, row, loads):
        """CPU of a call. `loads` are by contender a process and a function that loads it for so many seconds and says
        how many calls were done."""
        self.compare(row, "µs of CPU per call", {
            name: lambda seconds, process=process, load=load: cost(process, load, seconds) * 1e6
            for name, (process, load) in loads.items()})


def cost(process, load, seconds):
    """CPU seconds for one call."""
    before = process.cpu_seconds()
    calls = load(seconds)
    if not calls:
        raise RuntimeError(f"{process.name} has answered no call")
    return (process.cpu_seconds() - before) / calls
