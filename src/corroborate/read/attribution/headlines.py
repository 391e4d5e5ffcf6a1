"""A headline's own form of saying who says it: "UN panel: 300 dead", "Three killed in blast: monitor"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corroborate.read.attribution.joined import Joined
from corroborate.read.attribution.linking import Run
from corroborate.read.attribution.reading import Reading
from corroborate.read.attribution.sources import Sources
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

HEADLINE = "headline"
"""The rule of these readings."""
_DASHES = frozenset(["-", "–", "—"])
_NAME = 6
"""Words of a name before or behind a mark ("Head of the Dovrin District Hospital"); a topic is often longer."""
_SITES = frozenset(["PERSON", "LOC"])  # behind a dash: where a page stands, or the town of one who died
_CLAIM = 3  # words that a claim has at least: "300 civilians dead"
# A source by the form alone. Of 408 headlines with such a mark in FA-KES and a draw on gun violence 113 were read so;
# five of those named no speaker (towns and sites behind a dash), before persons' and places' names there were left out.
_SCORE = 0.7


def headline_attributions(doc: Doc, headings: Sequence[Run], sources: Sources, known: Sequence[Joined]) -> list[Joined]:
    """Return the attributions that headlines make by a colon or a dash; `headings` are runs of tokens.

    What stands before or behind the mark must be able to speak: a body, an office, people, never a place or a topic.
    """
    found = []
    for low, high in headings:
        low, high = syntax.trim(doc, low, high)
        joined = _before_colon(doc, low, high, sources) or _behind_mark(doc, low, high, sources)
        if joined is not None and not any(_is_said_already(joined, other) for other in known):
            found.append(joined)
    return found


def _before_colon(doc: Doc, low: int, high: int, sources: Sources) -> Joined | None:
    mark = next((i for i in range(low + 1, min(high, low + _NAME + 1)) if doc[i].text == ":"), None)
    if mark is None or high - mark - 1 < _CLAIM or doc[high - 1].text == "?":
        return None
    return _joined(doc, (low, mark), mark, (mark + 1, high), sources, outlets=True)


def _behind_mark(doc: Doc, low: int, high: int, sources: Sources) -> Joined | None:
    """Read "..., three killed: officials"; behind a dash an outlet is only where the page stands."""
    marks = [i for i in range(max(low + _CLAIM, high - _NAME - 1), high - 1) if doc[i].text in (":", *_DASHES)]
    if not marks:
        return None
    mark = marks[-1]
    if doc[mark].text != ":" and not (doc[mark].whitespace_ and doc[mark - 1].whitespace_):
        return None
    return _joined(doc, (mark + 1, high), mark, (low, mark), sources, outlets=False)


def _joined(doc: Doc, run: Run, mark: int, content: Run, sources: Sources, *, outlets: bool) -> Joined | None:
    head = sources.speaker(*run)
    if head is None or (not outlets and sources.phrases.is_outlet(head)):
        return None
    if doc[mark].text in _DASHES and head.ent_type_ in _SITES and not sources.phrases.is_office(head):
        return None
    reading = Reading(
        anchor=mark, cue=(mark, mark + 1), source=head.i, content=frozenset(range(*content)), does="asserts",
        rule=HEADLINE,
    )  # fmt: skip
    return Joined(reading, run, _SCORE, ("rule: a headline's speaker beside its mark",))


def _is_said_already(joined: Joined, other: Joined) -> bool:
    """Say whether another attribution has the same speaker already ("Monitor: 12 killed, it says")."""
    run = joined.source_run or (0, 0)
    return other.reading.source is not None and run[0] <= other.reading.source < run[1]
