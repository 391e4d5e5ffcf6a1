"""The invented reporting of a war, as large as is asked for: what `benchmarks.scaling` links.

From a fixed seed. Ten events a day (UCDP has about 300 a month in the largest of its conflicts), so that the time
covered grows with the claims and the reporting on a day does not; each in one of 2,000 villages and towns of a land
some 300 km wide, some of which are struck far more often than others. An event has four reports on average (one to
seven), with figures that differ. A report has one to seven sentences with a claim each: on its event (the first says
where and, mostly, when; others lean on it), on another event of the month before, totals of a province over a month,
and states that nobody links. Its words come from what was said of the event and from a vocabulary without end, whose
growth is that of real articles. Three of ten later reports are an earlier one printed again with another opening, a
sentence less, and sometimes another figure; one in ten ends in the footer of its outlet.
"""

from __future__ import annotations

import math
import random
from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from corroborate.model import Claim, Document, Event, EventType, Hop, Place, Published, Quantity, When, claim_id

_FIRST = date(1950, 1, 1)
_PLACES, _A_DAY, _OUTLETS, _SEED = 2000, 10, 100, 7
# Mandelbrot's law with this shift and slope: the vocabulary grows as that of 2,800 GVA articles (3,900 different words
# among 34,000, 25,000 among 878,000).
_SHIFT, _SLOPE = 150.0, 0.75
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
_OPENINGS = (
    "On {day}",
    "According to residents, on {day}",
    "Rescue workers said that on {day}",
    "It was on {day} that",
)
_DEEDS = ("an air strike hit", "shells fell on", "a drone struck", "warplanes bombed", "artillery shelled")
_TARGETS = ("the market", "a school", "a farm", "a clinic", "the bakery", "a road", "two houses", "a well", "the mill")


