"""Places given by other places: "19 kilometers southwest of Raqqa", "near X", "between A and B", "northern Syria"."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corroborate.knowledge.gazetteer import AREA_KINDS, Entry, Gazetteer
from corroborate.knowledge.sphere import distance_km, moved
from corroborate.model import Place, Relation
from corroborate.model.geoprecision import PlaceLevel, geo_precision, where_prec
from corroborate.read.numbers import find_numbers
from corroborate.read.where.named import SHORT_WIND

_WINDS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_WIND = r"(?:(?:north|south)(?:[\s-]?(?:east|west))?|east|west)"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|miles?|met(?:er|re)s?)"
_AMOUNT = r"(?:about|around|some|roughly|approximately|just|nearly|almost|only|over|more than|less than)?\s*[\w.,-]+"
_DISTANCE = rf"(?P<amount>{_AMOUNT})[\s-]{_UNIT}"
_OR_MILES = r"(?:\s+\(\d[\d.]*\s?(?:miles|km|kilomet(?:er|re)s)\))?"
_TOWN = r"(?:cities|towns|villages|city|town|village|(?:provincial\s+)?capital)"
_THE_CITY = rf"(?:the\s+)?(?:(?:[\w-]+\s+){{0,2}}{_TOWN}\s+(?:of\s+)?)?"
_OFFSET = re.compile(
    rf"(?<!\w){_DISTANCE}(?:\s+away)?{_OR_MILES}\s+(?:to\s+the\s+)?(?P<wind>{_WIND})(?:(?:ern)?\s+(?:of|from)|ern)\s+{_THE_CITY}$",
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
_SUBURB_OF = re.compile(r"\b[A-Z][\w'’-]+ (?:suburbs?|outskirts) of\s+$")  # "the Damascus suburb of X" is X itself
_WIND_OF = re.compile(rf"(?<!\w)(?:just\s+)?(?P<wind>{_WIND})\s+of\s+{_THE_CITY}$", re.IGNORECASE)
# "In east and west X" is all of it.
_BOTH = re.compile(
    r"\b(?:(?:north|south)(?:ern)? and (?:south|north)|(?:east|west)(?:ern)? and (?:west|east))(?:ern)? $", re.I
)
_PART = re.compile(
    rf"(?<!\w)(?P<part>{_WIND}ern|{_WIND}|central|rural|{SHORT_WIND})[\s-]+(?:parts?\s+of\s+)?#?$", re.IGNORECASE
)
_SHORT = {"n": "north", "s": "south", "e": "east", "w": "west"}
# What lies around a town or fills a province, with its side: "the northern suburbs of X", "X northern countryside".
_FRINGE = r"(?:countryside|hinterland|suburbs?|outskirts)"
_SIDE_OF = re.compile(
    rf"(?<!\w)(?:the\s+)?(?P<part>{_WIND})(?:ern)?[\s-]+(?:{_FRINGE}|parts?|areas?|regions?|sector|section|edges?)"
    rf"\s+(?:of|in)\s+{_THE_CITY}$",
    re.IGNORECASE,
)
_WITHIN_SIDE = re.compile(
    rf"(?<!\w)(?:(?:in|across|to)\s+(?:the\s+)?(?P<part>{_WIND})|(?P<ern>{_WIND})ern)\s+of\s+{_THE_CITY}$",
    re.IGNORECASE,
)
_SIDE_AFTER = re.compile(rf"(?:['’]?s)?\s+(?P<part>{_WIND})(?:ern)?\s+{_FRINGE}\b", re.IGNORECASE)
_FRINGE_AFTER = re.compile(rf"(?:['’]?s)?\s+{_FRINGE}\b", re.IGNORECASE)
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
_ACROSS_KM = 200.0
"""Towns of two countries that bound a stretch of land (Akcakale and Raqqa, Damascus and Beirut are a hundred km apart),
and not talks: our reading."""
_FRINGE_KM = 10.0
"""Outskirts and suburbs, beyond the radius of the city itself: our reading."""


_LEVELS: tuple[PlaceLevel, ...] = ("point", "district", "province", "country")
_LEVEL_OF: dict[str, PlaceLevel] = {
    "county": "district", "state": "province", "region": "province", "country": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Located:
    """A place as its name alone gives it, with what the gazetteer knows of it; None where it is left open."""

    place: Place
    entry: Entry | None
    is_called_area: bool = False  # the words call it a province

    @property
    def is_area(self) -> bool:
        """True for a country, a province or a district."""
        return self.entry is not None and self.entry.kind in AREA_KINDS

    @property
    def level(self) -> PlaceLevel:
        """The level of division that it is; a town that stands for a district of its name is as good as that."""
        found = _LEVEL_OF.get(self.entry.kind, "point") if self.entry is not None else "point"
        return "district" if found == "point" and self.is_called_area else found


def related(text: str, located: Sequence[Located], gazetteer: Gazetteer) -> list[Place]:
    """Return the places with what is said of where they lie; spans grow to hold the words before that say so.

    Villages that the gazetteer lacks and that are put at a distance ("A and B, 19 km from X") take its point.
    """
    found: list[Place] = []
    at = 0
    while at < len(located):
        place = located[at].place
        left = text[max(0, place.start - _LOOK_BACK) : place.start]
        after = located[at + 1].place if at + 1 < len(located) else None
        between = after is not None and _BETWEEN.search(left) and _AND.fullmatch(text, place.end, after.start)
        if between and _bound(located[at], located[at + 1]):
            found.append(_coded(_between(text, place, located[at + 1].place, left), located[at], located[at + 1]))
            at += 2
            continue
        placed = _coded(_one(text, located[at], left, gazetteer), located[at])
        if placed.relation is not None and placed.relation.km is not None:
            found = _spread(text, found, placed)
        found.append(placed)
        at += 1
    return found


def _coded(place: Place, *given: Located) -> Place:
    """Give a place that has a point the field's codes of its precision; `given` are the places that its name names."""
    if place.lat is None:
        return place
    level = max((one.level for one in given), key=_LEVELS.index)
    code = where_prec(level, place.relation.kind if place.relation else None, place.precision_km)
    return replace(place, where_prec=code, geo_precision=geo_precision(code))


