"""re3d: reports on Syria and Iraq with names, weapons and quantities (tokens and BIO labels in columns)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

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
    with gzip.open(path, "rt", encoding="utf-8") as lines:
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


def _passage(words: list[str], labels: list[str]) -> Passage:
    things: list[str | None] = ["O" if label == "O" else label[:2] + THINGS[label[2:]] for label in labels]
    return Passage(
        words,
        [True] * len(words),
        [False] * len(words),
        [UNKNOWN] * len(words),
        things=things,
        names=_names(words, things),
    )


def _names(words: list[str], things: list[str | None]) -> list[str | None]:
    """Return the spans that hold a capital as names.

    re3d also marks common nouns ("the group") and weapons, of which the head for proper names must learn nothing either
    way.
    """
    names: list[str | None] = []
    for i, thing in enumerate(things):
        kind = (thing or "O")[2:]
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
