"""The forms in which text reaches the reader: as printed, without punctuation, without quotation marks, with its
hyphens kept.
"""

from __future__ import annotations

from benchmarks.stripping import strip_words
from training.passage import BIO, LABELS, UNKNOWN, Passage

QUOTES = {'"', "“", "”", "``", "''", "„", "«", "»"}
COMMAS = QUOTES | {",", ";", ":"}
_SINGLE_QUOTES = {"'", "‘", "’", "`"}


def stripped(passage: Passage, *, split: bool) -> Passage:
    """Return `passage` without punctuation.

    Where `split`, what is left of a word like "U.S." becomes words of its own, as a tokeniser finds them in the text:
    the further ones depend on the first as `goeswith` and share its labels. Otherwise they stay one word, as the gold
    tokens have it.
    """
    parts: list[tuple[int, str, bool]] = []
    for index, rest in strip_words(passage.words):
        pieces = rest.split() if split else [rest]
        parts.extend((index, piece, k == 0) for k, piece in enumerate(pieces))
    return _rebuilt(passage, parts)


def without_quotes(passage: Passage) -> Passage:
    """Return `passage` without its quotation marks; a single mark that is an apostrophe of its own is kept."""
    kept = [
        (i, word, True)
        for i, word in enumerate(passage.words)
        if word not in QUOTES and not (word in _SINGLE_QUOTES and passage.upos[i] != "PART")
    ]
    return _rebuilt(passage, kept)


def without_commas(passage: Passage) -> Passage:
    """Return `passage` without its commas and what encloses speech, its full stops kept."""
    kept = [(i, word, True) for i, word in enumerate(passage.words) if word not in COMMAS]
    return _rebuilt(passage, kept)


def hyphens_joined(passage: Passage) -> Passage:
    """Return `passage` with "gas", "-", "fired" as one word, as the Penn Treebank has it (for what has no parse)."""
    parts: list[tuple[int, str, bool]] = []
    for i, word in enumerate(passage.words):
        glued = i > 0 and not passage.spaces[i - 1] and not passage.breaks[i]
        if glued and parts and ((word == "-" and parts[-1][1][-1].isalnum()) or parts[-1][1].endswith("-")):
            parts[-1] = (parts[-1][0], parts[-1][1] + word, True)
        else:
            parts.append((i, word, True))
    return _rebuilt(passage, parts)


def _rebuilt(passage: Passage, parts: list[tuple[int, str, bool]]) -> Passage:
    """Return the passage whose words are `parts`: (index of the word it comes from, the word, whether it is that
    word's first).
    """
    n = len(passage)
    place = [UNKNOWN] * n
    for new, (old, _, first) in enumerate(parts):
        if first:
            place[old] = new
    new_words = [word for _, word, _ in parts]
    result = Passage(
        new_words,
        [True] * len(parts),
        _carried(passage.breaks, parts),
        _starts(passage, parts),
    )
    result.heads = [_head(passage, place, old) if first else place[old] for old, _, first in parts]
    for column in LABELS:
        given = getattr(passage, column)
        setattr(result, column, [given[old] for old, _, _ in parts])
    result.rels = [passage.rels[old] if first else "goeswith" for old, _, first in parts]
    if all(rel is None for rel in passage.rels):
        result.rels, result.heads = [None] * len(parts), [UNKNOWN] * len(parts)
    for new, (_, _, first) in enumerate(parts):
        for column in BIO:
            _continue(getattr(result, column), new, first)
    for column in BIO:
        _opened(getattr(result, column), getattr(passage, column), parts)
    return result


def _carried(marks: list[bool], parts: list[tuple[int, str, bool]]) -> list[bool]:
    """Return the paragraph breaks, each at the first word that is left at or after it."""
    return [value == 1 for value in _earliest([int(m) for m in marks], parts)]


def _starts(passage: Passage, parts: list[tuple[int, str, bool]]) -> list[int]:
    return _earliest(passage.starts, parts)


def _earliest(marks: list[int], parts: list[tuple[int, str, bool]]) -> list[int]:
    result, seen = [], 0
    for old, _, first in parts:
        passed = marks[seen : old + 1]
        seen = max(seen, old + 1)
        if not first:
            result.append(0)
        elif 1 in passed:
            result.append(1)
        else:
            # What was lost between two words may have hidden a start only where the corpus did not say.
            result.append(UNKNOWN if UNKNOWN in passed else 0)
    return result


def _head(passage: Passage, place: list[int], old: int) -> int:
    """Return the new index of a word's head; where that is gone, of the nearest ancestor that is left."""
    head = passage.heads[old]
    for _ in range(len(passage)):
        if head < 0 or place[head] != UNKNOWN:
            break
        head = passage.heads[head]
    return place[head] if head >= 0 else head


def _continue(labels: list[str | None], new: int, first: bool) -> None:
    label = labels[new]
    if not first and label is not None and label.startswith("B-"):
        labels[new] = "I-" + label[2:]


def _opened(labels: list[str | None], given: list[str | None], parts: list[tuple[int, str, bool]]) -> None:
    """Let a span whose first word is gone begin at the first that is left."""
    begun = -1
    for new, (old, _, _) in enumerate(parts):
        lost = range(begun + 1, old)
        begun = old
        label = labels[new]
        if label is not None and label.startswith("I-") and any(given[k] == "B-" + label[2:] for k in lost):
            labels[new] = "B-" + label[2:]
