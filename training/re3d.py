"""re3d: reports on Syria and Iraq with names, weapons and quantities (tokens and BIO labels in columns)."""

from __future__ import annotations

import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from corroborate.read.encoder.chain import spans
from training.passage import UNKNOWN, Passage

THINGS = {
    "Person": "PERSON",
    "Organisation": "ORG",
    "Location": "LOC",
    "Weapon": "WEAPON",
    "MilitaryPlatform": "PLATFORM",
    "Quantity": "QUANTITY",
    "Money": "MONEY",
    "Temporal": "TEMPORAL",
    "Nationality": "NATIONALITY",
    "DocumentReference": "DOCUMENT",
}
"""re3d's types as ours."""


def read(path: Path) -> Iterator[Passage]:
    """Yield one passage a sentence; the corpus is shuffled, so that sentences have no neighbours."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        words: list[str] = []
        labels: list[str] = []
        for line in [*lines, "\n"]:
            columns = line.rstrip("\n").split("\t")
            if len(columns) >= 2 and columns[0].strip():
                words.append(columns[0].strip())
                labels.append(columns[-1].strip() or "O")
            elif words:
                yield _passage(words, labels)
                words, labels = [], []


def swapped(passages: Sequence[Passage], draw: random.Random, rate: float = 0.5) -> Iterator[Passage]:
    """Yield the passages with some of their spans in the words of another span of the same type.

    574 sentences hold few names; the words around them tell the type, and must be learnt with many. Of weapons and
    platforms, the rarest, more are listed in `weapons.txt`.
    """
    pool: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for passage in passages:
        for start, end, kind in spans([label or "O" for label in passage.things]):
            pool[kind].add(tuple(passage.words[start:end]))
    kind = "WEAPON"
    for line in Path(__file__).with_name("weapons.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            kind = line[1:]
        else:
            pool[kind].add(tuple(line.split()))
    choices = {kind: sorted(found) for kind, found in pool.items()}
    for passage in passages:
        words, things, done = [], [], 0
        for start, end, kind in [*spans([label or "O" for label in passage.things]), (len(passage), len(passage), "")]:
            words += passage.words[done:start]
            things += ["O"] * (start - done)
            if kind:
                span = draw.choice(choices[kind]) if draw.random() < rate else tuple(passage.words[start:end])
                words += span
                things += ["B-" + kind] + ["I-" + kind] * (len(span) - 1)
            done = end
        yield _labelled(words, things)


def _passage(words: list[str], labels: list[str]) -> Passage:
    return _labelled(words, ["O" if label == "O" else label[:2] + THINGS[label[2:]] for label in labels])


def _labelled(words: list[str], things: list[str]) -> Passage:
    return Passage(
        words,
        [True] * len(words),
        [False] * len(words),
        [UNKNOWN] * len(words),
        things=list(things),
        names=_names(words, things),
    )


def _names(words: list[str], things: list[str]) -> list[str | None]:
    """Return the spans that hold a capital as names.

    re3d also marks common nouns ("the group") and weapons, of which the head for proper names must learn nothing either
    way.
    """
    names: list[str | None] = []
    for i, thing in enumerate(things):
        kind = thing[2:]
        if kind in ("PERSON", "ORG", "LOC"):
            low, high = i, i + 1
            while things[low] != "B-" + kind and low > 0:
                low -= 1
            while high < len(things) and things[high] == "I-" + kind:
                high += 1
            names.append(thing if any(word[0].isupper() for word in words[low:high]) else None)
        else:
            names.append(None if kind in ("WEAPON", "PLATFORM", "DOCUMENT") else "O")
    return names
