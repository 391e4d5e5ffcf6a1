"""RiQuA: novels of the nineteenth century with source, cue and content of what is said (sentence files)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from training.passage import UNKNOWN, Passage


def read(path: Path) -> Iterator[Passage]:
    """Yield one passage a document of a sentence file; each of its units begins a paragraph.

    The units are of at most 150 words and begin where the corpus was cut, which says nothing about sentences. The same
    labels stand in `attribution` and in `speech`, the latter for a head that learns from novels alone.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, rows in groupby((json.loads(line) for line in lines), key=lambda row: row["id"]):
            words: list[str] = []
            labels: list[str | None] = []
            breaks: list[bool] = []
            for row in rows:
                words += row["tokens"]
                labels += row["labels"]
                breaks += [k == 0 for k in range(len(row["tokens"]))]
            yield Passage(
                words, [True] * len(words), breaks, [UNKNOWN] * len(words), attribution=labels, speech=list(labels)
            )
