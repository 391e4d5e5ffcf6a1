"""Reading a list of incidents: a table under any of the column names that knowledge/references.toml knows."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from corroborate.errors import CorroborateError, Problem
from corroborate.knowledge.lexicon import lexicon

_DELIMITERS = ",;\t|"
_NOT_GIVEN = ("", "na", "n/a", "nan", "none", "null", "-", "unknown", "-999")
_MONTH_FIRST_OR_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%B %d, %Y", "%b %d, %Y",
    "%d-%b-%y",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One row: days are the first and last it can be, `radius` km about its coordinates, ranges (least, most) of dead.

    What the list does not give is None; `civilians` says whether `killed` counts civilians only.
    """

    id: str
    line: int
    start: date | None
    end: date | None
    place: str | None
    areas: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius: float
    parties: tuple[str, ...]
    killed: tuple[int, int] | None
    civilians: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The rows of one list, and what was amiss with others, each named by its line."""

    rows: tuple[Reference, ...]
    problems: tuple[Problem, ...]


def read_references(data: bytes, name: str) -> References:
    """Return the rows of a table of incidents (UTF-8 or Windows-1252; commas, semicolons, tabs or bars).

    Raises CorroborateError E601 where it is no table, and E602 where it has no column for a date or for a place.
    """
    lines = _text(data, name).splitlines()
    if not lines:
        raise CorroborateError("E601", name, "it is empty")
    delimiter = max(_DELIMITERS, key=lines[0].count)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        header = [_plain(column) for column in next(reader)]
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise CorroborateError("E601", name, f"line {reader.line_num}: {error}") from error
    known = _columns(header, name)
    first = _day_comes_first([row[known["date"][0]] for _, row in rows if len(row) > known["date"][0]])
    found: list[Reference] = []
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(header):
            problems.append(
                Problem(code="N651", name=name, detail=f"{line} has {len(row)} cells, the header {len(header)}")
            )
            continue
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        try:
            found.append(_reference(cells, line, {key: [header[i] for i in at] for key, at in known.items()}, first))
        except ValueError as error:
            problems.append(Problem(code="N651", name=name, detail=f"{line}: {error}"))
    return References(rows=tuple(found), problems=tuple(problems))


def _text(data: bytes, name: str) -> str:
    if b"\0" in data[:4096]:
        raise CorroborateError("E601", name, "it is no text; save the sheet as CSV")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


def _columns(header: Sequence[str], name: str) -> dict[str, list[int]]:
    """Return the places of the columns by what they hold, in the order of their names in the lexicon."""
    names: Mapping[str, Sequence[str]] = lexicon("references")["columns"]
    known = {key: [header.index(n) for n in options if n in header] for key, options in names.items()}
    if not known["date"]:
        raise CorroborateError("E602", name, f"a date ({', '.join(names['date'])})")
    if not known["place"] and not known["area"] and not (known["latitude"] and known["longitude"]):
        raise CorroborateError("E602", name, f"a place ({', '.join(names['place'])}, latitude and longitude)")
    return {key: at for key, at in known.items() if at}


def _reference(
    cells: Mapping[str, str], line: int, known: Mapping[str, Sequence[str]], day_first: bool | None
) -> Reference:
    def value(key: str) -> str | None:
        given = (cells[column] for column in known.get(key, ()))
        return next((cell for cell in given if cell.lower() not in _NOT_GIVEN), None)

    start, end = _day(value("date"), day_first), _day(value("date_end"), day_first)
    around = _coded("days", cells, 0)
    if start is not None:
        end = max(start, end or start) + timedelta(days=around)
        start -= timedelta(days=around)
    killed, civilians = _killed(value)
    return Reference(
        id=value("id") or f"line {line}",
        line=line,
        start=start,
        end=end,
        place=value("place"),
        areas=tuple(cells[column] for column in known.get("area", ()) if cells[column].lower() not in _NOT_GIVEN),
        latitude=_degrees(value("latitude"), 90),
        longitude=_degrees(value("longitude"), 180),
        radius=float(_coded("precision", cells, lexicon("references")["reach"]["default_kilometres"])),
        parties=tuple(
            party
            for key in ("party", "other_party")
            for party in re.split(r"\s*[;|]\s*", value(key) or "")
            if party and "civilians" not in party.lower()  # a list's other side may be those who were harmed
        ),
        killed=killed,
        civilians=civilians,
    )


def _killed(value: Callable[[str], str | None]) -> tuple[tuple[int, int] | None, bool]:
    """Return the range of the dead, of all before civilians, and whether it is of civilians only."""
    for key, civilians in (("killed", False), ("civilians", True)):
        low, one, high = (_count(value(key + end)) for end in ("_min", "", "_max"))
        given = [figure for figure in (low, one, high) if figure is not None]
        if given:
            return (low if low is not None else min(given), high if high is not None else max(given)), civilians
    return None, False


def _coded(table: str, cells: Mapping[str, str], otherwise: int) -> int:
    for column, codes in lexicon("references")[table].items():
        if cells.get(column, "") in codes:
            return int(codes[cells[column]])
    return otherwise


def _day(written: str | None, day_first: bool | None) -> date | None:
    """Return a day; raise ValueError where it is none, or where day and month cannot be told apart."""
    if written is None:
        return None
    match = _MONTH_FIRST_OR_DAY_FIRST.match(written.split(" ")[0])
    if match is not None:
        if day_first is None and match[1] != match[2]:
            raise ValueError(f"{written!r} can be two days: write year-month-day")
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        return date(year, two, one) if day_first else date(year, one, two)
    for text in (written, re.split(r"[T ]\d{1,2}:", written)[0]):
        for form in _FORMATS:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
    raise ValueError(f"{written!r} is no date that is read here")


def _day_comes_first(written: Sequence[str]) -> bool | None:
    """Whether a column writes the day before the month: some number above 12 tells; None where none does."""
    pairs = [(int(m[1]), int(m[2])) for w in written if (m := _MONTH_FIRST_OR_DAY_FIRST.match(w.strip().split(" ")[0]))]
    if any(one > 12 for one, _ in pairs):
        return True
    return False if any(two > 12 for _, two in pairs) else None


def _degrees(written: str | None, most: int) -> float | None:
    if written is None:
        return None
    degrees = float(written.replace(",", "."))
    if not -most <= degrees <= most:
        raise ValueError(f"{written} is no coordinate")
    return degrees


def _count(written: str | None) -> int | None:
    if written is None:
        return None
    figure = float(written.replace(" ", "").replace(",", ""))
    if figure < 0:
        raise ValueError(f"{written} is no count")
    return int(figure)
