"""Files of places that a user gives: GeoNames country files, administrative boundaries as OCHA publishes them (COD-AB),
and event lists with the points of their places (UCDP GED, ACLED); tables as CSV or XLSX.

A file is read line by line: one that cannot be read is named with its number and cause, and the others are kept.
"""

import codecs
import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import ParseError

from corroborate.errors import CorroborateError, Problem
from corroborate.knowledge.gazetteer import UNKNOWN_RADIUS, Entry, Named, PlaceKind, city_radius
from corroborate.knowledge.gazetteer_boundaries import Above, Columns, outline, point
from corroborate.knowledge.gazetteer_events import Rows as EventRows
from corroborate.knowledge.gazetteer_events import event_list
from corroborate.knowledge.gazetteer_sheets import is_header, is_old_workbook, is_workbook, sheets
from corroborate.knowledge.placenames import readable

_SAMPLE = 1 << 20
_COLUMNS = 19  # of a GeoNames file: geonameid, name, asciiname, alternatenames, latitude, longitude, class, code ...
_ENCODINGS = ["cp1252", "cp1256", "cp1251", "cp1254", "cp1250", "cp1255", "koi8_r", "iso8859_6"]
_TOLD = 10  # bad lines named one by one; the rest are counted
_GIVES_UP = 200  # lines without a single place: it is no such file


@dataclass
class Reading:
    """A file being read: what was amiss, how many lines came and how many of them could not be read."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    lines: int = 0
    bad: int = 0

    def places(self) -> Iterator[Named]:
        """Yield the places of the file with their other names.

        Raises CorroborateError E101, E102, E103, E210 or E211 where there is nothing to read in it.
        """
        try:
            with ExitStack() as stack:
                if is_old_workbook(self.path):
                    raise CorroborateError(
                        "E210", str(self.path), "an old or a locked workbook: save it as XLSX or CSV"
                    )
                if is_workbook(self.path):
                    yield from self._kept(self._workbook())
                else:
                    yield from self._kept(self._read(*_opened(self.path, stack)))
        except FileNotFoundError as error:
            raise CorroborateError("E101", str(self.path)) from error
        except (zipfile.BadZipFile, EOFError, gzip.BadGzipFile, zlib.error, ParseError) as error:
            raise CorroborateError("E211", str(self.path), str(error)) from error
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
            return self._geojson(lines)
        if _is_table(sample, encoding):
            return self._table(lines)
        return self._geonames(lines)

    def _kept(self, rows: Iterable[Named]) -> Iterator[Named]:
        """Yield the places; raise E210 where there is none."""
        found = False
        for row in rows:
            found = True
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

    def _table(self, lines: Iterator[str | None]) -> Iterator[Named]:
        def told() -> Iterator[str]:
            for number, line in enumerate(lines, 1):
                if line is None:
                    self._bad(number, "is not in the encoding of the others")
                else:
                    yield line

        def rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
            waiting = iter(reader)
            while True:
                try:
                    row = next(waiting, None)
                except csv.Error as error:
                    self._bad(reader.line_num + 1, str(error))
                    continue
                if row is None:
                    return
                yield reader.line_num + 1, row

        head = next(told_lines := told())
        delimiter = max(",;\t", key=head.count)
        header = [cell.strip() for cell in next(csv.reader([head], delimiter=delimiter))]
        above = Above()
        yield from self._rows(header, rows(csv.reader(told_lines, delimiter=delimiter)), above)
        yield from above.places()

    def _workbook(self) -> Iterator[Named]:
        above = Above()
        for header, rows in sheets(self.path):
            yield from self._rows(header, rows, above)
        yield from above.places()

    def _rows(self, header: list[str], rows: Iterable[tuple[int, list[str]]], above: Above) -> Iterator[Named]:
        """Yield the places of a table with these columns: boundaries, or an event list."""
        events = event_list(header)
        listed = EventRows(events) if events is not None else None
        columns = Columns(header)
        small = [name.strip().lower() for name in header]
        for number, row in rows:
            filled = [cell for cell in row if cell.strip()]
            if not filled or all(
                cell.startswith("#") for cell in filled
            ):  # the tags of HXL stand on a line of their own
                continue
            self.lines += 1
            try:
                if listed is None:
                    yield columns.place(_cells(header, row), None, above)
                elif (place := listed.place(_cells(small, row))) is not None:
                    yield place
            except ValueError as error:
                self._bad(number, str(error))

    def _geojson(self, lines: Iterator[str | None]) -> Iterator[Named]:
        try:
            whole = json.loads("".join(line or "" for line in lines))
            features = whole["features"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorroborateError("E211", str(self.path), f"it is no GeoJSON: {error}") from error
        above = Above()
        for number, feature in enumerate(features, 1):
            self.lines += 1
            try:
                properties = {str(k): str(v) for k, v in feature["properties"].items() if v is not None}
                yield Columns(list(properties)).place(properties, outline(feature["geometry"]), above)
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
    head = sample.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
    return is_header([cell.strip().strip('"') for cell in re.split(r"[,;\t]", head)])


def _cells(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {column: cell.strip() for column, cell in zip(header, row, strict=False)}


def _geonames_place(cells: Sequence[str]) -> Named:
    """Return the place of one line; raise ValueError, which says what is wrong with it."""
    if len(cells) != _COLUMNS:
        raise ValueError(f"has {len(cells)} columns, not the {_COLUMNS} of a GeoNames file")
    gid, name, ascii_name, others = cells[:4]
    kind_class, code, country = cells[6:9]
    if not gid.isdigit() or not name.strip():
        raise ValueError("has no number or no name")
    lat, lon = point(cells[4], cells[5])
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
