"""Places given by other places: "19 kilometers southwest of Raqqa", "near X", "between A and B", "northern Syria"."""

import math
import re
from dataclasses import replace

from corroborate.knowledge.sphere import distance_km, moved
from corroborate.model import Place, Relation
from corroborate.read.numbers import find_numbers

_WINDS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_WIND = r"(?:(?:north|south)(?:[\s-]?(?:east|west))?|east|west)"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|miles?|met(?:er|re)s?)"
_AMOUNT = r"(?:about|around|some|roughly|approximately|just|nearly|almost|only|over|more than|less than)?\s*[\w.,-]+"
_DISTANCE = rf"(?P<amount>{_AMOUNT})[\s-]{_UNIT}"
_OR_MILES = r"(?:\s+\(\d[\d.]*\s?(?:miles|km|kilomet(?:er|re)s)\))?"
_THE_CITY = r"(?:the\s+)?(?:(?:cities|towns|villages|city|town|village|(?:provincial\s+)?capital)\s+(?:of\s+)?)?"
_OFFSET = re.compile(
    rf"(?<!\w){_DISTANCE}(?:\s+away)?{_OR_MILES}\s+(?:to\s+the\s+)?(?P<wind>{_WIND})\s+(?:of|from)\s+{_THE_CITY}$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"(?<!\w){_DISTANCE}{_OR_MILES}\s+(?:away\s+)?(?:from|outside(?:\s+of)?|off)\s+{_THE_CITY}$", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?<!\w)(?:near|close to|next to|outside(?: of)?|in the vicinity of|around"
    r"|(?:(?:on |at )?the (?:\w+ )?)?(?:outskirts|suburbs|countryside|edge) of)\s+"
    rf"{_THE_CITY}$",
    re.IGNORECASE,
)
_WIND_OF = re.compile(rf"(?<!\w)(?:just\s+)?(?P<wind>{_WIND})\s+of\s+{_THE_CITY}$", re.IGNORECASE)
_PART = re.compile(rf"(?<!\w)(?P<part>{_WIND}ern|{_WIND}|central|rural)[\s-]+(?:parts?\s+of\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?<!\w)between\s+{_THE_CITY}$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_LEADS_TO_OFFSET = re.compile(
    r"(?:\s*,\s*|\s*\(|\s+)(?:(?:which|that)\s+(?:is|are|lies?)\s+)?"
    r"(?:(?:located|situated|lying|(?:a|the)\s+(?:village|town|locality))\s*)*(?:at\s+)?$",
    re.IGNORECASE,
)
_JOINED_END = re.compile(
    r"\s*(?:,|\band|,\s*and)\s+(?:the\s+)?(?:(?:town|village|city)s?\s+(?:of\s+)?)?$", re.IGNORECASE
)
_NAME_END = re.compile(
    r"(?:(?:[Aa]l|[Ee]l|ar|as|ash|at|[Aa]bu|umm|[Tt]al|[Tt]ell|[Dd]eir)[\s-])?[A-Z][\w'’-]+"
    r"(?:[\s-](?:al[\s-])?[A-Z][\w'’-]+)?$"
)
_KM = {"k": 1.0, "mi": 1.609344, "me": 0.001}
_LOOK_BACK = 90
# A bearing of eight winds is right to half the step between two of them.
_HALF_WIND = math.sin(math.radians(22.5))
_NEAR_KM = 25.0
"""UCDP GED's where_prec 2: within about 25 km of a known point."""
_FRINGE_KM = 10.0
"""Outskirts and suburbs, beyond the radius of the city itself: our reading."""


def related(text: str, places: list[Place]) -> list[Place]:
    """Return the places with what is said of where they lie; spans grow to hold the words that say so.

    Villages that the gazetteer lacks and that are put at a distance ("A and B, 19 km from X") take its point.
    """
    found: list[Place] = []
    at = 0
    while at < len(places):
        place = places[at]
        left = text[max(0, place.start - _LOOK_BACK) : place.start]
        if at + 1 < len(places) and _BETWEEN.search(left) and _AND.fullmatch(text[place.end : places[at + 1].start]):
            found.append(_between(text, place, places[at + 1], left))
            at += 2
            continue
        placed = _one(text, place, left)
        if placed.relation is not None and placed.relation.km is not None:
            found = _spread(text, found, placed)
        found.append(placed)
        at += 1
    return found


def _one(text: str, place: Place, left: str) -> Place:
    if (match := _OFFSET.search(left)) and (km := _kilometres(match)) is not None:
        return _offset(text, place, len(left) - match.start(), _bearing(match["wind"]), km)
    if (match := _AWAY.search(left)) and (km := _kilometres(match)) is not None:
        return _offset(text, place, len(left) - match.start(), None, km)
    if match := _WIND_OF.search(left):
        relation = Relation(kind="near", bearing=_bearing(match["wind"]), km=None, of=(place.name,))
        return _grown(text, place, len(left) - match.start(), relation, _NEAR_KM)
    if match := _BESIDE.search(left):
        near = match[0].lower().startswith(("near", "close", "next", "in the vic", "outside", "around"))
        relation = Relation(kind="near", bearing=None, km=None, of=(place.name,))
        return _grown(text, place, len(left) - match.start(), relation, _NEAR_KM if near else _FRINGE_KM)
    if match := _PART.search(left):
        return _part(text, place, len(left) - match.start(), match["part"])
    return place


