"""Which place of the gazetteer a name means: by its own words, by the document's other places, or left open.

Every candidate gets a probability (`scoring`), and so does "none of them", for places that the gazetteer lacks. A place
is taken where its probability passes `ENOUGH`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corroborate.knowledge.areas import Area, Mention
from corroborate.knowledge.gazetteer import AREA_KINDS, Entry, Gazetteer
from corroborate.knowledge.parties import Parties
from corroborate.knowledge.placenames import place_key
from corroborate.knowledge.sphere import distance_km
from corroborate.read.where.scoring import FEATURES, PRIOR, WEIGHTS, Array, Unit, infer

ENOUGH = 0.4
MARGIN = 1.5
"""Where the likeliest place is less likely than `ENOUGH`, or not so many times likelier than the next, the name stays
open. On the half of LGL that the weights were fitted on, thresholds of 0.3, 0.4, 0.5 leave 6.0, 3.6 and 2.7 percent of
all toponyms wrong, and 73.7, 72.1 and 70.3 right: up to 0.4 a wrong place less costs less than one right, beyond it
two. At 0.4, margins of 1, 1.5 and 2 leave 3.6, 3.4 and 3.1 wrong and 72.1, 71.9 and 71.5 right."""
_FEW = 5
_MOST = 60  # candidates of one name, those with the most people first; LGL's names have at most a few more
_NO_VILLAGE = 100_000  # people of what nobody calls a village: "Al-Qaherah village" is not Cairo
_UNCOUNTED = (
    1_000  # people of a place without a figure: a seat of a subdistrict, mostly; 10 to 3,000 come to the same on LGL
)
_WORLD = 3.0  # countries spoken of before "world" says half of what it says in the end
_SAME_KM = 25.0
# What may stand between a place and the area that holds it: "Paris, Texas", "Paris (Texas)", "Raqqa Syria", "Homs, in
# central Syria", "Coatesville, Chester County, Pa."
_POSTAL = re.compile(r"(?<=\w), ?([A-Z]{2})\b")
_PEOPLE_S = re.compile(r"\b(?P<people>[A-Z]\w+)(?:\s+[\w-]+)?\s+(?:city|town|village|province|capital)\s+(?:of\s+)?$")
_VILLAGE = re.compile(r"\s+(?:village|hamlet)\b", re.IGNORECASE)
_VILLAGE_OF = re.compile(r"\b(?:village|hamlet) of\s+$", re.IGNORECASE)
_HELD_BY = re.compile(
    r"(?:\s*,\s*|\s*\(\s*|\s+)(?:in\s+)?(?:the\s+)?(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?\s+|central\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to be resolved, in code points; `area` is the division that the words speak of ("X province")."""

    start: int
    end: int
    name: str
    area: Literal["state", "county"] | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The likeliest place of a name, how likely it is that it is meant (0 to 1), and how likely the next place is."""

    entry: Entry
    probability: float
    next: float = 0.0

    @property
    def is_sure(self) -> bool:
        """True where the place is to be taken; false where the name should stay open."""
        return self.probability >= max(ENOUGH, MARGIN * self.next)


def resolve(
    text: str, asked: Sequence[Asked], gazetteer: Gazetteer, home: frozenset[str] = frozenset()
) -> list[Resolved | None]:
    """Return the likeliest place of each name asked for, None where the gazetteer has none of that name.

    `home` are the ISO codes of the countries that the outlet is at home in.
    """
    units = units_of(text, asked, gazetteer, home)
    weights = np.array([WEIGHTS[name] for name in FEATURES])
    chances = infer(units, weights)
    results: list[Resolved | None] = [None] * len(asked)
    for unit, chance in zip(units, chances, strict=True):
        if not unit.candidates:
            continue
        best = unit.candidates[int(np.argmax(chance[1:]))]
        pairs = list(zip(unit.candidates, map(float, chance[1:]), strict=True))
        best = _wider(pairs, best)
        # What lies within the same town, listed twice or as a quarter of it, is no other place.
        probability = sum(p for e, p in pairs if _is_same(e, best))
        rival = max((p for e, p in pairs if not _is_same(e, best)), default=0.0)
        for mention in unit.mentions:
            results[mention] = Resolved(best, probability, rival)
    return results


def _wider(pairs: Sequence[tuple[Entry, float]], best: Entry) -> Entry:
    """Return the division that holds the likeliest place where the two are too close to call: it is right for both."""
    chance = max(p for e, p in pairs if e is best)
    for e, p in pairs:
        holds = e.kind in ("state", "county") and best.kind == "city" and e.country == best.country
        if holds and p * MARGIN > chance and distance_km(e.lat, e.lon, best.lat, best.lon) <= e.radius_km:
            return e
    return best


def _is_same(one: Entry, other: Entry) -> bool:
    if one is other:
        return True
    if other.kind in ("state", "county") and one.kind == "city":
        one, other = other, one
    if one.kind in ("state", "county") and other.kind == "city":
        # "X" that is the town or else the division around it: the division holds both.
        near = distance_km(one.lat, one.lon, other.lat, other.lon) <= one.radius_km
        return one.country == other.country and near
    if one.kind == other.kind and one.kind in AREA_KINDS and one.kind != "country":
        # A province that a user's file lists too, under a code of its own.
        reach = max(one.radius_km, other.radius_km) / 2
        return one.country == other.country and distance_km(one.lat, one.lon, other.lat, other.lon) <= reach
    towns = one.kind not in AREA_KINDS and other.kind not in AREA_KINDS
    return towns and distance_km(one.lat, one.lon, other.lat, other.lon) <= _SAME_KM


def units_of(text: str, asked: Sequence[Asked], gazetteer: Gazetteer, home: frozenset[str]) -> list[Unit]:
    """Return the names that mean one place each, with their candidates and the features that need no other name."""
    areas = _areas(text, gazetteer)
    said = [_said(text, one, areas) for one in asked]
    units: dict[tuple[str, Area | None, str | None], Unit] = {}
    by_key: dict[str, set[Area | None]] = defaultdict(set)
    for one, area in zip(asked, said, strict=True):
        by_key[place_key(one.name)].add(area)
    for number, (one, area) in enumerate(zip(asked, said, strict=True)):
        key = place_key(one.name)
        others = by_key[key] - {None}
        if area is None and len(others) == 1:
            area = next(iter(others))  # "Paris, Texas ... Paris"
        unit = units.setdefault((key, area, one.area), Unit(key, area, one.area))
        unit.mentions.append(number)
    found = list(units.values())
    for unit in found:
        first = asked[unit.mentions[0]]
        spoken = _Spoken.of(areas, [asked[n] for n in unit.mentions])
        unit.candidates, unit.loose = _candidates(text, first, gazetteer, spoken)
        unit.fixed = _fixed(unit, first, gazetteer.areas.state(first.name), spoken, home)
        unit.foreign = {n: unit.fixed[1:, FEATURES.index(n)].copy() for n in ("country_other", "stranger", "alone")}
    return found


def _areas(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Return what the text names of countries and states; the two letters of the post office count after a comma."""
    areas = list(gazetteer.areas.find(text))
    areas += [Mention(start, end, Area("people", country)) for start, end, country in _belligerents(text)]
    for match in _POSTAL.finditer(text):
        state = gazetteer.areas.state(match[1])
        if state is not None:
            areas.append(Mention(*match.span(1), state))
    return sorted(areas, key=lambda area: area.start)


