"""How linking grows with the number of claims: `python -m benchmarks.scaling 1000 10000 100000 [--json]`.

DATA are numbers of claims. The claims are made by the generator below from a fixed seed, one to a document: events with
four reports each on average (one to seven), five a day, so that the time covered grows and the reporting on a day does
not; each in one of 200 villages of a grid 300 km wide, with the dead and the wounded, which reports give with
differences; one report in five is a copy of another with a changed opening; one in fifty is a total of a province over
a month. For each number the time of linking them whole and of then adding 100 further claims is measured in a process
of its own, with the peak memory of that process; the growth is the slope of log time between the second smallest number
and the largest. The peer is Splink 5 alone on the same rows (place, day, figure, text; blocked on place and day;
weights by expectation maximisation; connected components at 0.8), without the finding of shared texts, accounts, bans,
totals or reasons: `splink_seconds` up to `--peer` claims.
"""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.common import arguments, report
from corroborate.link import Linking
from corroborate.model import Claim, Document, Event, Hop, Place, Published, Quantity, When, claim_id

_FIRST = date(1900, 1, 1)
_VILLAGES, _A_DAY, _SEED = 200, 5, 7
_OPENINGS = (
    "On {day}",
    "According to residents, on {day}",
    "Rescue workers said that on {day}",
    "It was on {day} that",
)
_DEEDS = ("an air strike hit", "shells fell on", "a drone struck", "warplanes bombed", "artillery shelled")
_TARGETS = ("the market", "a school", "a farm", "a clinic", "the bakery", "a road", "two houses", "a well", "the mill")


def synthetic(count: int, offset: int = 0) -> tuple[list[Document], list[Claim]]:
    """Return `count` documents with a claim each; `offset` counts the events that were made before."""
    rng = random.Random(_SEED + offset)
    documents: list[Document] = []
    claims: list[Claim] = []
    event = offset
    while len(documents) < count:
        day = _FIRST + timedelta(days=event // _A_DAY)
        village, dead, hurt = rng.randrange(_VILLAGES), 1 + int(rng.expovariate(0.12)), int(rng.expovariate(0.06))
        deed, target, name = rng.choice(_DEEDS), rng.choice(_TARGETS), f"witness {event}"
        earlier = ""
        for number in range(min(rng.choice((1, 2, 3, 4, 4, 4, 5, 6, 7)), count - len(documents))):
            told = max(1, dead + rng.choice((0, 0, 0, 1, -1)))
            total = rng.random() < 0.02
            text = (
                f"Since {day - timedelta(days=30)} strikes have killed {told} people in Province{village % 10}."
                if total
                else f"{rng.choice(_OPENINGS).format(day=day)} {deed} {target} of Village{village} and killed {told} "
                f"people, {name} told reporter {number}; {hurt} were taken to hospital {rng.randrange(50)}."
            )
            if earlier and not total and rng.random() < 0.2:
                text = f"Reporter {number} writes: {earlier}"
            elif not total:
                earlier = text
            documents.append(
                _document(f"{offset}-{len(documents)}", text, day + timedelta(days=rng.choice((0, 0, 1, 2))))
            )
            claims.append(_claim(documents[-1], village, day, told, total))
        event += 1
    return documents, claims


def measured(count: int) -> dict[str, float]:
    """Return seconds of linking `count` claims and of adding 100, and the peak memory in MB of this process."""
    documents, claims = synthetic(count)
    begun = time.perf_counter()
    linking = Linking()
    linking.add(documents, claims)
    linked = linking.linked()
    whole = time.perf_counter() - begun
    more, told = synthetic(100, offset=count)
    begun = time.perf_counter()
    linking.add(more, told)
    linking.linked()
    added = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": whole, "added_seconds": added, "peak_mb": peak, "clusters": float(len(linked.clusters))}


def splink(count: int) -> dict[str, float]:
    """Return the seconds that Splink alone takes for the same rows: estimation, prediction, connected components."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    documents, claims = synthetic(count)
    rows = [
        {"unique_id": i, "place": one.places[0].name, "day": str(one.when.start) if one.when else "",
         "dead": int(one.quantities[0].low or 0), "text": source.text}
        for i, (one, source) in enumerate(zip(claims, documents, strict=True))
    ]  # fmt: skip
    begun = time.perf_counter()
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
    return {"splink_seconds": time.perf_counter() - begun}


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
        figures["growth"] = math.log(times[high] / times[low]) / math.log(high / low) if high > low else None
    report("scaling", figures, (), options)
    return 0


def _alone(size: int, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.scaling", str(size), "--one", what]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"{what} at {size}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {} if what == "splink" else {"seconds": math.nan, "added_seconds": math.nan, "peak_mb": math.nan}
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def _document(name: str, text: str, published: date) -> Document:
    empty: dict[str, Any] = dict.fromkeys(("within", "url", "archive_url", "retrieved", "outlet", "title", "author"))
    return Document(
        id=f"d_{name}", evidence=f"sha256:{name}", name=name, media_type="text/plain", language="en", text=text,
        published=Published(start=published, end=published, basis="generator"), sentences=((0, len(text)),),
        segments=(), **empty,
    )  # fmt: skip


def _claim(source: Document, village: int, day: date, dead: int, total: bool) -> Claim:
    text = source.text
    name = f"Province{village % 10}" if total else f"Village{village}"
    start = max(text.find(name), 0)
    row, column = divmod(village % 10 if total else village, 20)
    place = Place(
        start=start, end=start + len(name), text=text[start : start + len(name)], name=name, gazetteer_id=name,
        lat=33 + row * 0.27, lon=36 + column * 0.16, precision_km=60.0 if total else 2.0, country="XX",
    )  # fmt: skip
    figure = Quantity(
        start=0, end=1, text=text[0], measure="killed", who=None, low=float(dead), high=float(dead), bound="exact"
    )
    begun = day - timedelta(days=30) if total else day
    when = When(text=None, start=begun, end=day, precision="open" if total else "day", basis=None)
    empty: dict[str, Any] = dict.fromkeys(("source", "cue", "basis"))
    many: dict[str, Any] = dict.fromkeys(("hedges", "persons", "evidence", "flags", "why"), ())
    return Claim(
        id=claim_id(source.id, 0, len(text), "ASSAULT"), document=source.id, start=0, end=len(text), text=text,
        voice="own", chain=(Hop(name=source.name, kind="outlet", party=None),), modality="asserted",
        polarity="affirmed", event=Event(type="ASSAULT", mode="aerial"), places=(place,), when=when,
        quantities=(figure,), **empty, **many,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
