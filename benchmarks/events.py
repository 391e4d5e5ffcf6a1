"""What happened, by type and mode: `python -m benchmarks.events stories.csv.zip [--limit N] [--json]`.

The stories (NGEC: synthetic, one PLOVER type and mostly one mode each, columns `text`, `label`, `mode`) are labelled as
wholes. A story's answer is what the reader takes it to be about (`read.event.passage.about`: its events, the first ones
weighing more, and the trained head), with --lexicon by its events alone, and the most frequent mode of that type's
events. --held measures only on stories of headlines that the head was not trained on. `type_f1` is the mean F1 over the
sixteen types, `mode_f1` that over the types with the modes that the manual of 2024 still has; `type_right` is the share
of stories with the right type, `answered` that of stories with any answer.

The four types that PLOVER does not have are left out of the answer. A label of a whole story says little on the
precision of single events: stories report several, and the texts stray from the headline that they were made from.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.common import Counts, arguments, opened, report
from corroborate.knowledge.parties import Parties
from corroborate.read.encoder import Encoder
from corroborate.read.event.find import find_events
from corroborate.read.event.passage import about, told
from corroborate.read.mentions import EventMention
from corroborate.read.who import find_parties
from training.passages import is_held

# Names of modes in the stories that the manual of 2024 spells or files otherwise.
_MODES = {
    "SIEZE": "seize", "PRIMATIVE": "primitive", "BAN": "restrict", "EXECUTE": "targeted", "ASSASSINATE": "targeted",
    "MASSACRE": "targeted",
}  # fmt: skip
_GONE = frozenset(["CLEANSING", "RETURN"])  # modes that the manual no longer has


def main(given: Sequence[str] | None = None) -> int:
    """Measure the events of the stories given."""
    parser = arguments(__doc__)
    parser.add_argument("--limit", type=int, default=0, help="a fixed random choice of so many stories (0: all)")
    parser.add_argument("--lexicon", action="store_true", help="answer by the events of the lexicon alone")
    parser.add_argument("--held", action="store_true", help="only stories of headlines kept from the training")
    options = parser.parse_args(given)
    stories = [story for path in options.data for story in read_stories(path, options.held)]
    if options.limit:
        stories = random.Random(1).sample(stories, min(options.limit, len(stories)))
    encoder, parties = Encoder(), Parties.load()
    answers = []
    for text, _, _ in stories:
        doc = encoder.parse(text)
        answers.append(answer(text, find_events(doc, parties, find_parties(doc, parties)), options.lexicon))
    report("events", score([(label, mode) for _, label, mode in stories], answers), (), options)
    return 0


def read_stories(path: Path, held: bool = False) -> Iterator[tuple[str, str, str | None]]:
    """Yield (text, type, mode or None) of a CSV file, plain, gzipped or zipped."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".csv") and not name.startswith("__"):
                    yield from _rows(io.StringIO(archive.read(name).decode("utf-8")), held)
    else:
        with opened(path) as rows:
            yield from _rows(io.StringIO(rows.read()), held)


def _rows(file: io.StringIO, held: bool) -> Iterator[tuple[str, str, str | None]]:
    for row in csv.DictReader(file):
        mode = row["mode"] or None
        known = None if mode is None or mode in _GONE else _MODES.get(mode, mode.lower())
        if row["text"].strip() and (not held or is_held(row["title"])):
            yield row["text"], row["label"], known


def answer(text: str, events: Sequence[EventMention], lexicon: bool = False) -> tuple[str | None, str | None]:
    """Return the type and mode of a whole story, by its events alone where only the lexicon is asked."""
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in events:
        if mention.event.mode:
            modes[mention.event.type][mention.event.mode] += 1
    weights = told(events) if lexicon else about(text, events)
    if not weights:
        return None, None
    kind = max(weights, key=lambda name: weights[name])
    return kind, modes[kind].most_common(1)[0][0] if modes[kind] else None


def score(
    wanted: Sequence[tuple[str, str | None]], found: Sequence[tuple[str | None, str | None]]
) -> dict[str, float | None]:
    """Return the figures for wanted and found pairs of type and mode."""
    types: dict[str, Counts] = defaultdict(Counts)
    modes: dict[str, Counts] = defaultdict(Counts)
    for (label, mode), (kind, how) in zip(wanted, found, strict=True):
        _count(types, label, kind)
        if mode is not None:
            _count(modes, f"{label} {mode}", f"{kind} {how}" if how else None)
    labels = {label for label, _ in wanted}
    kinds = {f"{label} {mode}" for label, mode in wanted if mode is not None}
    answered = [(label, kind) for (label, _), (kind, _) in zip(wanted, found, strict=True) if kind is not None]
    right = sum(label == kind for label, kind in answered)
    return {
        "type_f1": _mean([types[label].f1 for label in labels]),
        "mode_f1": _mean([modes[kind].f1 for kind in kinds]),
        "type_right": 100 * right / len(wanted) if wanted else None,
        "answered": 100 * len(answered) / len(wanted) if wanted else None,
        "stories": len(wanted),
        **{f"f1_{label.lower()}": types[label].f1 for label in sorted(labels)},
    }


def _count(counts: dict[str, Counts], wanted: str, found: str | None) -> None:
    counts[wanted].wanted += 1
    if found is not None:
        counts[found].found += 1
        counts[found].right += found == wanted


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


if __name__ == "__main__":
    sys.exit(main())
