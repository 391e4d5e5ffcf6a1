"""Dates as metadata writes them: a day, month or year as its first and last day; what is ambiguous is not read.

The day is the one that was written, in the zone it was written in; a count of seconds is taken in UTC.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from corroborate.model import Published

Order = Literal["day first", "month first"]

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[T ,].*)?", re.DOTALL)
_NUMBERS = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?:[T ,].*)?", re.DOTALL)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_WRITTEN = (
    (re.compile(rf"\b(?P<d>\d\d?){_ORDINAL}\s+(?:of\s+)?(?P<m>{_MONTH}),?\s+(?P<y>\d{{4}})\b", re.I)),
    (re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d\d?){_ORDINAL}(?:,\s*|\s+)(?P<y>\d{{4}})\b", re.I)),
    # As the first interface of Twitter gave it: Wed Jun 14 20:19:24 +0000 2017.
    (re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d\d?)\s+[\d:]{{8}}\s+\S+\s+(?P<y>\d{{4}})\b", re.I)),
    (re.compile(rf"^\s*(?P<m>{_MONTH}),?\s+(?P<y>\d{{4}})\s*$", re.I)),
)
# No text of this trade has an earlier date of publication, and a number that gives one is no date.
_EARLIEST = 1900


def published(value: object, basis: str, order: Order | None = None) -> Published | None:
    """Return when something was published, from a string or a count of seconds or milliseconds since 1970.

    `order` says how 4/7/2017 is meant; without it such a date is read only where one number cannot be a month.
    None where the value is no date, or could be two.
    """
    days = _days(value, order)
    return None if days is None else Published(start=days[0], end=days[1], basis=basis)


def order_of(values: Iterable[object]) -> Order | None:
    """Return the order of day and month that the dates such as 4/19/2017 of one file keep; None if not to be told."""
    found: set[Order] = set()
    for value in values:
        match = _NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
        if match and int(match[1]) > 12:
            found.add("day first")
        elif match and int(match[2]) > 12:
            found.add("month first")
    return found.pop() if len(found) == 1 else None


def _days(value: object, order: Order | None) -> tuple[date, date] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _moment(float(value))
    if not isinstance(value, str):
        return None
    value = value.strip()
    if _EPOCH.fullmatch(value):
        return _moment(float(value))
    for pattern in (_ISO, _COMPACT, _YEAR_FIRST):
        if match := pattern.fullmatch(value):
            year, month, day = (int(part) if part else None for part in match.groups())
            return _interval(year, month, day)
    if match := _NUMBERS.fullmatch(value):
        return _in_order(int(match[1]), int(match[2]), int(match[3]), order)
    return _written(value)


def _moment(seconds: float) -> tuple[date, date] | None:
    if not 1e8 < seconds < 1e14:  # 1973 in seconds to far beyond now in milliseconds
        return None
    day = datetime.fromtimestamp(seconds if seconds < 1e11 else seconds / 1000, UTC).date()
    return day, day


def _in_order(first: int, second: int, year: int, order: Order | None) -> tuple[date, date] | None:
    if first > 12 or (order == "day first" and second <= 12) or first == second:
        return _interval(year, second, first)
    if second > 12 or order == "month first":
        return _interval(year, first, second)
    return None


def _written(value: str) -> tuple[date, date] | None:
    for pattern in _WRITTEN:
        if match := pattern.search(value):
            found = match.groupdict()
            day = int(found["d"]) if found.get("d") else None
            return _interval(int(found["y"]), _MONTHS[found["m"].rstrip(".").lower()], day)
    return None


def _interval(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    if year is None or year < _EARLIEST:
        return None
    try:
        start = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return start, start
    last = month or 12
    return start, date(year, last, calendar.monthrange(year, last)[1])
