"""Administrative boundaries as OCHA publishes them (COD-AB): a division a row, with its codes, names and points."""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from corroborate.knowledge.gazetteer import UNKNOWN_RADIUS, Entry, Named, PlaceKind
from corroborate.knowledge.placenames import readable
from corroborate.knowledge.sphere import distance_km, middle

# An area whose shape is not known: the radius that holds a rectangle three times as long as wide is 1.62 times that of
# the disc of the same area.
_LONG = 1.62
_SETTLEMENTS = 4
PCODE = re.compile(r"^adm(?:in)?([0-5])_?pcode$", re.IGNORECASE)
"""A column of codes, with the level that they are of."""
_NAME = re.compile(r"^adm(?:in)?([0-5])_?(?:name|alt)?_?\w*$", re.IGNORECASE)
_LAT = ("center_lat", "latitude", "lat", "y_coord", "point_y", "centroid_lat", "y")
_LON = ("center_lon", "longitude", "lon", "long", "x_coord", "point_x", "centroid_lon", "x")
_AREA = ("area_sqkm", "areasqkm", "area_km2", "area")


class Columns:
    """The columns of a table of boundaries: which level it lists, and where its names and points stand."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        low = {name.lower(): name for name in names}
        self.level = max((int(m[1]) for name in names if (m := PCODE.match(name))), default=-1)
        self.lat = next((low[c] for c in _LAT if c in low), None)
        self.lon = next((low[c] for c in _LON if c in low), None)
        self.area = next((low[c] for c in _AREA if c in low), None)

    def _cell(self, cells: dict[str, str], pattern: Callable[[str], bool]) -> list[str]:
        return [cells[name] for name in self.names if pattern(name) and cells.get(name)]

    def pcode(self, cells: dict[str, str], level: int) -> str:
        """Return the code of a level, "" where there is none."""
        found = self._cell(cells, lambda name: (m := PCODE.match(name)) is not None and int(m[1]) == level)
        return found[0] if found else ""

    def called(self, cells: dict[str, str], level: int) -> list[str]:
        """Return the names of a level, in every language given; those in Latin letters first."""
        found = self._cell(
            cells,
            lambda name: (
                (m := _NAME.match(name)) is not None
                and int(m[1]) == level
                and not PCODE.match(name)
                and not name.lower().endswith(("_ref", "type"))
            ),
        )
        return sorted(dict.fromkeys(found), key=lambda name: name[0] > "ɏ")

    def place(self, cells: dict[str, str], edge: list[tuple[float, float]] | None, above: "Above") -> Named:
        """Return the place of one row; raise ValueError, which says what is wrong with it."""
        if self.level < 0:
            raise ValueError("has no column with the code of a division (ADM1_PCODE and the like)")
        code, names = self.pcode(cells, self.level), self.called(cells, self.level)
        if not code or not names:
            raise ValueError(f"has no code or no name of level {self.level}")
        if self.lat and self.lon and cells.get(self.lat) and cells.get(self.lon):
            lat, lon = point(cells[self.lat], cells[self.lon])
        elif edge:
            lat, lon, _ = middle(edge)
        else:
            raise ValueError("has no point: neither a latitude and a longitude nor an outline")
        radius = UNKNOWN_RADIUS
        if edge and len(edge) > 1:
            radius = max(distance_km(lat, lon, *corner) for corner in edge)
        elif self.area and (area := _number(cells.get(self.area, ""))):
            radius = _LONG * math.sqrt(area / math.pi)
        country = (self.pcode(cells, 0) or code)[:2].upper()
        codes = [self.pcode(cells, level) for level in range(1, self.level + 1)]
        for level in range(1, self.level):
            if codes[level - 1] and (upper := self.called(cells, level)):
                above.add(level, codes[:level], country, upper, (lat, lon, radius))
        above.listed(code)
        # On the lowest level a table of points lists towns and villages.
        kind: PlaceKind = "city" if self.level >= _SETTLEMENTS and radius == UNKNOWN_RADIUS else _kind(self.level)
        return _division(kind, code, names, (lat, lon, radius), country, codes)


class Above:
    """The divisions above those of a file, which lists them beside: their point is the middle of what they hold."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, list[str], str, list[str], list[tuple[float, float, float]]]] = {}
        self._listed: set[str] = set()

    def listed(self, code: str) -> None:
        """Take note that a division has a row of its own, as in a workbook with a sheet for each level."""
        self._listed.add(code)

    def add(
        self, level: int, codes: list[str], country: str, names: list[str], held: tuple[float, float, float]
    ) -> None:
        """Take note of a division that the row of another names, with the point and the radius of that other."""
        self._held.setdefault(codes[-1], (level, codes, country, names, []))[4].append(held)

    def places(self) -> Iterator[Named]:
        """Yield the divisions that have no row of their own."""
        for code, (level, codes, country, names, held) in self._held.items():
            if code in self._listed:
                continue
            lat, lon, _ = middle([(a, b) for a, b, _ in held])
            radius = max(distance_km(lat, lon, a, b) + r for a, b, r in held)
            yield _division(_kind(level), code, names, (lat, lon, radius), country, codes)


def _kind(level: int) -> PlaceKind:
    return "country" if level == 0 else "state" if level == 1 else "county"


def _division(
    kind: PlaceKind, code: str, names: list[str], where: tuple[float, float, float], country: str, codes: list[str]
) -> Named:
    entry = Entry(
        id=code, name=names[0], lat=round(where[0], 5), lon=round(where[1], 5), radius_km=round(where[2], 1),
        country=country, admin1=codes[0] if codes else "", population=0, kind=kind, path=".".join([country, *codes]),
    )  # fmt: skip
    return entry, readable(names[0], names[1:])


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return None


def outline(geometry: Any) -> list[tuple[float, float]] | None:
    """Return all points of a GeoJSON geometry as (lat, lon)."""
    if geometry is None:
        return None
    found: list[tuple[float, float]] = []
    waiting = [geometry["coordinates"]]
    while waiting:
        item = waiting.pop()
        if item and isinstance(item[0], (int, float)):
            found.append(point(str(item[1]), str(item[0])))
        else:
            waiting.extend(item)
    return found


def point(lat: str, lon: str) -> tuple[float, float]:
    """Return a point in degrees; raise ValueError, which says what is wrong with it."""
    try:
        found = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"has no point ({lat!r}, {lon!r})") from error
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise ValueError(f"has a point outside the earth ({lat}, {lon})")
    return found
