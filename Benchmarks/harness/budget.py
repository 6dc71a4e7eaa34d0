"""Compares counts with budgets.json."""
import json

from .case import ROOT


def report(kind, counts):
    """Prints every count with its budget; 1 when one is above."""
    budgets = json.loads((ROOT / "Benchmarks/budgets.json").read_text())[kind]
    above = 0
    for name, count in counts.items():
        budget = budgets.get(name)
        verdict = "" if budget is None else f"  of {budget} allowed"
        if budget is not None and count > budget:
            verdict += "  ABOVE BUDGET"
            above = 1
        print(f"{name:12} {count:12.1f} {kind} per request{verdict}")
    return above
