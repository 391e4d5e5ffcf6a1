"""Universal Dependencies treebanks (CoNLL-U), in document order, with GUM's entities as names."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from training.passage import ROOT, Passage, spans_to_bio

NON_COMMERCIAL = ("essay", "fiction", "letter", "podcast", "whow")
"""GUM's genres whose texts come under terms that forbid commercial use: never trained on."""

NAME_TYPES = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
"""GUM's entity types as ours; every other type whose head is a proper noun is MISC."""

_ENTITY = re.compile(
    r"\((\d+)(?:\[\d+/\d+\])?-(\w+)-[^-()]*-[^-()]*-[^-()]*-([\d,]+)|(\d+)(?:\[\d+/\d+\])?\)|(\()|(\))"
)
_CONNECTORS = {"of", "the", "for", "'s", "-", "&"}


def read(path: Path, *, without: tuple[str, ...] = ()) -> Iterator[Passage]:
    """Yield one passage a document of a CoNLL-U file (gzipped or not).

    `without` names genres that are left out: the second part of the document's id, as in GUM_fiction_beast. Ranges of
    multiword tokens and empty nodes are left out too. Raises ValueError where a line has not ten columns.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    passage = _empty()
    rows: list[list[str]] = []
    entities: list[str] = []
    paragraph, keep = True, True
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if len(passage):
                    yield _named(passage, entities)
                passage, entities, paragraph = _empty(), [], True
                genre = line.split("=")[-1].strip().split("_")
                keep = not (len(genre) > 1 and genre[1] in without)
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                paragraph = True
            elif line and line[0].isdigit():
                columns = line.split("\t")
                if len(columns) != 10:
                    raise ValueError(f"{path}, line {number}: {len(columns)} columns, not ten")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                if keep:
                    _add(passage, entities, rows, paragraph)
                rows, paragraph = [], False
    if rows and keep:
        _add(passage, entities, rows, paragraph)
    if len(passage):
        yield _named(passage, entities)


def lemmas(path: Path) -> list[list[list[str]]]:
    """Return the lemmas of a CoNLL-U file: document -> sentence -> word."""
    opener = gzip.open if path.suffix == ".gz" else open
    documents: list[list[list[str]]] = []
    words: list[str] = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc"):
                documents.append([])
            elif columns[0].isdigit():
                words.append(columns[2])
            elif not line.strip() and words:
                documents[-1].append(words)
                words = []
    return documents


def _empty() -> Passage:
    return Passage([], [], [], [])


def _add(passage: Passage, entities: list[str], rows: list[list[str]], paragraph: bool) -> None:
    base = len(passage.words)
    for k, row in enumerate(rows):
        passage.words.append(row[1])
        passage.spaces.append("SpaceAfter=No" not in row[9])
        passage.breaks.append(paragraph and k == 0)
        passage.starts.append(int(k == 0))
        passage.upos.append(row[3])
        passage.xpos.append(row[4])
        head = int(row[6])
        passage.heads.append(base + head - 1 if head else ROOT)
        passage.rels.append(row[7])
        entities.append(next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), ""))


def _named(passage: Passage, entities: list[str]) -> Passage:
    """Set the names of a document that has entities (GUM); leave those of another unknown."""
    n = len(passage)
    if any(entities):
        passage.names = spans_to_bio(n, sorted(_names(passage, entities), key=lambda s: (s[0] - s[1], s[0])))
    else:
        passage.names = [None] * n
    passage.things = [None] * n
    passage.attribution = [None] * n
    passage.speech, passage.happened = [None] * n, [None] * n
    return passage


def _names(passage: Passage, entities: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the proper names among GUM's mentions: the run of proper nouns around a mention's head."""
    open_at: dict[str, list[tuple[int, str, str]]] = {}
    for i, entity in enumerate(entities):
        last = None
        for match in _ENTITY.finditer(entity):
            identity, kind, minimal, closing, _, bare = match.groups()
            if identity:
                open_at.setdefault(identity, []).append((i, kind, minimal))
                last = identity
            elif closing or (bare and last):
                # A mention of one word is closed by a bare bracket, a longer one by its number and the bracket.
                key = closing or last
                last = None
                if open_at.get(key or ""):
                    start, kind, minimal = open_at[key or ""].pop()
                    found = _proper(passage, start, i + 1, minimal)
                    if found and kind != "time":
                        yield (*found, NAME_TYPES.get(kind, "MISC"))


def _proper(passage: Passage, start: int, end: int, minimal: str) -> tuple[int, int] | None:
    head = start + int(minimal.split(",")[0]) - 1
    if not start <= head < end or passage.upos[head] != "PROPN":
        return None
    low = high = head
    while low > start and _within(passage, low - 1):
        low -= 1
    while high + 1 < end and _within(passage, high + 1):
        high += 1
    while passage.upos[low] != "PROPN":
        low += 1
    while passage.upos[high] != "PROPN":
        high -= 1
    return low, high + 1


def _within(passage: Passage, i: int) -> bool:
    return passage.upos[i] == "PROPN" or passage.words[i] in _CONNECTORS