def _one(text: str, located: Located, left: str, gazetteer: Gazetteer) -> Place:
    place = located.place
    if (match := _OFFSET.search(left)) and (km := _kilometres(match)) is not None:
        return _offset(text, place, len(left) - match.start(), _bearing(match["wind"]), km)
    if (match := _AWAY.search(left)) and (km := _kilometres(match)) is not None:
        return _offset(text, place, len(left) - match.start(), None, km)
    if match := _SIDE_OF.search(left):
        return _side(text, located, len(left) - match.start(), 0, match["part"], gazetteer)
    if (match := _WITHIN_SIDE.search(left)) and (located.is_area or match["ern"]):
        return _side(text, located, len(left) - match.start(), 0, match["part"] or match["ern"], gazetteer)
    if match := _WIND_OF.search(left):
        if located.is_area and located.is_called_area:
            # "East of Daraa governorate" is within it, to those who write so.
            return _side(text, located, len(left) - match.start(), 0, match["wind"], gazetteer)
        relation = Relation(kind="near", bearing=_bearing(match["wind"]), km=None, of=(place.name,))
        return _grown(text, place, len(left) - match.start(), relation, _NEAR_KM)
    if (match := _BESIDE.search(left)) and not _SUBURB_OF.search(left):
        near = match[0].lower().startswith(("near", "close", "next", "in the vic", "outside", "around"))
        relation = Relation(kind="near", bearing=None, km=None, of=(place.name,))
        return _grown(text, place, len(left) - match.start(), relation, _NEAR_KM if near else _FRINGE_KM)
    fringe = _FRINGE_AFTER.match(text, place.end)
    if _BOTH.search(left):
        return place
    if match := _PART.search(left):
        bearing = _wind(match["part"])
        if re.fullmatch(_WIND, bearing) and (located.is_area or fringe):
            on = fringe.end() - place.end if fringe else 0
            return _side(text, located, len(left) - match.start(), on, bearing, gazetteer)
        return _part(text, place, len(left) - match.start(), bearing)
    if match := _SIDE_AFTER.match(text, place.end):
        return _side(text, located, 0, match.end() - place.end, match["part"], gazetteer)
    if fringe and not located.is_area:
        relation = Relation(kind="near", bearing=None, km=None, of=(place.name,))
        return _grown(text, place, 0, relation, _FRINGE_KM, fringe.end() - place.end)
    return place