def _belligerents(text: str) -> list[tuple[int, int, str]]:
    """Return the groups, forces and bodies that a text names, with their country; states and the press are left out."""
    parties = Parties.load()
    return [
        (start, end, country)
        for start, end, party in parties.find(text)
        if not parties.is_state(party)
        and "." not in party  # an organ of a state is named with its state
        and parties.source_kind(party) not in ("outlet", "agency")
        and (country := parties.get(party).country)
    ]


def _candidates(text: str, one: Asked, gazetteer: Gazetteer, spoken: _Spoken) -> tuple[tuple[Entry, ...], bool]:
    """Return the places that a name may mean, and whether only their consonants are the same."""
    name = one.name
    village = _VILLAGE.match(text, one.end) or _VILLAGE_OF.search(text, max(0, one.start - 15), one.start)
    found = gazetteer.find(name)
    if not found and name.endswith("s") and len(name) > 4 and not village:
        # "Aleppos" is "Aleppo's" where the apostrophe is gone; "Jubas village" is not that of Juba.
        found = gazetteer.find(name[:-1])
    loose = not found
    if loose:
        found = tuple(e for e in gazetteer.find_loosely(name) if spoken.countries[e.country])
    if village:
        found = tuple(e for e in found if e.population < _NO_VILLAGE)
    return (found if loose else (*found, *_divisions(one, found, gazetteer)))[:_MOST], loose


def _divisions(one: Asked, found: Sequence[Entry], gazetteer: Gazetteer) -> list[Entry]:
    """Return the divisions that are meant by "X province" or "X district" and are listed under another form of the
    name: that of their town, or with the word for what they are.
    """
    if one.area is None or any(e.kind == one.area for e in found):
        return []
    towns = [e for e in found if e.kind == "city"][:_FEW]
    named = {e.id: e for town in towns for e in gazetteer.find(town.name) if _is_around(e, town)}
    for word in ("District", "County") if one.area == "county" else ():
        named.update((e.id, e) for e in gazetteer.find(f"{one.name} {word}") if e.kind == "county")
    return [e for e in named.values() if e not in found]


