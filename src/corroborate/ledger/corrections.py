"""What a person may correct in a claim. A correction points at words of the document, as a claim must.

What is read again stays as it is in the ledger; the correction is applied to what the ledger gives out, and says so
among the claim's reasons.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from corroborate.model import (
    Bound,
    Change,
    Claim,
    DatePrecision,
    Decision,
    Event,
    EventType,
    Hop,
    Measure,
    Modality,
    Polarity,
    Quantity,
    Ruling,
    Source,
    Span,
    When,
)
from corroborate.model.geoprecision import geo_precision, where_prec_of_km

FIGURES: tuple[Measure, ...] = ("killed", "injured", "missing", "detained", "displaced")
_FIGURE = re.compile(r"(?P<low>\d+)?(?P<range>\.\.)?(?P<high>\d+)?")
_PLACE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*(?:,\s*(\d+(?:\.\d+)?)\s*)?")


class CorrectionError(ValueError):
    """The field cannot be set to this; the message says why."""


def corrected(claim: Claim, text: str, decision: Decision) -> Claim:
    """Return the claim with the changes of a decision; `text` is its document's. Raises CorrectionError."""
    for change in decision.changes:
        claim = _FIELDS[change.field](claim, text, change) if change.field in _FIELDS else _unknown(change)
    said = ", ".join(f"{change.field} to {change.value}" for change in decision.changes)
    why = f"{decision.by} set {said} ({decision.id[:12]}): {decision.why}"
    return replace(claim, why=(*claim.why, why))


def as_decided(claims: Iterable[Claim], found: Sequence[Ruling], text: Callable[[str], str]) -> Iterator[Claim]:
    """Yield the claims with the corrections that stand on them; `text` gives that of a document (id)."""
    wanted: dict[str, list[Decision]] = {}
    for one in found:
        if one.decision.what == "correct" and one.waits is None and one.decision.on[0].startswith("c_"):
            wanted.setdefault(one.sides[0][0], []).append(one.decision)
    for claim in claims:
        for decision in wanted.get(claim.id, ()):
            claim = corrected(claim, text(claim.document), decision)
        yield claim


def _unknown(change: Change) -> Claim:
    raise CorrectionError(f"{change.field} is none of {', '.join(_FIELDS)}")


def _one_of(kind: Any, change: Change) -> Any:
    options: Sequence[str] = get_args(kind)
    if change.value not in options:
        raise CorrectionError(f"{change.field} is one of {', '.join(options)}, not {change.value!r}")
    return change.value


def _modality(claim: Claim, text: str, change: Change) -> Claim:
    return replace(claim, modality=_one_of(Modality, change))


def _polarity(claim: Claim, text: str, change: Change) -> Claim:
    return replace(claim, polarity=_one_of(Polarity, change))


def _type(claim: Claim, text: str, change: Change) -> Claim:
    kind = _one_of(EventType, change)
    return replace(
        claim, event=replace(claim.event, type=kind, mode=None) if claim.event else Event(type=kind, mode=None)
    )


def _mode(claim: Claim, text: str, change: Change) -> Claim:
    if claim.event is None:
        raise CorrectionError("the claim has no event: set its type first")
    return replace(claim, event=replace(claim.event, mode=change.value if change.value != "none" else None))


def _voice(claim: Claim, text: str, change: Change) -> Claim:
    if change.value not in ("own", "unresolved"):
        raise CorrectionError("voice is own or unresolved; for somebody else's set source to the words that name them")
    modality = claim.modality
    if change.value == "own" and modality == "reported":
        modality = "asserted"
    voice: Any = change.value
    return replace(claim, voice=voice, source=None, cue=None, chain=claim.chain[:1], modality=modality)