@dataclass(frozen=True, slots=True)
class _Happening:
    day: date
    place: int
    dead: int
    hurt: int
    deed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence and its claim: what kind it is, of which happening, with which figure."""

    text: str
    kind: str
    of: _Happening
    figure: int
    dated: bool = True
    placed: bool = True


def reporting(count: int) -> tuple[list[Document], list[Claim]]:
    """Return reports that hold `count` claims in all, in the order of their events."""
    rng = random.Random(_SEED)
    documents: list[Document] = []
    claims: list[Claim] = []
    recent: deque[_Happening] = deque(maxlen=30 * _A_DAY)
    number = 0
    while len(claims) < count:
        happening = _happening(rng, _FIRST + timedelta(days=number // _A_DAY))
        printed: list[list[_Said]] = []
        for _ in range(rng.choice((1, 2, 3, 4, 4, 4, 5, 6, 7))):
            again = printed and rng.random() < 0.3
            said = _again(rng, rng.choice(printed)) if again else _report(rng, happening, recent)
            printed.append(said)
            published = happening.day + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2)))
            document, own = _document(f"{len(documents)}", rng.randrange(_OUTLETS), said, published, rng.random() < 0.1)
            documents.append(document)
            claims += own[: count - len(claims)]
            if len(claims) >= count:
                break
        recent.append(happening)
        number += 1
    return documents, claims


def apart(documents: list[Document], claims: list[Claim], count: int) -> tuple[list[Document], list[Claim]]:
    """Take reports at random, with `count` claims in all, out of the lists and return them: they come late."""
    rng = random.Random(_SEED)
    own: dict[str, int] = {}
    for claim in claims:
        own[claim.document] = own.get(claim.document, 0) + 1
    late: set[str] = set()
    wanted = count
    for key in rng.sample(sorted(own), len(own)):
        if own[key] <= wanted:
            late.add(key)
            wanted -= own[key]
        if not wanted:
            break
    result = [one for one in documents if one.id in late], [one for one in claims if one.document in late]
    documents[:] = [one for one in documents if one.id not in late]
    claims[:] = [one for one in claims if one.document not in late]
    return result


def _happening(rng: random.Random, day: date) -> _Happening:
    place = min(int(30 * ((1 + _PLACES / 30) ** rng.random() - 1)), _PLACES - 1)
    words = tuple(_word(rng) for _ in range(25))
    return _Happening(
        day, place, 1 + int(rng.expovariate(0.12)), 1 + int(rng.expovariate(0.06)), rng.choice(_DEEDS), words
    )


def _word(rng: random.Random) -> str:
    rank = int(_SHIFT * (rng.random() ** (-1 / _SLOPE) - 1))
    word = ""
    while rank or not word:
        rank, rest = divmod(rank, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return word


def _words(rng: random.Random, of: _Happening) -> str:
    return " ".join(rng.choice(of.words) if rng.random() < 0.3 else _word(rng) for _ in range(rng.randint(8, 16)))


def _told(rng: random.Random, figure: int) -> int:
    return max(1, figure + rng.choice((0, 0, 0, 0, 1, -1)))


def _report(rng: random.Random, of: _Happening, recent: deque[_Happening]) -> list[_Said]:
    found = [_lead(rng, of)]
    for _ in range(rng.choice((0, 1, 2, 3, 3, 4, 5, 6))):
        chance = rng.random()
        if chance < 0.45:
            hurt = _told(rng, of.hurt)
            text = f"Another {hurt} were injured, {_words(rng, of)}."
            found.append(_Said(text, "injured", of, hurt, dated=False, placed=False))
        elif chance < 0.7 and recent:
            found.append(_lead(rng, rng.choice(recent)))
        elif chance < 0.75:
            figure = 30 + int(rng.expovariate(0.01))
            begun = of.day - timedelta(days=30)
            text = f"Since {begun} strikes have killed {figure} people in Province{of.place % 10}, {_words(rng, of)}."
            found.append(_Said(text, "total", of, figure))
        else:
            found.append(_Said(f"Village{of.place} is {_words(rng, of)}.", "state", of, 0, dated=False))
    return found


def _lead(rng: random.Random, of: _Happening) -> _Said:
    told, dated = _told(rng, of.dead), rng.random() < 0.8
    opening = rng.choice(_OPENINGS).format(day=of.day if dated else "that morning")
    where = f"{of.deed} {rng.choice(_TARGETS)} of Village{of.place}"
    return _Said(f"{opening} {where} and killed {told} people, {_words(rng, of)}.", "killed", of, told, dated=dated)


def _again(rng: random.Random, said: list[_Said]) -> list[_Said]:
    """Return a report printed again: its lead with another figure now and then, one of the other sentences left out."""
    lead = said[0]
    figure = _told(rng, lead.figure)
    text = "Our staff reports: " + lead.text.replace(f" killed {lead.figure} ", f" killed {figure} ")
    left_out = rng.randrange(len(said))
    rest = [one for number, one in enumerate(said) if number and number != left_out]
    return [_Said(text, "killed", lead.of, figure, lead.dated), *rest]


def _document(name: str, outlet: int, said: list[_Said], published: date, footer: bool) -> tuple[Document, list[Claim]]:
    texts = [one.text for one in said]
    if footer:
        texts.append(f"Outlet{outlet} is printed every morning in the capital for readers of all provinces.")
    spans = []
    start = 0
    for text in texts:
        spans.append((start, start + len(text)))
        start += len(text) + 1
    empty: dict[str, Any] = dict.fromkeys(("within", "url", "archive_url", "retrieved", "title", "author"))
    document = Document(
        id=f"d_{name}", evidence=f"sha256:{name}", name=name, media_type="text/plain", language="en",
        text=" ".join(texts), published=Published(start=published, end=published, basis="generator"),
        sentences=tuple(spans), segments=(), outlet=f"Outlet{outlet}", **empty,
    )  # fmt: skip
    return document, [_claim(document, one, start) for one, (start, _) in zip(said, spans, strict=False)]


def _claim(source: Document, said: _Said, start: int) -> Claim:
    text, of = said.text, said.of
    type_: EventType = "STATE" if said.kind == "state" else "ASSAULT"
    total = said.kind == "total"
    when = None
    if said.dated:
        begun = of.day - timedelta(days=30) if total else of.day
        when = When(text=None, start=begun, end=of.day, precision="open" if total else "day", basis=None)
    figures: tuple[Quantity, ...] = ()
    if said.figure:
        at, words, number = start + text.index(f" {said.figure} ") + 1, str(said.figure), float(said.figure)
        figures = (
            Quantity(
                start=at, end=at + len(words), text=words, measure="injured" if said.kind == "injured" else "killed",
                who=None, low=number, high=number, bound="exact",
            ),
        )  # fmt: skip
    empty: dict[str, Any] = dict.fromkeys(("source", "cue", "basis"))
    many: dict[str, Any] = dict.fromkeys(("hedges", "persons", "evidence", "flags", "why"), ())
    hop = Hop(name=source.outlet or "", kind="outlet", party=None)
    return Claim(
        id=claim_id(source.id, start, start + len(text), type_), document=source.id, start=start,
        end=start + len(text), text=text, voice="own", chain=(hop,),
        modality="asserted", polarity="affirmed", event=Event(type=type_, mode=None if total else "aerial"),
        places=_places(said, start) if said.placed else (), when=when, quantities=figures, **empty, **many,
    )  # fmt: skip


def _places(said: _Said, start: int) -> tuple[Place, ...]:
    total = said.kind == "total"
    number = said.of.place % 10 if total else said.of.place
    name = f"Province{number}" if total else f"Village{number}"
    at = start + said.text.index(name)
    row, column = divmod(number * 200 + 100 if total else number, 40)
    place = Place(
        start=at, end=at + len(name), text=name, name=name, gazetteer_id=name, lat=33 + row * 0.054,
        lon=36 + column * 0.068 / math.cos(math.radians(33)), precision_km=60.0 if total else 2.0, country="XX",
    )  # fmt: skip
    return (place,)
