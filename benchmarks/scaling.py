"""How linking grows with the number of claims: `python -m benchmarks.scaling 1000 10000 100000 [--json]`.

DATA are numbers of claims, of invented reporting (benchmarks/invented.py). For each number it is measured in a process
of its own, and in seconds of the processor (other work on the machine does not count): linking all but 100 claims at
once, adding those 100, which are reports taken out at random, and the peak memory of the process with the claims in it.
The growth is the slope of log time between the second smallest number and the largest (of two: between the two); also
that between each and the next. The peer is Splink 5 alone on the same rows (place, day, figure, text; blocked on place
and day; weights by expectation maximisation; connected components at 0.8), without the finding of shared texts,
accounts, bans, totals or reasons: `splink_seconds` up to `--peer` claims.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import pairwise

from benchmarks.common import arguments, report
from benchmarks.invented import apart, reporting
from corroborate.link import Linking


def measured(count: int) -> dict[str, float]:
    """Return seconds of linking `count` claims and of adding 100 of them, and the peak memory in MB of this process."""
    documents, claims = reporting(count)
    more, told = apart(documents, claims, 100)
    begun = time.process_time()
    linking = Linking()
    linking.add(documents, claims)
    linked = linking.linked()
    whole = time.process_time() - begun
    begun = time.process_time()
    linking.add(more, told)
    linking.linked()
    added = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": whole, "added_seconds": added, "peak_mb": peak, "clusters": float(len(linked.clusters))}


def splink(count: int) -> dict[str, float]:
    """Return the seconds that Splink alone takes for the same rows: estimation, prediction, connected components."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    _, claims = reporting(count)
    rows = [
        {"unique_id": i, "place": one.places[0].name if one.places else None, "text": one.text,
         "day": str(one.when.start) if one.when else None,
         "dead": int(one.quantities[0].low or 0) if one.quantities else None}
        for i, one in enumerate(claims)
    ]  # fmt: skip
    begun = time.process_time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ExactMatch("place"),
            cl.ExactMatch("day"),
            cl.ExactMatch("dead"),
            cl.JaccardAtThresholds("text"),
        ],
        blocking_rules_to_generate_predictions=[block_on("place", "day"), block_on("place", "dead")],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(pa.Table.from_pylist(rows)), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("place", "day"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dead", "place"))
    predicted = linker.inference.predict(threshold_match_probability=0.8)
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.8)
    return {"splink_seconds": time.process_time() - begun}


def main(given: Sequence[str] | None = None) -> int:
    """Measure the numbers of claims given."""
    parser = arguments(__doc__)
    parser.add_argument("--peer", type=int, default=100_000, help="up to so many claims the peer is run as well")
    parser.add_argument("--one", choices=("ours", "splink"), help="measure one number in this process (used by itself)")
    options = parser.parse_args(given)
    sizes = sorted(int(str(size)) for size in options.data)
    if options.one:
        print(json.dumps((measured if options.one == "ours" else splink)(sizes[0])))
        return 0
    figures: dict[str, float | None] = {}
    times = {}
    for size in sizes:
        found = _alone(size, "ours")
        times[size] = found["seconds"]
        found["added_percent"] = 100 * found["added_seconds"] / found["seconds"]
        if size <= options.peer:
            found |= _alone(size, "splink")
        figures |= {f"{key}_{size}": value for key, value in found.items()}
    if len(sizes) > 1:
        low, high = sizes[-2] if len(sizes) == 2 else sizes[1], sizes[-1]
        figures["growth"] = _slope(times, low, high)
        figures |= {f"growth_{a}_{b}": _slope(times, a, b) for a, b in pairwise(sizes)}
    report("scaling", figures, (), options)
    return 0


def _slope(times: dict[int, float], low: int, high: int) -> float | None:
    return math.log(times[high] / times[low]) / math.log(high / low) if high > low else None


def _alone(size: int, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.scaling", str(size), "--one", what]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"{what} at {size}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {} if what == "splink" else {"seconds": math.nan, "added_seconds": math.nan, "peak_mb": math.nan}
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
