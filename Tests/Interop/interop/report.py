"""PASS and FAIL lines, and the one number that decides."""
import contextlib
import json
import sys


class Mismatch(Exception):
    """Something was not as it should be."""


class Gone(Exception):
    """There is nothing left to check: the gateway has crashed."""


class Report:
    def __init__(self, only=""):
        self.only = only
        self.passed = 0
        self.failed = 0

    @contextlib.contextmanager
    def check(self, claim):
        """Counts the block as one check; whatever it raises is its failure."""
        if self.only not in claim:
            raise Skipped
        try:
            yield
        except Exception as error:
            self.failed += 1
            what = str(error) if isinstance(error, (Mismatch, Gone)) else f"{type(error).__name__}: {error}"
            print(f"FAIL  {claim}\n      {what}", flush=True)
            if isinstance(error, Gone):
                sys.exit(self.summary())
        else:
            self.passed += 1
            print(f"PASS  {claim}", flush=True)

    def each(self, claims):
        """Runs (claim, function) pairs."""
        for claim, function in claims:
            with contextlib.suppress(Skipped), self.check(claim):
                function()

    def summary(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1


class Skipped(Exception):
    """Left out by --only."""


def expect(found, wanted, what="value"):
    if found != wanted:
        raise Mismatch(f"{what}: wanted {show(wanted)}, found {show(found)}")


def expect_holds(condition, what):
    if not condition:
        raise Mismatch(what)


def show(value):
    return json.dumps(value, ensure_ascii=False, default=repr)
