"""Files of places that a user gives: GeoNames country files, administrative boundaries as OCHA publishes them (COD-AB).

A file is read line by line: one that cannot be read is named with its number and cause, and the others are kept.
"""

import codecs
import csv
import gzip
import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from corroborate.errors import CorroborateError, Problem
from corroborate.knowledge.gazetteer import UNKNOWN_RADIUS, Entry, Named, PlaceKind, city_radius
from corroborate.knowledge.placenames import readable
from corroborate.knowledge.sphere import distance_km, middle

_SAMPLE = 1 << 20
_COLUMNS = 19  # of a GeoNames file: geonameid, name, asciiname, alternatenames, latitude, longitude, class, code ...
_ENCODINGS = ["cp1252", "cp1256", "cp1251", "cp1254", "cp1250", "cp1255", "koi8_r", "iso8859_6"]
_TOLD = 10  # bad lines named one by one; the rest are counted
_GIVES_UP = 200  # lines without a single place: it is no such file
# An area whose shape is not known: the radius that holds a rectangle three times as long as wide is 1.62 times that of
# the disc of the same area.
_LONG = 1.62
_PCODE = re.compile(r"^adm(?:in)?([0-5])_?pcode$", re.IGNORECASE)
_NAME = re.compile(r"^adm(?:in)?([0-5])_?(?:name|alt)?_?\w*$", re.IGNORECASE)
_LAT = ("center_lat", "latitude", "lat", "y_coord", "point_y", "centroid_lat", "y")
_LON = ("center_lon", "longitude", "lon", "long", "x_coord", "point_x", "centroid_lon", "x")
_AREA = ("area_sqkm", "areasqkm", "area_km2", "area")


