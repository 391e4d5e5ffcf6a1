"""Where accounts cannot both be right: figures, perpetrators, whether it happened, place, day, status."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from math import floor, log10
from typing import TypeVar

from corroborate.knowledge.sphere import distance_km
from corroborate.model import Claim, Contradiction, Disputed, HarmGroup, Place, Side
from corroborate.weigh.case import Case, area_of, holds, party_name
from corroborate.weigh.origins import Origins
from corroborate.weigh.ranges import GROUPS, MEASURES, Count

# Types in which somebody does something to somebody: only there is there a perpetrator to disagree on.
_DEEDS = ("ASSAULT", "COERCE", "DISPLACE")
DID_NOT_HAPPEN = "it did not happen"
_T = TypeVar("_T")


def contradictions(case: Case, origins: Origins, found: Sequence[Count]) -> tuple[Contradiction, ...]:
    """Return the contradictions within one incident, each with its sides, their claims and their origins' names."""
    result = [*_figures(origins, found), *_more_than_all(origins, found), *_no_harm(case, origins, found)]
    for about, sides in (
        ("perpetrator", _perpetrators(case)),
        ("occurrence", _occurrence(case, origins)),
        ("status", _status(found)),
        ("day", _days(case)),
        ("place", _places(case)),
    ):
        if len(sides) > 1:
            result.append(contradiction(about, sides, origins))  # type: ignore[arg-type]
    return tuple(result)


def contradiction(about: Disputed, sides: Mapping[str, Iterable[str]], origins: Origins) -> Contradiction:
    """Return a contradiction from claim ids by what each side says."""
    built = []
    for value, claims in sorted(sides.items()):
        ids = tuple(sorted(set(claims)))
        names = sorted({origins.of(claim).origin.name for claim in ids})
        built.append(Side(value=value, claims=ids, origins=tuple(names)))
    return Contradiction(
        about=about, sides=tuple(built), claims=tuple(sorted({claim for side in built for claim in side.claims}))
    )


def clash(a: Count, b: Count) -> bool:
    """Whether two figures of the same people cannot both hold."""
    (a_low, a_high), (b_low, b_high) = _widened(a), _widened(b)
    highest = min(high for high in (a_high, b_high, float("inf")) if high is not None)
    return max(a_low, b_low) > highest


def _widened(count: Count) -> tuple[float, float | None]:
    """Return the figure's interval; "about" reaches half a step of its last digit that is not zero."""
    if count.bound != "about" or count.high is None or count.low <= 0:
        return count.low, count.high
    step = 10 ** floor(log10(count.low))
    while count.low % step:
        step //= 10
    return count.low - step / 2, count.high + step / 2


def _figures(origins: Origins, found: Sequence[Count]) -> list[Contradiction]:
    result = []
    for group in GROUPS:
        for measure in MEASURES:
            same = [count for count in found if (count.group, count.measure) == (group, measure)]
            clashing = {
                count.claim: count
                for one, other in combinations(same, 2)
                if one.origin != other.origin and _same_people(one, other) and clash(one, other)
                for count in (one, other)
            }
            sides: dict[str, list[str]] = defaultdict(list)
            people = "" if group == "unspecified" else f" {group}"
            for claim, count in clashing.items():
                sides[f"{count.said}{people} {measure}"].append(claim)
            if len(sides) > 1:
                result.append(contradiction("figure", sides, origins))
    return result


def _same_people(one: Count, other: Count) -> bool:
    """Whether two figures of a group count the same people: a part of a total is no rival of a total."""
    return one.part == other.part or one.group not in ("unspecified", "civilians")


def _more_than_all(origins: Origins, found: Sequence[Count]) -> list[Contradiction]:
    """Return, by measure and group, figures of a group that are above all people that another origin counts."""
    result = []
    for measure in MEASURES:
        totals = [
            count for count in found if (count.group, count.measure) == ("unspecified", measure) and not count.part
        ]
        for group in ("civilians", "children", "women", "men"):
            sides: dict[str, list[str]] = defaultdict(list)
            for part in (count for count in found if (count.group, count.measure) == (group, measure)):
                for total in totals:
                    most = _widened(total)[1]
                    if total.origin != part.origin and most is not None and _widened(part)[0] > most:
                        sides[f"{part.said} {group} {measure}"].append(part.claim)
                        sides[f"{total.said} {measure} in all"].append(total.claim)
            if len(sides) > 1:
                result.append(contradiction("figure", sides, origins))
    return result


def _no_harm(case: Case, origins: Origins, found: Sequence[Count]) -> list[Contradiction]:
    """Return claims that nobody was harmed, or none of a group, against what other origins count.

    That no civilians were killed is a claim on who the dead were: it is held against every figure but those of
    belligerents. That nobody was killed is a claim on whether it happened at all that people were.
    """
    result = []
    for measure in MEASURES:
        for group in GROUPS:
            denied = [claim.id for claim in case.claims if denies_harm(claim) and group in _denied(claim, measure)]
            against = [
                count.claim
                for count in found
                if count.measure == measure
                and count.low > 0
                and (count.group != "belligerents" if group in ("unspecified", "civilians") else count.group == group)
                and not any(origins.of(count.claim) == origins.of(claim) for claim in denied)
            ]
            if denied and against:
                about: Disputed = "occurrence" if group == "unspecified" else "status"
                people, other = ("nobody", "people") if group == "unspecified" else (f"no {group}", group)
                if group == "civilians":
                    other = "people, not said to be belligerents,"
                sides = {f"{people} {measure}": denied, f"{other} {measure}": against}
                result.append(contradiction(about, sides, origins))
    return result