def _bearing(wind: str) -> float:
    return _WINDS[re.sub(r"[\s-]", "", wind.lower())]


def _kilometres(match: re.Match[str]) -> float | None:
    numbers = find_numbers(match["amount"])
    if not numbers or numbers[0].bound == "vague" or not numbers[0].value:
        return None
    return numbers[0].value * _KM[next(unit for unit in _KM if match["unit"].lower().startswith(unit))]


def _grown(text: str, place: Place, back: int, relation: Relation, wider: float) -> Place:
    start = place.start - back
    name = text[start : place.end]
    precision = round(place.precision_km + wider, 1) if place.precision_km is not None else None
    return replace(
        place, start=start, text=name, name=name, gazetteer_id=None, relation=relation, precision_km=precision
    )


def _offset(text: str, place: Place, back: int, bearing: float | None, km: float) -> Place:
    km = round(km, 3)
    relation = Relation(kind="offset", bearing=bearing, km=km, of=(place.name,))
    grown = _grown(text, place, back, relation, km if bearing is None else max(1.0, km * _HALF_WIND))
    if bearing is None or place.lat is None or place.lon is None:
        return grown
    lat, lon = moved(place.lat, place.lon, bearing, km)
    return replace(grown, lat=round(lat, 5), lon=round(lon, 5))


def _part(text: str, place: Place, back: int, part: str) -> Place:
    word = part.lower()
    wind = word[:-3] if word.endswith("ern") else word
    bearing = _bearing(wind) if re.fullmatch(_WIND, wind, re.I) else None
    relation = Relation(kind="part_of", bearing=bearing, km=None, of=(place.name,))
    grown = _grown(text, place, back, relation, 0.0)
    if bearing is None or place.lat is None or place.lon is None or place.precision_km is None:
        return grown
    # The middle of that half; the radius stays that of the whole, since nothing says where the part ends.
    lat, lon = moved(place.lat, place.lon, bearing, place.precision_km / 2)
    return replace(grown, lat=round(lat, 5), lon=round(lon, 5))


def _between(text: str, first: Place, second: Place, left: str) -> Place:
    match = _BETWEEN.search(left)
    start = first.start - (len(left) - match.start() if match else 0)
    name = text[start : second.end]
    relation = Relation(kind="between", bearing=None, km=None, of=(first.name, second.name))
    place = replace(first, start=start, end=second.end, text=name, name=name, gazetteer_id=None, relation=relation)
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return replace(place, lat=None, lon=None, precision_km=None)
    half = distance_km(first.lat, first.lon, second.lat, second.lon) / 2
    # The two are near enough to each other for the mean of their degrees, unless they straddle the date line.
    lat, lon = (first.lat + second.lat) / 2, (first.lon + second.lon) / 2
    country = first.country if first.country == second.country else None
    if abs(first.lon - second.lon) > 180:
        return replace(place, lat=None, lon=None, precision_km=None, country=country)
    precision = round(half + max(first.precision_km or 0, second.precision_km or 0), 1)
    return replace(place, lat=round(lat, 5), lon=round(lon, 5), precision_km=precision, country=country)


def _spread(text: str, found: list[Place], placed: Place) -> list[Place]:
    """Give the places just before a distance its point, where the gazetteer did not know them well enough.

    What stands there in capitals is a place, whatever the encoder took it for.
    """
    spread = list(found)
    after, joint = placed.start, _LEADS_TO_OFFSET
    while match := joint.search(text, max(0, after - _LOOK_BACK), after):
        if match.end() != after or match.start() == after:
            break
        name = _NAME_END.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        if name is None or name.end() != match.start():
            break
        at = next((n for n, p in enumerate(spread) if p.start < name.end() and name.start() < p.end), None)
        place = spread[at] if at is not None else _named(text, name)
        if place.relation is not None:
            break
        if not _fits(place, placed):
            place = replace(
                place, gazetteer_id=None, lat=placed.lat, lon=placed.lon, precision_km=placed.precision_km,
                country=placed.country, relation=placed.relation,
            )  # fmt: skip
        if at is not None:
            spread[at] = place
        else:
            spread = sorted([*spread, place], key=lambda p: p.start)
        after, joint = place.start, _JOINED_END
    return spread


def _named(text: str, match: re.Match[str]) -> Place:
    return Place(
        start=match.start(), end=match.end(), text=match[0], name=match[0], gazetteer_id=None, lat=None, lon=None,
        precision_km=None, country=None,
    )  # fmt: skip


def _fits(place: Place, placed: Place) -> bool:
    """Say whether the gazetteer's point lies where the text puts the place."""
    if place.lat is None or place.lon is None or placed.lat is None or placed.lon is None:
        return False
    reach = (place.precision_km or 0) + (placed.precision_km or 0)
    return distance_km(place.lat, place.lon, placed.lat, placed.lon) <= reach