@dataclass
class Reading:
    """A file being read: what was amiss, how many lines came and how many of them could not be read."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    lines: int = 0
    bad: int = 0

    def places(self) -> Iterator[Named]:
        """Yield the places of the file with their other names.

        Raises CorroborateError E101, E102, E103, E107 or E210 where there is nothing to read in it.
        """
        try:
            with ExitStack() as stack:
                stream, name = _opened(self.path, stack)
                yield from self._read(stream, name)
        except FileNotFoundError as error:
            raise CorroborateError("E101", str(self.path)) from error
        except (zipfile.BadZipFile, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise CorroborateError("E107", str(self.path), str(error)) from error
        except OSError as error:
            raise CorroborateError("E102", str(self.path), error.strerror or str(error)) from error
        if self.bad > _TOLD:
            self._tell("E109", f"and {self.bad - _TOLD} more could not be read")

    def _read(self, stream: IO[bytes], name: str) -> Iterator[Named]:
        sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise CorroborateError("E103", str(self.path))
        encoding = self._encoding(sample)
        lines = _lines(sample, stream, encoding)
        if name.lower().endswith((".geojson", ".json")) or sample.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
            rows = self._geojson(lines)
        elif _is_table(sample, encoding):
            rows = self._boundaries(lines)
        else:
            rows = self._geonames(lines)
        found = 0
        for row in rows:
            found += 1
            yield row
        if not found:
            cause = next((f"line {p.detail}" for p in self.problems if p.code == "E109"), "no line holds a place")
            self.problems.clear()
            raise CorroborateError("E210", str(self.path), cause)

    def _encoding(self, sample: bytes) -> str:
        for mark, encoding in (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if sample.startswith(mark):
                return encoding
        whole = sample[: sample.rfind(b"\n") + 1] or sample
        bad = sum(not _is_utf8(line) for line in whole.split(b"\n"))
        # A few broken lines are broken lines; where most lines with other letters are, it is another encoding.
        if bad == 0 or bad * 2 < sum(not line.isascii() for line in whole.split(b"\n")):
            return "utf-8"
        from charset_normalizer import from_bytes

        best = from_bytes(whole[:200_000], cp_isolation=_ENCODINGS).best()
        guessed = best.encoding if best is not None else "cp1252"
        self._tell("N152", guessed)
        return guessed

    def _geonames(self, lines: Iterator[str | None]) -> Iterator[Named]:
        good = 0
        for number, line in enumerate(lines, 1):
            if line is None:
                self._bad(number, "is not in the encoding of the others")
                continue
            if not line.strip() or line.startswith("#"):
                continue
            self.lines += 1
            try:
                yield _geonames_place(line.rstrip("\r\n").split("\t"))
                good += 1
            except ValueError as error:
                self._bad(number, str(error))
                if not good and self.bad >= _GIVES_UP:
                    return

    def _boundaries(self, lines: Iterator[str | None]) -> Iterator[Named]:
        def told() -> Iterator[str]:
            for number, line in enumerate(lines, 1):
                if line is None:
                    self._bad(number, "is not in the encoding of the others")
                else:
                    yield line

        head = next(told_lines := told())
        delimiter = max(",;\t", key=head.count)
        reader = csv.reader(told_lines, delimiter=delimiter)
        columns = _Columns([cell.strip() for cell in next(csv.reader([head], delimiter=delimiter))])
        above = _Above()
        rows = iter(reader)
        while True:
            try:
                row = next(rows, None)
            except csv.Error as error:
                self._bad(reader.line_num + 1, str(error))
                continue
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            self.lines += 1
            try:
                cells = {column: cell.strip() for column, cell in zip(columns.names, row, strict=False)}
                yield columns.place(cells, None, above)
            except ValueError as error:
                self._bad(reader.line_num + 1, str(error))
        yield from above.places()

    def _geojson(self, lines: Iterator[str | None]) -> Iterator[Named]:
        try:
            whole = json.loads("".join(line or "" for line in lines))
            features = whole["features"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorroborateError("E107", str(self.path), f"it is no GeoJSON: {error}") from error
        above = _Above()
        for number, feature in enumerate(features, 1):
            self.lines += 1
            try:
                properties = {str(k): str(v) for k, v in feature["properties"].items() if v is not None}
                yield _Columns(list(properties)).place(properties, _points(feature["geometry"]), above)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                self._bad(number, f"(feature) {error}")
        yield from above.places()

    def _bad(self, number: int, cause: str) -> None:
        self.bad += 1
        if self.bad <= _TOLD:
            self._tell("E109", f"{number} {cause}")

    def _tell(self, code: str, detail: str) -> None:
        self.problems.append(Problem(code=code, name=str(self.path), detail=detail))


def _opened(path: Path, stack: ExitStack) -> tuple[IO[bytes], str]:
    if zipfile.is_zipfile(path):
        archive = stack.enter_context(zipfile.ZipFile(path))
        members = [m for m in archive.infolist() if not m.is_dir() and "readme" not in m.filename.lower()]
        if not members:
            raise CorroborateError("E103", str(path))
        largest = max(members, key=lambda m: m.file_size)
        return stack.enter_context(archive.open(largest)), largest.filename
    if path.suffix.lower() == ".zip":
        raise zipfile.BadZipFile("it is no zip archive")
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", stack.enter_context(gzip.open(path, "rb"))), path.stem
    return stack.enter_context(path.open("rb")), path.name


def _lines(sample: bytes, stream: IO[bytes], encoding: str) -> Iterator[str | None]:
    """Yield the lines; None for one that is not in the encoding."""
    if encoding == "utf-16":
        yield from io.StringIO((sample + stream.read()).decode("utf-16", "replace"))
        return
    encoding, sample = ("utf-8", sample[3:]) if encoding == "utf-8-sig" else (encoding, sample)
    rest = sample
    while True:
        more = stream.read(_SAMPLE)
        whole, cut, rest = (rest + more).rpartition(b"\n") if more else (rest, b"", b"")
        for line in (whole + cut).splitlines(keepends=True):
            try:
                yield line.decode(encoding)
            except UnicodeDecodeError:
                yield None
        if not more:
            return


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_table(sample: bytes, encoding: str) -> bool:
    head = sample.decode(encoding, "replace").split("\n", 1)[0]
    return any(_PCODE.match(cell.strip().strip('"')) for cell in re.split(r"[,;\t]", head))


def _geonames_place(cells: Sequence[str]) -> Named:
    """Return the place of one line; raise ValueError, which says what is wrong with it."""
    if len(cells) != _COLUMNS:
        raise ValueError(f"has {len(cells)} columns, not the {_COLUMNS} of a GeoNames file")
    gid, name, ascii_name, others = cells[:4]
    kind_class, code, country = cells[6:9]
    if not gid.isdigit() or not name.strip():
        raise ValueError("has no number or no name")
    lat, lon = _point(cells[4], cells[5])
    people = int(cells[14]) if cells[14].strip().isdigit() else 0
    kind = _kind(kind_class, code)
    levels = {"ADM1": 1, "ADM2": 2, "ADM3": 3, "ADM4": 4}.get(code[:4], 4)
    codes = [c for c in cells[10 : 10 + levels] if c]
    radius = city_radius(people) if kind == "city" else UNKNOWN_RADIUS
    entry = Entry(
        id=gid, name=name.strip(), lat=lat, lon=lon, radius_km=radius, country=country,
        admin1=cells[10], population=people, kind=kind,
        seat=2 if code == "PPLC" else int(code.startswith("PPLA")), path=".".join([country, *codes]),
    )  # fmt: skip
    return entry, readable(name, [ascii_name, *others.split(",")])


def _kind(kind_class: str, code: str) -> PlaceKind:
    if kind_class == "P":
        return "city"
    if kind_class != "A":
        return "feature"
    return "country" if code.startswith("PCL") else "state" if code.startswith("ADM1") else "county"


def _point(lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"has no point ({lat!r}, {lon!r})") from error
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
        raise ValueError(f"has a point outside the earth ({lat}, {lon})")
    return point


class _Columns:
    """The columns of a table of boundaries: which level it lists, and where its names and points stand."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        low = {name.lower(): name for name in names}
        self.level = max((int(m[1]) for name in names if (m := _PCODE.match(name))), default=-1)
        self.lat = next((low[c] for c in _LAT if c in low), None)
        self.lon = next((low[c] for c in _LON if c in low), None)
        self.area = next((low[c] for c in _AREA if c in low), None)

    def _cell(self, cells: dict[str, str], pattern: Callable[[str], bool]) -> list[str]:
        return [cells[name] for name in self.names if pattern(name) and cells.get(name)]

    def pcode(self, cells: dict[str, str], level: int) -> str:
        """Return the code of a level, "" where there is none."""
        found = self._cell(cells, lambda name: (m := _PCODE.match(name)) is not None and int(m[1]) == level)
        return found[0] if found else ""

    def called(self, cells: dict[str, str], level: int) -> list[str]:
        """Return the names of a level, in every language given; those in Latin letters first."""
        found = self._cell(
            cells,
            lambda name: (
                (m := _NAME.match(name)) is not None
                and int(m[1]) == level
                and not _PCODE.match(name)
                and not name.lower().endswith(("_ref", "type"))
            ),
        )
        return sorted(dict.fromkeys(found), key=lambda name: name[0] > "ɏ")

    def place(self, cells: dict[str, str], outline: list[tuple[float, float]] | None, above: "_Above") -> Named:
        """Return the place of one row; raise ValueError, which says what is wrong with it."""
        if self.level < 0:
            raise ValueError("has no column with the code of a division (ADM1_PCODE and the like)")
        code, names = self.pcode(cells, self.level), self.called(cells, self.level)
        if not code or not names:
            raise ValueError(f"has no code or no name of level {self.level}")
        if self.lat and self.lon and cells.get(self.lat) and cells.get(self.lon):
            lat, lon = _point(cells[self.lat], cells[self.lon])
        elif outline:
            lat, lon, _ = middle(outline)
        else:
            raise ValueError("has no point: neither a latitude and a longitude nor an outline")
        radius = UNKNOWN_RADIUS
        if outline and len(outline) > 1:
            radius = max(distance_km(lat, lon, *point) for point in outline)
        elif self.area and (area := _number(cells.get(self.area, ""))):
            radius = _LONG * math.sqrt(area / math.pi)
        country = (self.pcode(cells, 0) or code)[:2].upper()
        codes = [self.pcode(cells, level) for level in range(1, self.level + 1)]
        for level in range(1, self.level):
            if codes[level - 1] and (upper := self.called(cells, level)):
                above.add(level, codes[:level], country, upper, (lat, lon, radius))
        return _division(self.level, code, names, (lat, lon, radius), country, codes)