def _denied(claim: Claim, measure: str) -> set[HarmGroup]:
    return {quantity.who or "unspecified" for quantity in claim.quantities if quantity.measure == measure}


def _perpetrators(case: Case) -> dict[str, list[str]]:
    """Return claims by the side they lay the deed to; empty unless two claims have no side in common."""
    accused: dict[str, frozenset[str]] = {}
    for claim in case.claims:
        if holds(claim) and claim.event is not None and claim.event.type in _DEEDS:
            sides = {side for actor in claim.event.actors if (side := case.side(actor.party, case.dated(claim)))}
            if sides:
                accused[claim.id] = frozenset(sides)
    if not any(a.isdisjoint(b) for a, b in combinations(accused.values(), 2)):
        return {}
    result: dict[str, list[str]] = defaultdict(list)
    for claim_id, parties in accused.items():
        result[", ".join(sorted(party_name(case.parties, party) for party in parties))].append(claim_id)
    return result


def _occurrence(case: Case, origins: Origins) -> dict[str, list[str]]:
    """Return claims that it happened and claims that it did not; empty unless different origins tell each."""
    denied = [claim.id for claim in case.claims if denies(claim)]
    deniers = {origins.of(claim) for claim in denied}
    # Who denies the act and speaks of the dead all the same does not say that it happened.
    held = [claim.id for claim in case.claims if holds(claim) and origins.of(claim.id) not in deniers]
    if not held or not denied:
        return {}
    return {"it happened": held, DID_NOT_HAPPEN: denied}


def denies(claim: Claim) -> bool:
    """Whether the claim rejects the act, or tells that it did not happen; that nobody was harmed is another claim."""
    negated = claim.modality == "denied" or (claim.polarity == "negated" and claim.modality != "speculated")
    return negated and not denies_harm(claim)


def denies_harm(claim: Claim) -> bool:
    """Whether the claim says only that nobody was killed or injured ("no civilians were killed in it")."""
    harmed = [quantity for quantity in claim.quantities if quantity.measure in MEASURES]
    negated = claim.modality == "denied" or (claim.polarity == "negated" and claim.modality != "speculated")
    return bool(harmed) and (negated or all(quantity.high == 0 for quantity in harmed))


def _status(found: Sequence[Count]) -> dict[str, list[str]]:
    """Return origins that count civilians and origins that count belligerents where nobody counts both."""
    killed = [count for count in found if count.measure == "killed"]
    groups: dict[str, set[str]] = defaultdict(set)
    for count in killed:
        groups[count.origin].add(count.group)
    civil = [
        c for c in killed if c.group in ("civilians", "children", "women") and "belligerents" not in groups[c.origin]
    ]
    armed = [c for c in killed if c.group == "belligerents" and groups[c.origin] == {"belligerents"}]
    # The same dead under two names, or two groups of dead? Only figures that can be equal are held to be the same.
    same = [(one, other) for one in civil for other in armed if not clash(one, other)]
    if not same:
        return {}
    return {"civilians": [one.claim for one, _ in same], "belligerents": [other.claim for _, other in same]}


def _days(case: Case) -> dict[str, list[str]]:
    dated = {
        claim.id: (claim.when.start, claim.when.end)
        for claim in case.claims
        if claim.when and claim.when.precision == "day" and claim.when.start and claim.when.end and holds(claim)
    }
    return _apart(dated, lambda a, b: max(a[0], b[0]) > min(a[1], b[1]), lambda days: days[0].isoformat())


def _places(case: Case) -> dict[str, list[str]]:
    placed = {
        claim.id: finest
        for claim in case.claims
        if holds(claim) and (finest := _finest(area_of(claim) if case.aggregate else claim.places)) is not None
    }
    return _apart(placed, _places_apart, lambda place: place.name)


def place_of(case: Case, claim: Claim) -> str | None:
    """Return the name of the most precise place of a claim (of its area, in a total), null where it gives none."""
    places = area_of(claim) if case.aggregate else claim.places
    finest = _finest(places)
    if finest is None:
        return places[0].name if places else None
    return f"{finest.name} (within {finest.precision_km:.0f} km)"


def _finest(places: Sequence[Place]) -> Place | None:
    placed = [place for place in places if place.lat is not None and place.precision_km is not None]
    return min(placed, key=lambda place: (place.precision_km or 0.0, place.start), default=None)


def _places_apart(a: Place, b: Place) -> bool:
    if None in (a.lat, a.lon, b.lat, b.lon) or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id):
        return False
    return kilometres(a, b) > (a.precision_km or 0.0) + (b.precision_km or 0.0)


def kilometres(a: Place, b: Place) -> float:
    """Return the great circle distance of two places that have coordinates."""
    assert a.lat is not None
    assert a.lon is not None
    assert b.lat is not None
    assert b.lon is not None
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def _apart(
    values: Mapping[str, _T], differ: Callable[[_T, _T], bool], say: Callable[[_T], str]
) -> dict[str, list[str]]:
    clashing = {
        claim
        for one, other in combinations(sorted(values), 2)
        if differ(values[one], values[other])
        for claim in (one, other)
    }
    sides: dict[str, list[str]] = defaultdict(list)
    for claim in sorted(clashing):
        sides[say(values[claim])].append(claim)
    return sides
