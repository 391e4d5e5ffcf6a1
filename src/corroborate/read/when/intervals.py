"""Intervals of days: what a month, a weekday, "three weeks ago" come to, seen from a first and last possible day.

An anchor is itself an interval (a document may be known only to be of a certain week): each end is worked out from the
end of the anchor that makes it widest.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from corroborate.model import DatePrecision

_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
"""Early, mid and late as thirds of a month, and of a year (four months each): our reading, no source fixes one."""
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month of the northern seasons (13 and 14 are in the year after), as meteorologists count them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last day that something can be (either end may be open), and how finely it was said."""

    start: date | None
    end: date | None
    precision: DatePrecision


def day(year: int, month: int, number: int) -> Interval | None:
    """Return one day, or None where the calendar has no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return Interval(found, found, "day")


def month(year: int, number: int, part: str | None = None) -> Interval:
    """Return a month, or the "early", "mid" or "late" part of it."""
    last = calendar.monthrange(year, number)[1]
    first, end = _THIRDS[part] if part else (1, last)
    return Interval(date(year, number, first), date(year, number, min(end, last)), "month")


def year(number: int, part: str | None = None) -> Interval:
    """Return a year, or the "early", "mid" or "late" part of it."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part] if part else (1, 12)
    return Interval(date(number, first, 1), date(number, last, calendar.monthrange(number, last)[1]), "year")


def quarter(number: int, which: int) -> Interval:
    """Return a quarter (1 to 4) of a calendar year."""
    return replaced(span(month(number, which * 3 - 2), month(number, which * 3)), "month")


def season(number: int, name: str) -> Interval:
    """Return a season of a year; "the winter of 2013" may be either of the two that touch the year."""
    first, last = _SEASONS[name]
    if name == "winter":
        return Interval(date(number, 1, 1), month(number + 1, 2).end, "month")
    return replaced(span(month(number, first), month(number, last)), "month")


def decade(number: int, part: str | None = None) -> Interval:
    """Return the ten years from the year `number` on, or the "early" (three), "mid" (four) or "late" (three)."""
    first, last = {"early": (0, 2), "mid": (3, 6), "late": (7, 9)}[part] if part else (0, 9)
    return span(year(number + first), year(number + last))


def replaced(interval: Interval, precision: DatePrecision) -> Interval:
    """Return the interval with another precision."""
    return Interval(interval.start, interval.end, precision)


def span(first: Interval, last: Interval) -> Interval:
    """Return the interval from the start of the one to the end of the other."""
    return Interval(first.start, last.end, last.precision)


def shifted(anchor: Interval, *, days: int = 0, weeks: int = 0, months: int = 0, years: int = 0) -> Interval | None:
    """Return the days, weeks, months or years that lie so far from the anchor, as wide as the unit is."""
    if anchor.start is None or anchor.end is None:
        return None
    if months:
        return span(_month_from(anchor.start, months), _month_from(anchor.end, months))
    if years:
        return span(year(anchor.start.year + years), year(anchor.end.year + years))
    if weeks:
        return span(_week_of(anchor.start + timedelta(weeks=weeks)), _week_of(anchor.end + timedelta(weeks=weeks)))
    return Interval(anchor.start + timedelta(days=days), anchor.end + timedelta(days=days), "day")


def back(moment: date, unit: str, count: int) -> date:
    """Return the day that lies so many days, weeks, months or years before (count below 0: after) another."""
    if unit in ("day", "week"):
        return moment - timedelta(days=count * (7 if unit == "week" else 1))
    at = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
    last = calendar.monthrange(at // 12, at % 12 + 1)[1]
    return date(at // 12, at % 12 + 1, min(moment.day, last))


def this(anchor: Interval, unit: str) -> Interval | None:
    """Return the day, week, month or year that holds the anchor."""
    if anchor.start is None or anchor.end is None:
        return None
    if unit == "month":
        return span(_month_from(anchor.start, 0), _month_from(anchor.end, 0))
    if unit == "year":
        return span(year(anchor.start.year), year(anchor.end.year))
    if unit == "day":
        return Interval(anchor.start, anchor.end, "day")
    return span(_week_of(anchor.start), _week_of(anchor.end))


def weekday(anchor: Interval, number: int, *, before: bool = False, after: bool = False) -> Interval | None:
    """Return the last such day (Monday is 0) at the anchor or earlier; strictly earlier, or later, where so said."""
    if anchor.start is None or anchor.end is None:
        return None

    def nearest(from_day: date) -> date:
        if after:
            return from_day + timedelta(days=(number - from_day.weekday() - 1) % 7 + 1)
        back = (from_day.weekday() - number) % 7
        return from_day - timedelta(days=back or (7 if before else 0))

    return Interval(nearest(anchor.start), nearest(anchor.end), "day")


def recent(anchor: Interval, build: Callable[[int], Interval | None], *, after: bool = False) -> Interval | None:
    """Return the last of the yearly intervals `build(year)` to start by the anchor's end, or the next one after."""
    if anchor.start is None or anchor.end is None:
        return None
    at = anchor.end.year
    found = [built for number in (at - 1, at, at + 1) if (built := build(number)) and built.start is not None]
    if after:
        return next((built for built in found if built.end and built.end >= anchor.start), None)
    return next((built for built in reversed(found) if built.start and built.start <= anchor.end), None)


def _month_from(moment: date, months: int) -> Interval:
    at = moment.year * 12 + moment.month - 1 + months
    return month(at // 12, at % 12 + 1)


def _week_of(moment: date) -> Interval:
    monday = moment - timedelta(days=moment.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")