class _Above:
    """The divisions above those of a file, which lists them beside: their point is the middle of what they hold."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, list[str], str, list[str], list[tuple[float, float, float]]]] = {}

    def add(
        self, level: int, codes: list[str], country: str, names: list[str], held: tuple[float, float, float]
    ) -> None:
        self._held.setdefault(codes[-1], (level, codes, country, names, []))[4].append(held)

    def places(self) -> Iterator[Named]:
        for code, (level, codes, country, names, held) in self._held.items():
            lat, lon, _ = middle([(a, b) for a, b, _ in held])
            radius = max(distance_km(lat, lon, a, b) + r for a, b, r in held)
            yield _division(level, code, names, (lat, lon, radius), country, codes)


def _division(
    level: int, code: str, names: list[str], where: tuple[float, float, float], country: str, codes: list[str]
) -> Named:
    kind: PlaceKind = "country" if level == 0 else "state" if level == 1 else "county"
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


def _points(geometry: Any) -> list[tuple[float, float]] | None:
    """Return all points of a GeoJSON geometry as (lat, lon)."""
    if geometry is None:
        return None
    found: list[tuple[float, float]] = []
    waiting = [geometry["coordinates"]]
    while waiting:
        item = waiting.pop()
        if item and isinstance(item[0], (int, float)):
            found.append(_point(str(item[1]), str(item[0])))
        else:
            waiting.extend(item)
    return found