def _is_around(division: Entry, town: Entry) -> bool:
    return division.kind in ("state", "county") and (division.country, division.admin1) == (town.country, town.admin1)


def _said(text: str, one: Asked, areas: Sequence[Mention]) -> Area | None:
    """Return the area that the words right after a name put it in, or those before: "the Lebanese city of X"."""
    before = _PEOPLE_S.search(text, max(0, one.start - 60), one.start)
    for area in areas if before is not None else ():
        if before is not None and area.start == before.start("people") and area.area.kind in ("people", "country"):
            return Area("country", area.area.country)
    match = _HELD_BY.match(text, one.end)
    if match is None:
        return None
    for area in areas:
        if area.start >= match.end():
            if area.start > match.end() or area.area.kind == "people":
                break
            if area.area.kind == "county":  # "Coatesville, Chester County, Pa."
                after = _said(text, Asked(area.start, area.end, text[area.start : area.end]), areas)
                return after or area.area
            return area.area
    return None


@dataclass(slots=True)
class _Spoken:
    """What a document says of countries and states by name."""

    countries: Counter[str]
    states: Mapping[tuple[str, str], float]

    @classmethod
    def of(cls, areas: Sequence[Mention], without: Sequence[Asked]) -> _Spoken:
        """Count the areas; what is itself asked for does not speak for itself."""
        own = {one.start for one in without}
        countries: Counter[str] = Counter()
        states: dict[tuple[str, str], float] = defaultdict(float)
        for mention in areas:
            area = mention.area
            if mention.start in own or (area.kind == "country" and area.states):
                continue
            countries[area.country] += 1
            for state in area.states:
                states[area.country, state] += 1 / len(area.states)
        return cls(countries, states)


def _fixed(unit: Unit, first: Asked, area: Area | None, spoken: _Spoken, home: frozenset[str]) -> Array:
    rows = np.zeros((1 + len(unit.candidates), len(FEATURES)))
    rows[0, 0] = 1.0
    rows[0, 1] = max((math.log10(e.population + 10) for e in unit.candidates), default=0.0)
    countries, states = sum(spoken.countries.values()), sum(spoken.states.values())
    at = {name: number for number, name in enumerate(FEATURES)}
    capitals = {e.country for e in unit.candidates if e.seat == 2}
    foreign = len(spoken.countries.keys() - home)
    abroad = sum(n for code, n in spoken.countries.items() if code not in home) / (countries + PRIOR)
    for row, e in zip(rows[1:], unit.candidates, strict=True):
        row[at["people_area" if e.kind in AREA_KINDS else "people"]] = math.log10((e.population or _UNCOUNTED) + 10)
        row[at["country"]] = e.kind == "country"
        row[at["division"]] = e.kind in AREA_KINDS and e.kind != "country"
        row[at["capital"]] = e.seat == 2
        row[at["world"]] = (e.kind == "country" or (e.seat == 2 and e.main)) * foreign / (foreign + _WORLD)
        row[at["beside_capital"]] = row[at["division"]] * (e.country in capitals)
        row[at["main"]] = e.main
        row[at["written"]] = e.name.casefold() == first.name.casefold()
        if unit.said is not None:
            inside = e.country == unit.said.country and (
                not unit.said.states or unit.said.kind == "country" or e.admin1 in unit.said.states
            )
            row[at["said"]] = inside and e.kind != "country"
            row[at["unsaid"]] = not inside
        row[at["country_share"]] = spoken.countries[e.country] / (countries + 0.5)
        row[at["state_share"]] = spoken.states.get((e.country, e.admin1), 0.0) / (states + 0.5)
        row[at["country_other"]] = countries > 0 and not spoken.countries[e.country]
        known = area is not None and e.country == area.country and e.admin1 in area.states and e.kind != "city"
        local = e.kind != "country" and e.seat < 2 and e.country not in home and not known
        row[at["stranger"]] = row[at["country_other"]] and local
        named = any(country == e.country for country, _ in spoken.states)
        row[at["alone"]] = local and not named
        row[at["loose"]] = unit.loose
        # An outlet's own country is likely in what it writes of home, not in what it writes of other countries.
        row[at["home"]] = (e.country in home) * (1.0 - abroad)
        if unit.area:
            row[at["asked_area"]] = 1.0 if e.kind == unit.area else 0.7 * (e.kind in ("state", "county", "region"))
        elif row[at["division"]]:
            row[at["beside_town"]] = any(
                (c.main or not e.main) and c.kind == "city" and distance_km(c.lat, c.lon, e.lat, e.lon) <= e.radius_km
                for c in unit.candidates
            )
    return rows
