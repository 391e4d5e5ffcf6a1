"""Documents and claims built by hand for the tests of linking and weighing; all names in them are invented."""

from dataclasses import replace
from datetime import date
from typing import Any

from corroborate.model import (
    Basis,
    Claim,
    Document,
    Event,
    Hop,
    PartyMention,
    Place,
    Post,
    Published,
    Quantity,
    Segment,
    Source,
    Span,
    When,
    claim_id,
)

DAY = date(2031, 3, 12)
# (id, latitude, longitude, radius in km)
PLACES: dict[str, tuple[str, float, float, float]] = {
    "Kelva": ("x:1", 35.00, 38.00, 2.0),
    "Dormen": ("x:2", 35.90, 38.90, 2.0),
    "Sarrat": ("x:3", 35.05, 38.05, 12.0),
    "Sarrat province": ("x:4", 35.20, 38.20, 90.0),
}


def document(name: str, text: str, *, outlet: str | None = None, published: date | None = DAY, **more: Any) -> Document:
    values: dict[str, Any] = {
        "id": f"d_{name}", "evidence": f"sha256:{name}", "within": None, "url": None, "archive_url": None,
        "retrieved": None, "name": name, "media_type": "text/plain", "outlet": outlet or f"{name} Gazette",
        "title": None, "author": None, "language": "en", "text": text,
        "published": Published(start=published, end=published, basis="test") if published else None,
        "sentences": sentences(text), "segments": (),
    }  # fmt: skip
    return Document(**{**values, **more})


def post(name: str, text: str, *, author: str, handle: str, published: date = DAY) -> Document:
    segment = Segment(
        start=0,
        end=len(text),
        text=text,
        kind="post",
        post=Post(author=author, handle=handle, date=published, links=()),
    )
    return document(name, text, outlet="Postbox", published=published, segments=(segment,))


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for end, letter in enumerate(text, 1):
        if letter == "." or end == len(text):
            found.append((start, end))
            start = end + 1
    return tuple((start, end) for start, end in found if start < end)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def hop(name: str, kind: str = "person", party: str | None = None) -> Hop:
    return Hop(name=name, kind=kind, party=party)  # type: ignore[arg-type]


def place(text: str, name: str) -> Place:
    gazetteer, lat, lon, radius = PLACES[name]
    where = span(text, name) if name in text else Span(start=0, end=1, text=text[0])
    return Place(
        start=where.start, end=where.end, text=where.text, name=name, gazetteer_id=gazetteer, lat=lat, lon=lon,
        precision_km=radius, country="XX",
    )  # fmt: skip


def on(start: date | None, end: date | None = None, precision: str = "day", text: str | None = None) -> When:
    return When(text=text, start=start, end=end or start, precision=precision, basis=None)  # type: ignore[arg-type]


def figure(
    text: str, words: str, low: float | None, high: float | None = None, *, measure: str = "killed",
    who: str | None = None, bound: str = "exact",
) -> Quantity:  # fmt: skip
    where = span(text, words)
    top = low if high is None and bound in ("exact", "about") else high
    return Quantity(
        start=where.start, end=where.end, text=where.text, measure=measure, who=who, low=low, high=top, bound=bound
    )  # type: ignore[arg-type]


def claim(
    source: Document, words: str | None = None, *, chain: tuple[Hop, ...] = (), at: str | None = "Kelva",
    when: When | None = None, undated: bool = False, figures: tuple[Quantity, ...] = (), kind: str = "ASSAULT",
    mode: str | None = "aerial", actors: tuple[str, ...] = (), targets: tuple[str, ...] = (),
    modality: str | None = None, polarity: str = "affirmed", cue: str | None = None, voice: str | None = None,
    basis: str | None = None, ordinal: int = 0, **more: Any,
) -> Claim:  # fmt: skip
    """Return a claim on a document's words (all of them where none are given); `chain` follows the outlet."""
    text = source.text
    content = span(text, words) if words else Span.of(text, 0, len(text))
    last = chain[-1] if chain else None
    named = None
    if last is not None:
        where = span(text, last.name) if last.name in text else Span(start=0, end=1, text=text[0])
        named = Source(
            start=where.start, end=where.end, text=where.text, name=last.name, kind=last.kind, party=last.party
        )
    own = last is None or (last.kind == "agency" and voice == "own")
    values: dict[str, Any] = {
        "start": content.start, "end": content.end, "text": content.text,
        "id": claim_id(source.id, content.start, content.end, kind, ordinal), "document": source.id,
        "voice": voice or ("own" if own else "attributed"), "source": None if own else named,
        "cue": span(text, cue) if cue else None,
        "chain": (Hop(name=source.outlet or source.name, kind="outlet", party=None), *chain),
        "basis": Basis(start=0, end=1, text=text[0], kind=basis) if basis else None,
        "modality": modality or ("asserted" if own else "reported"), "polarity": polarity, "hedges": (),
        "event": Event(type=kind, mode=mode, actors=_parties(text, actors), targets=_parties(text, targets)),  # type: ignore[arg-type]
        "places": (place(text, at),) if at else (), "when": None if undated else when or on(DAY),
        "quantities": figures, "persons": (), "evidence": (), "flags": (), "why": (),
    }  # fmt: skip
    return Claim(**{**values, **more})


def _parties(text: str, parties: tuple[str, ...]) -> tuple[PartyMention, ...]:
    return tuple(PartyMention(start=0, end=1, text=text[0], party=party) for party in parties)


def renamed(source: Document, name: str, outlet: str) -> Document:
    """Return the same text as got from another outlet."""
    return replace(source, id=f"d_{name}", name=name, outlet=outlet)