def _source(claim: Claim, text: str, change: Change) -> Claim:
    span = _nearest(text, change.value, claim)
    kind = claim.source.kind if claim.source else "person"
    party = claim.source.party if claim.source and claim.source.name == change.value else None
    source = Source(start=span.start, end=span.end, text=span.text, name=span.text, kind=kind, party=party)
    last = Hop(name=span.text, kind=kind, party=party, start=span.start, end=span.end)
    modality: Modality = "reported" if claim.modality == "asserted" else claim.modality
    return replace(claim, voice="attributed", source=source, chain=(*claim.chain[:1], last), modality=modality)


def _when(claim: Claim, text: str, change: Change) -> Claim:
    first, _, last = change.value.partition("/")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise CorrectionError(f"when is a day (2017-06-09) or two with / between, not {change.value!r}") from None
    if end < start:
        raise CorrectionError(f"{end} is before {start}")
    precision: DatePrecision = "day" if start == end else "week" if end - start < timedelta(7) else "month"
    if end - start > timedelta(31):
        precision = "year" if end - start <= timedelta(366) else "open"
    return replace(claim, when=When(text=None, start=start, end=end, precision=precision, basis="a person's decision"))


def _place(claim: Claim, text: str, change: Change) -> Claim:
    match = _PLACE.fullmatch(change.value)
    if match is None:
        raise CorrectionError(f"place is LATITUDE,LONGITUDE or LATITUDE,LONGITUDE,KM, not {change.value!r}")
    lat, lon = float(match[1]), float(match[2])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise CorrectionError(f"{lat}, {lon} is not on the globe")
    if not claim.places:
        raise CorrectionError("the claim names no place that could be located")
    km = float(match[3]) if match[3] else 1.0
    code = where_prec_of_km(km)
    first = replace(
        claim.places[0], lat=lat, lon=lon, precision_km=km, gazetteer_id=None, where_prec=code,
        geo_precision=geo_precision(code),
    )  # fmt: skip
    return replace(claim, places=(first, *claim.places[1:]))


def _figure(claim: Claim, text: str, change: Change) -> Claim:
    measure = next(one for one in FIGURES if one == change.field)
    others = tuple(one for one in claim.quantities if one.measure != measure)
    if change.value == "none":
        return replace(claim, quantities=others)
    low, high, bound = _bounds(change)
    before = next((one for one in claim.quantities if one.measure == measure), None)
    span: Span = before or claim
    made = Quantity(
        start=span.start, end=span.end, text=span.text, measure=measure, who=before.who if before else None,
        low=low, high=high, bound=bound,
    )  # fmt: skip
    return replace(claim, quantities=(*others, made))


def _bounds(change: Change) -> tuple[float | None, float | None, Bound]:
    match = _FIGURE.fullmatch(change.value)
    if match is None or not (match["low"] or match["high"]) or (match["high"] and not match["range"]):
        raise CorrectionError(
            f"{change.field} is 17, 17.. (at least), ..17 (up to), 17..23 or none, not {change.value!r}"
        )
    low, high = (float(match[end]) if match[end] else None for end in ("low", "high"))
    if not match["range"]:
        return low, low, "exact"
    if low is not None and high is not None and high < low:
        raise CorrectionError(f"{change.value} runs backwards")
    return low, high, "at_least" if high is None else "up_to" if low is None else "exact"


def _nearest(text: str, words: str, claim: Claim) -> Span:
    """Return where the document has the words, at the place that is nearest to the claim."""
    places = [match.start() for match in re.finditer(re.escape(words), text)] if words.strip() else []
    if not places:
        raise CorrectionError(f"the document does not have the words {words!r}")
    start = min(places, key=lambda place: (abs(place - claim.start), place))
    return Span.of(text, start, start + len(words))


_FIELDS: dict[str, Callable[[Claim, str, Change], Claim]] = {
    "voice": _voice,
    "source": _source,
    "modality": _modality,
    "polarity": _polarity,
    "type": _type,
    "mode": _mode,
    "when": _when,
    "place": _place,
    **dict.fromkeys(FIGURES, _figure),
}
CLAIM_FIELDS = tuple(_FIELDS)
