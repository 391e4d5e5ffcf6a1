"""What the accounts of an incident agree on: its type, place and time; and who is said to have done it."""

from collections import Counter, defaultdict
from datetime import date

from corroborate.model import AllegedActor, Claim, Contradiction, EventType, Place, When
from corroborate.weigh.case import Case, area_of, holds, tokens

_PRECISION = ("day", "week", "month", "year", "open")


def event_type(case: Case) -> EventType | None:
    """Return the type that most claims give, null where none gives one; equal numbers go by the alphabet."""
    kinds: Counter[EventType] = Counter(
        claim.event.type for claim in case.claims if claim.event is not None and claim.event.type != "STATE"
    )
    most = max(kinds.values(), default=0)
    return next((kind for kind in sorted(kinds) if kinds[kind] == most), None)


def where(case: Case, disputes: tuple[Contradiction, ...]) -> Place | None:
    """Return the most precise place that a claim gives, null where none does or where accounts clash on it."""
    if any(dispute.about == "place" for dispute in disputes):
        return None
    # The name that most claims use, of equally precise ones; a place without coordinates comes after one with.
    places = [p for claim in _telling(case) for p in (area_of(claim) if case.aggregate else claim.places)]
    named = Counter(place.gazetteer_id or place.name for place in places)
    return min(places, key=lambda place: _vagueness(place, named), default=None)


def when(case: Case, disputes: tuple[Contradiction, ...]) -> When | None:
    """Return the most precise time that a claim gives, null where none does or where accounts clash on the day."""
    if any(dispute.about == "day" for dispute in disputes):
        return None
    times = [claim.when for claim in _telling(case) if claim.when is not None and (claim.when.start or claim.when.end)]
    spans = Counter((time.start, time.end) for time in times)
    return min(times, key=lambda time: _looseness(time, spans), default=None)


def alleged_actors(case: Case) -> tuple[AllegedActor, ...]:
    """Return who is said to have done it by claims that hold, by party, or by name where there is no party."""
    names: dict[str, list[str]] = defaultdict(list)
    claims: dict[str, set[str]] = defaultdict(set)
    parties: dict[str, str | None] = {}
    for claim in case.claims:
        for actor in claim.event.actors if claim.event is not None and holds(claim) else ():
            key = f"party:{actor.party}" if actor.party else "name:" + " ".join(tokens(actor.text))
            names[key].append(actor.text)
            claims[key].add(claim.id)
            parties[key] = actor.party
    found = []
    for key in sorted(names):
        counted = Counter(names[key])
        name = min(counted, key=lambda text: (-counted[text], -len(text), text))
        found.append(AllegedActor(name=name, party=parties[key], claims=tuple(sorted(claims[key]))))
    return tuple(found)


def _telling(case: Case) -> list[Claim]:
    """Return the claims that say it happened, or all where none does."""
    return [claim for claim in case.claims if holds(claim)] or list(case.claims)


def _vagueness(place: Place, named: Counter[str]) -> tuple[bool, float, int, str, str]:
    key = place.gazetteer_id or place.name
    radius = place.precision_km if place.precision_km is not None else float("inf")
    return (place.lat is None, radius, -named[key], place.name, key)


def _looseness(time: When, spans: Counter[tuple[date | None, date | None]]) -> tuple[int, int, int, str, str]:
    length = (time.end - time.start).days if time.start and time.end else 10**6
    return (_PRECISION.index(time.precision), length, -spans[(time.start, time.end)], str(time.start), time.text or "~")