def _side(text: str, located: Located, back: int, on: int, wind: str, gazetteer: Gazetteer) -> Place:
    """Return one side of an area, or what lies on that side around a town."""
    place, entry, bearing = located.place, located.entry, _bearing(wind)
    if entry is None or not located.is_area:
        relation = Relation(kind="near", bearing=bearing, km=None, of=(place.name,))
        return _grown(text, place, back, relation, _FRINGE_KM, on)
    relation = Relation(kind="part_of", bearing=bearing, km=None, of=(place.name,))
    grown = _grown(text, place, back, relation, 0.0, on)
    sector = gazetteer.sector(entry, bearing)
    if sector is None:
        return _shifted(grown, bearing)
    lat, lon, radius = sector
    return replace(grown, lat=round(lat, 5), lon=round(lon, 5), precision_km=round(radius, 1))


def _bearing(wind: str) -> float:
    return _WINDS[re.sub(r"[\s-]", "", wind.lower())]


def _kilometres(match: re.Match[str]) -> float | None:
    numbers = find_numbers(match["amount"])
    if not numbers or numbers[0].bound == "vague" or not numbers[0].value:
        return None
    return numbers[0].value * _KM[next(unit for unit in _KM if match["unit"].lower().startswith(unit))]


def _grown(text: str, place: Place, back: int, relation: Relation, wider: float, on: int = 0) -> Place:
    """Return a place given by another: `back` and `on` are how many code points before and after the name say so.

    Its span ends with the name; what comes after it is in its name alone.
    """
    start = place.start - back
    precision = round(place.precision_km + wider, 1) if place.precision_km is not None else None
    return replace(
        place, start=start, text=text[start : place.end], name=text[start : place.end + on], gazetteer_id=None,
        relation=relation, precision_km=precision,
    )  # fmt: skip


def _offset(text: str, place: Place, back: int, bearing: float | None, km: float) -> Place:
    km = round(km, 3)
    relation = Relation(kind="offset", bearing=bearing, km=km, of=(place.name,))
    grown = _grown(text, place, back, relation, km if bearing is None else max(1.0, km * _HALF_WIND))
    if bearing is None or place.lat is None or place.lon is None:
        return grown
    lat, lon = moved(place.lat, place.lon, bearing, km)
    return replace(grown, lat=round(lat, 5), lon=round(lon, 5))


def _wind(part: str) -> str:
    """Return a side as its wind: "northern" and "N." as "north"; other words as they are."""
    word = part.lower().rstrip(".")
    return "".join(map(_SHORT.__getitem__, word)) if len(word) < 3 else word.removesuffix("ern")


def _part(text: str, place: Place, back: int, wind: str) -> Place:
    bearing = _bearing(wind) if re.fullmatch(_WIND, wind, re.I) else None
    relation = Relation(kind="part_of", bearing=bearing, km=None, of=(place.name,))
    grown = _grown(text, place, back, relation, 0.0)
    return grown if bearing is None else _shifted(grown, bearing)


def _shifted(place: Place, bearing: float) -> Place:
    """Put a part into the middle of its half; the radius stays the whole's, since nothing says where the part ends."""
    if place.lat is None or place.lon is None or place.precision_km is None:
        return place
    lat, lon = moved(place.lat, place.lon, bearing, place.precision_km / 2)
    return replace(place, lat=round(lat, 5), lon=round(lon, 5))


def _bound(first: Located, second: Located) -> bool:
    """Say whether something may lie between two places: not between two states, nor a city here and one far abroad,
    which have talks between them.
    """
    if first.entry is None or second.entry is None:
        return True
    one, other = first.entry, second.entry
    if "country" in (one.kind, other.kind):
        return False
    return one.country == other.country or distance_km(one.lat, one.lon, other.lat, other.lon) <= _ACROSS_KM


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
                country=placed.country, relation=placed.relation, where_prec=placed.where_prec,
                geo_precision=placed.geo_precision,
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
