"""What an expression of time comes to: an interval of days, and what it was worked out from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from corroborate.model import DatePrecision
from corroborate.read.mentions import DateKind
from corroborate.read.numbers import find_numbers
from corroborate.read.when import intervals
from corroborate.read.when.intervals import Interval
from corroborate.read.when.shapes import DAYS, MONTHS, SPELT_DAY

Groups = Mapping[str, str | None]
Basis = Literal["said", "anchor", "told"]

_PRECISION: dict[str, DatePrecision] = {
    "hour": "day", "day": "day", "week": "week", "weekend": "week", "month": "month", "quarter": "month",
    "year": "year", "decade": "year",
}  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_VAGUE = ("several", "few", "many", "some", "couple")
# Where the verb does not say whether a month or day without a year is past ("effective 2 January"), the coming one is
# meant if it is so near: TimeBank, half for development, value_right 83.5 without, 86.3 with
# 90 days (60: 86.0, 120: 86.5, 180: 86.3). Of a noun ("the raids of March") it is taken as past: 85.6, and no raid that
# was lies ahead.
_SOON = timedelta(days=90)
_AT_LEAST = ("more than", "over", "at least")


@dataclass(frozen=True, slots=True)
class Value:
    """An interval, the kind of expression, and its basis: the words alone, the anchor, or a time told before."""

    interval: Interval
    kind: DateKind
    basis: Basis


def work_out(
    shape: str, groups: Groups, base: Interval | None, told: Interval | None = None, ahead: bool | None = None
) -> Value:
    """Return what a shape comes to, seen from `base` (when it was written) or `told` (the time told of before it).

    `ahead` says that what is told is still to come, or (False) that it is past, None that the words do not say. Where
    neither gives an answer both ends are None.
    """
    if shape == "iso":
        return Value(_day(groups, int(groups["m"] or 0), int(groups["d"] or 0)), "date", "said")
    if shape == "slashed":
        return Value(_slashed(groups, base), "date", "said")
    if shape in ("told", "shift"):
        return _from_told(shape, groups, base, told)
    if shape in ("period", "duration", "recent", "each", "occasion"):
        kind: DateKind = "set" if shape == "each" else "duration" if shape == "duration" else "period"
        return Value(Interval(None, None, _PRECISION[_unit(groups)]), kind, "said")
    if groups.get("mon"):
        return _month(groups, base, ahead)
    year = _year(groups.get("y"))
    if year is not None:
        return Value(_in_year(shape, groups, year), "date", "said")
    if groups.get("decade"):
        return Value(intervals.decade(int(groups["decade"] or 0), _part(groups.get("part"))), "date", "said")
    by_hour = bool(groups.get("hour")) or (shape == "day_word" and _is_hour(groups))
    kind = "period" if shape == "past" else "time" if by_hour else "date"
    if told is not None and (groups.get("turn") or "").lower() in ("the previous", "the following"):
        return Value(_relative(shape, groups, told, ahead), kind, "told")
    return Value(_relative(shape, groups, base, ahead), kind, "anchor")


def count_of(said: str | None) -> int | None:
    """Return the number of units that words name; None where they are vague ("several")."""
    if said is None or said.lower() in ("a", "an", "the"):
        return 1
    if any(word in said.lower().split() for word in _VAGUE):
        return None
    found = find_numbers(said)
    return int(found[0].value) if found else None


def after(start: Interval, unit: str, count: int) -> Interval | None:
    """Return the first `count` units from a day on: the first week from the sixth is the sixth to the twelfth."""
    if start.start is None or start.end is None:
        return None
    days = {"hour": 1, "day": 1, "week": 7, "weekend": 7, "month": 30, "quarter": 91, "year": 365}.get(unit, 1) * count
    return Interval(start.start, start.end + timedelta(days=days - 1), _PRECISION.get(unit, "day"))


def _unit(groups: Groups) -> str:
    unit = (groups.get("unit") or "day").lower()
    return {"night": "day", "morning": "day"}.get(unit, unit)


def _is_hour(groups: Groups) -> bool:
    word = (groups.get("word") or "").lower()
    return any(part in word for part in ("night", "morning", "afternoon", "evening"))


def _day(groups: Groups, month: int, number: int) -> Interval:
    return intervals.day(int(groups["y"] or 0), month, number) or Interval(None, None, "day")


def _slashed(groups: Groups, base: Interval | None) -> Interval:
    """Read 14/06/2017; 05/06/2017 may be either order, and stays open unless one of the two lies after the anchor."""
    a, b, year = int(groups["a"] or 0), int(groups["b"] or 0), int(groups["y"] or 0)
    options = {found for found in (intervals.day(year, b, a), intervals.day(year, a, b)) if found}
    if len(options) > 1 and base is not None and base.end is not None:
        options = {found for found in options if found.start and found.start <= base.end} or options
    return options.pop() if len(options) == 1 else Interval(None, None, "day")


def _year(said: str | None) -> int | None:
    if said is None:
        return None
    if said.isdigit():
        return int(said)
    words = re.split(r"[ -]", said.lower().replace(" and ", " "), maxsplit=1)
    if words[0] == "two":
        rest = said.lower().replace("two thousand", "").replace("and", "").strip()
        return 2000 + (count_of(rest) or 0 if rest else 0)
    century = 1900 if words[0] == "nineteen" else 2000
    return century + (count_of(words[1].replace("-", " ")) or 0)


def _in_year(shape: str, groups: Groups, year: int) -> Interval:
    part = _part(groups.get("part"))
    if shape == "year_quarter" or shape == "quarter":
        return intervals.quarter(year, _ORDINALS[(groups["n"] or "").lower()])
    if groups.get("season"):
        return intervals.season(year, (groups["season"] or "").lower())
    first = intervals.year(year, part)
    return intervals.span(first, intervals.year(int(groups["y2"] or 0))) if groups.get("y2") else first


def _part(word: str | None) -> str | None:
    if word is None:
        return None
    word = word.lower()
    names = {
        "beginning": "early",
        "start": "early",
        "early": "early",
        "end": "late",
        "middle": "mid",
        "late": "late",
        "mid": "mid",
    }
    return next(
        (kind for name, kind in names.items() if name in word and not word.startswith(("earlier", "later"))), None
    )


def _month(groups: Groups, base: Interval | None, ahead: bool | None) -> Value:
    number = MONTHS[(groups["mon"] or "").rstrip(".").lower()]
    part = _part(groups.get("part"))
    said = [(groups[key] or "").lower() for key in ("d", "d2") if groups.get(key)]
    days = [SPELT_DAY.get(day) or int(re.sub(r"\D", "", day)) for day in said]
    turn = (groups.get("turn") or "").lower()

    def build(year: int) -> Interval | None:
        if not days:
            return intervals.month(year, number, part)
        first, last = intervals.day(year, number, days[0]), intervals.day(year, number, days[-1])
        return intervals.span(first, last) if first and last else None

    unknown = Interval(None, None, "day" if days else "month")
    year = _year(groups.get("y"))
    if year is not None:
        return Value(build(year) or unknown, "date", "said")
    if base is None or base.start is None or base.end is None:
        return Value(unknown, "date", "anchor")
    if groups.get("of"):
        shift = {"last": -1, "this": 0, "next": 1}[(groups["of"] or "").lower()]
        first, last = build(base.start.year + shift), build(base.end.year + shift)
        return Value(intervals.span(first, last) if first and last else unknown, "date", "anchor")
    if turn == "this":
        found = build(base.end.year) if base.start.year == base.end.year else None
        return Value(found or unknown, "date", "anchor")
    if groups.get("dow"):
        return Value(_on_weekday(groups["dow"] or "", base, build) or unknown, "date", "anchor")
    found = intervals.recent(base, build, after=bool(ahead) or turn in ("next", "this coming"))
    if turn == "last" and found and found.start and found.start <= base.start <= (found.end or base.start):
        found = build(found.start.year - 1)
    if ahead is None and not turn:
        coming = intervals.recent(base, build, after=True)
        if coming and coming.start and coming.start - base.end <= _SOON:
            found = coming
    return Value(found or unknown, "date", "anchor")


def _on_weekday(named: str, base: Interval, build: Callable[[int], Interval | None]) -> Interval | None:
    """Return the day of the year, of those about the anchor, in which it falls on the weekday that is named."""
    if base.end is None:
        return None
    number = next(number for number, name in enumerate(DAYS) if name.startswith(named.lower()[:3]))
    at = base.end.year
    found = [built for year in (at, at - 1, at + 1) if (built := build(year)) and built.start]
    return next((built for built in found if built.start and built.start.weekday() == number), None)


def _from_told(shape: str, groups: Groups, base: Interval | None, told: Interval | None) -> Value:
    unit = _unit(groups)
    unknown = Interval(None, None, _PRECISION[unit])
    if shape == "told":
        if told is None or (unit == "day" and told.precision != "day"):
            return Value(unknown, "time" if not groups.get("unit") else "date", "told")
        turn = (groups.get("turn") or "the next").lower()
        step = {"the next": 1, "the following": 1, "the previous": -1, "the preceding": -1}.get(turn, 0)
        found = intervals.shifted(told, **{unit + "s": step}) if step else intervals.this(told, unit)
        return Value(found or unknown, "date" if groups.get("unit") else "time", "told")
    count = count_of(groups.get("n"))
    # A day later needs the day that it is counted from; a year earlier is counted from now where no time was told.
    start = told if told is not None and not (unit == "day" and told.precision != "day") else None
    basis: Basis = "told" if start is not None else "anchor"
    way = (groups.get("way") or "").lower()
    if start is None and unit == "year" and way == "earlier":
        start = base
    if start is None or count is None:
        return Value(unknown, "date", basis)
    sign = -1 if way.startswith(("earlier", "before")) else 1
    return Value(_shift(start, unit, sign * count) or unknown, "date", basis)


def _shift(anchor: Interval, unit: str, count: int) -> Interval | None:
    if unit == "decade":
        return intervals.shifted(anchor, years=10 * count)
    return intervals.shifted(anchor, **{unit + "s": count})


def _relative(shape: str, groups: Groups, base: Interval | None, ahead: bool | None) -> Interval:
    unit = _unit(groups)
    unknown = Interval(None, None, _PRECISION[unit])
    if base is None or base.start is None or base.end is None:
        return unknown
    turn = (groups.get("turn") or "").lower()
    found: Interval | None = None
    if shape == "weekday":
        found = _weekday(groups, turn, base, ahead)
    elif shape == "day_word":
        found = _day_word((groups["word"] or "").lower(), base)
    elif shape in ("unit", "of_unit", "named_unit"):
        found = _of_unit(unit, turn, groups.get("part"), base)
    elif shape in ("turn_season", "quarter", "year_quarter"):
        found = _of_year_part(groups, turn, base, ahead)
    elif shape == "vague_ago":
        return unknown
    elif shape == "year_ago":
        found = intervals.shifted(base, years=-1)
    else:
        found = _counted(shape, groups, unit, turn, base)
    return found or unknown


def _day_word(word: str, base: Interval) -> Interval | None:
    steps = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    found = intervals.shifted(base, days=steps.get(word, 0))
    if found and found.start and found.end and word == "overnight":
        return Interval(found.start - timedelta(days=1), found.end, "day")
    if found and found.start and found.end and word.endswith("hours ago"):
        # Hours may reach over midnight; what was minutes ago, or an hour, is taken for today.
        hours = int(word.split()[0]) if word[0].isdigit() else 1
        whole, rest = divmod(hours, 24)
        return Interval(found.start - timedelta(days=whole + bool(rest)), found.end - timedelta(days=whole), "day")
    return found


def _weekday(groups: Groups, turn: str, base: Interval, ahead: bool | None) -> Interval | None:
    number = DAYS.index((groups["wd"] or "").lower())
    if groups.get("ago"):
        week = intervals.shifted(base, weeks=-1)
        return (
            intervals.weekday(Interval(week.end, week.end, "day"), number) if week and base.start == base.end else week
        )
    if turn in ("next", "the following", "this coming") or (ahead and not turn):
        return intervals.weekday(base, number, after=True)
    return intervals.weekday(base, number, before=turn in ("last", "this past", "past", "the previous"))


def _of_unit(unit: str, turn: str, part: str | None, base: Interval) -> Interval | None:
    step = {"last": -1, "next": 1, "the coming": 1, "coming": 1, "this coming": 1}.get(turn, 0)
    if unit == "weekend":
        sunday = intervals.weekday(base, 6, before=True)
        if sunday is None or sunday.start is None or step > 0:
            return None
        return Interval(sunday.start - timedelta(days=1), sunday.end, "week")
    if turn in ("the past", "past", "this past"):
        return _past(base, unit, 1)
    if unit == "quarter":
        return _quarter_from(base, step)
    found = _shift(base, unit, step) if step else intervals.this(base, "year" if unit == "decade" else unit)
    if found is None or part is None or found.start is None:
        return found
    word = part.lower()
    if word.startswith("earlier") and base.end is not None and not step:
        return Interval(found.start, min(base.end, found.end or base.end), found.precision)
    if word.startswith("later") and base.start is not None and not step:
        return Interval(max(base.start, found.start), found.end, found.precision)
    named = _part(part)
    if named and unit == "year":
        return intervals.year(found.start.year, named)
    return intervals.month(found.start.year, found.start.month, named) if named and unit == "month" else found


def _quarter_from(base: Interval, step: int) -> Interval | None:
    if base.start is None:
        return None
    at = base.start.year * 4 + (base.start.month - 1) // 3 + step
    return intervals.quarter(at // 4, at % 4 + 1)


def _of_year_part(groups: Groups, turn: str, base: Interval, ahead: bool | None) -> Interval | None:
    """Return "last winter", "next year's first quarter", "the third quarter": the last to begin, or the one named."""
    name = (groups.get("season") or "").lower()
    which = _ORDINALS.get((groups.get("n") or "").lower(), 0)

    def build(year: int) -> Interval | None:
        return intervals.season(year, name) if name else intervals.quarter(year, which)

    if base.start is None:
        return None
    if which and turn:
        return build(base.start.year + {"last": -1, "next": 1}.get(turn, 0))
    if name == "winter":
        return None  # of one year or of the next: the word does not say
    if turn == "this":
        return build(base.start.year)
    found = intervals.recent(base, build, after=ahead or turn in ("next", "this coming"))
    if turn == "last" and found and found.start and found.start <= base.start <= (found.end or base.start):
        return build(found.start.year - 1)
    return found


def _counted(shape: str, groups: Groups, unit: str, turn: str, base: Interval) -> Interval | None:
    count = count_of(groups.get("n"))
    if count is None:
        return None
    if unit == "hour":
        unit, count = "day", max(1, round(count / 24))
    if unit == "quarter":
        unit, count = "month", 3 * count
    if shape == "past":
        return _past(base, unit, -count if turn in ("next", "coming") else count)
    found = _shift(base, "week" if unit == "weekend" else unit, -count)
    bound = (groups.get("bound") or "").lower()
    if found is None or "less than" in bound:
        return Interval(found.start, base.end, "open") if found else None
    return Interval(None, found.end, "open") if any(word in bound for word in _AT_LEAST) else found


def _past(base: Interval, unit: str, count: int) -> Interval | None:
    """Return the last `count` units up to the anchor ("the past two weeks"); the next ones where it is below 0."""
    if base.start is None or base.end is None:
        return None
    known = {"hour": ("day", 1), "weekend": ("week", 1), "quarter": ("month", 3), "decade": ("year", 10)}
    unit, times = known.get(unit, (unit, 1))
    first, last = base.start, base.end
    far = intervals.back(last if count < 0 else first, unit, count * times)
    return Interval(far, last, "open") if count > 0 else Interval(first, far, "open")
