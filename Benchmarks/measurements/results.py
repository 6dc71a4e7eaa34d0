"""Results: a line of JSON for each, a table for people, a file for Benchmarks/table."""
import datetime
import json
import statistics


class Results:
    def __init__(self, path):
        """`path` is None where nothing is kept."""
        self.path = path

    def add(self, row, unit, values):
        """`values` are one for each round, by contender. What is compared with the others is called "gateway"."""
        ours = values.get("gateway")
        found = []
        for contender, rounds in values.items():
            result = {"row": row, "contender": contender, "unit": unit, "value": rounded(statistics.median(rounds)),
                      "rounds": len(rounds)}
            if ours and contender != "gateway":
                # Of each round, so that what the machine did meanwhile hits both.
                ratios = [our / their for our, their in zip(ours, rounds) if their]
                if ratios:
                    result |= {"ratio": rounded(statistics.median(ratios)),
                               "between": [rounded(min(ratios)), rounded(max(ratios))]}
            result["at"] = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%MZ")
            found.append(result)
        self.print(row, unit, found)
        self.keep(row, found)

    def print(self, row, unit, found):
        for result in found:
            print(json.dumps(result, ensure_ascii=False))
        print(f"\n{row}: {unit}")
        for result in found:
            ratio = "" if "ratio" not in result else "gateway / it {:.2f} ({:.2f}–{:.2f})".format(
                result["ratio"], *result["between"])
            print(f"  {result['contender']:16} {result['value']:12.4g}   {ratio}")
        print(flush=True)

    def keep(self, row, found):
        if not self.path:
            return
        kept = json.loads(self.path.read_text()) if self.path.exists() else []
        # What was not measured this time keeps its figures.
        again = {result["contender"] for result in found}
        kept = [result for result in kept if result["row"] != row or result["contender"] not in again] + found
        kept.sort(key=lambda result: (result["row"], result["contender"]))
        lines = ",\n".join(json.dumps(result, ensure_ascii=False) for result in kept)
        self.path.write_text(f"[\n{lines}\n]\n")


def rounded(value):
    """To four digits, which is more than any figure is worth."""
    return float(f"{value:.4g}")
