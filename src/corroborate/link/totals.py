"""Totals over times and areas: the acts they contain, and figures that travelled from one account to another."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations, product
from math import cos, floor, nan, radians

import numpy as np
from numpy.typing import NDArray

from corroborate.knowledge.sphere import distances_km
from corroborate.link.conflict import same_area, same_period
from corroborate.link.explain import area, period, spoken_number
from corroborate.link.features import Days, Figure, Reading, Spot, kilometres
from corroborate.link.rules import linking_rules

_KM_OF_DEGREE = 111.2
# A group of accounts, by their rows; and a type of act with a figure.
Members = tuple[int, ...]
_Key = tuple[str, str]


def contained(total: Sequence[Reading], act: Sequence[Reading]) -> bool:
    """Whether the total's area and period cover the act's, and the figures fit; false where one is unknown."""
    return any(_covers(one, other) for one in total for other in act)


def travelled(a: Reading, b: Reading) -> str | None:
    """Return in words how the same figure is laid to different areas or periods, null where it is not."""
    if not (a.total or b.total) or a.document == b.document:
        return None
    same = sorted(_large(a) & _large(b))
    if not same:
        return None
    differences = []
    if a.spots and b.spots and not same_area(a, b):
        differences.append(f"area ({area(a)}; {area(b)})")
    if a.days is not None and b.days is not None and not same_period(a.days, b.days):
        differences.append(f"period ({period(a.days)}; {period(b.days)})")
    if not differences:
        return None
    return f"same figure ({', '.join(same)}), but different {' and '.join(differences)}"


class Travelled:
    """Figures that stand in accounts of different groups with other areas or periods; kept between two changes."""

    def __init__(self) -> None:
        self._group_of: dict[int, Members] = {}
        # By type of act and figure: the rows of totals and of acts, and of the pairs in which it travelled, why.
        self._totals: dict[_Key, set[int]] = defaultdict(set)
        self._acts: dict[_Key, set[int]] = defaultdict(set)
        self._found: dict[_Key, list[tuple[int, int, str]]] = {}

    def change(self, readings: Sequence[Reading], gone: Iterable[Members], come: Iterable[Members]) -> None:
        """Take groups of rows out and put others in."""
        touched: set[_Key] = set()
        for group in gone:
            for row in group:
                del self._group_of[row]
                for key in _keys(readings[row]):
                    (self._totals if readings[row].total else self._acts)[key].discard(row)
                    touched.add(key)
        for group in come:
            for row in group:
                self._group_of[row] = group
                for key in _keys(readings[row]):
                    (self._totals if readings[row].total else self._acts)[key].add(row)
                    touched.add(key)
        for key in touched:
            self._found.pop(key, None)
            if found := list(self._pairs(readings, key)):
                self._found[key] = found

    def pairs(self) -> list[tuple[int, int, str]]:
        """Return pairs of rows that share a large figure although its area or period differs, with the reason.

        Each pair of groups is given once, by its first pair of accounts; one of the two is a total.
        """
        result: dict[tuple[Members, Members], tuple[int, int, str]] = {}
        for _, found in sorted(self._found.items()):
            for one, other, reason in found:
                groups = self._group_of[one], self._group_of[other]
                result.setdefault((min(groups), max(groups)), (one, other, reason))
        return list(result.values())

    def _pairs(self, readings: Sequence[Reading], key: _Key) -> Iterator[tuple[int, int, str]]:
        totals, acts = self._totals[key], self._acts[key]
        if not totals or len(totals) + len(acts) > linking_rules().largest_block:
            return
        place = {row: number for number, row in enumerate(sorted(totals | acts, key=lambda row: readings[row].claims))}
        pairs = (*combinations(totals, 2), *product(totals, acts))
        for one, other in sorted(
            (sorted(pair, key=place.__getitem__) for pair in pairs), key=lambda pair: (place[pair[0]], place[pair[1]])
        ):
            if self._group_of[one] != self._group_of[other]:
                reason = travelled(readings[one], readings[other])
                if reason is not None and not _other_country(readings[one], readings[other]):
                    yield one, other, reason


class Containing:
    """Which groups of acts each total contains; kept between two changes."""

    def __init__(self) -> None:
        # The groups of acts; the groups that hold a total, each with the groups it contains.
        self._acts: dict[Members, None] = {}
        self._totals: dict[Members, set[Members]] = {}

    def change(self, readings: Sequence[Reading], gone: Iterable[Members], come: Sequence[Members]) -> None:
        """Take groups of rows out and put others in."""
        out = set(gone)
        for group in out:
            self._acts.pop(group, None)
            self._totals.pop(group, None)
        acts = [group for group in come if not readings[group[0]].total]
        totals = [group for group in come if any(readings[row].total for row in group)]
        near = _Acts(readings, acts)
        for group, inner in self._totals.items():
            inner -= out
            inner |= near.contained(group)
        self._acts.update(dict.fromkeys(acts))
        days = [readings[row].days for group in totals for row in group if readings[row].total]
        near = _Acts(readings, self._acts, _Covered(one for one in days if one is not None))
        self._totals.update((group, near.contained(group)) for group in totals)

    def of(self, group: Members) -> Set[Members]:
        """Return the groups of acts that a group contains: none where it holds no total."""
        return self._totals.get(group, frozenset())


class _Covered:
    """The days of some periods."""

    def __init__(self, periods: Iterable[Days]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((days.start, days.end) for days in periods):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, day: int) -> bool:
        at = bisect_right(self._starts, day) - 1
        return at >= 0 and day <= self._ends[at]


class _Acts:
    """Groups of acts as they are looked for by totals; given `covered`, those that begin on one of its days."""

    def __init__(self, readings: Sequence[Reading], groups: Iterable[Members], covered: _Covered | None = None) -> None:
        self._readings = readings
        self._groups: list[Members] = []
        dated: list[tuple[int, int, Reading]] = []
        for group in groups:
            for act in (readings[row] for row in group):
                if act.days is not None and (covered is None or act.days.start in covered):
                    dated.append((act.days.start, len(self._groups), act))
            if dated and dated[-1][1] == len(self._groups):
                self._groups.append(group)
        dated.sort(key=lambda one: one[:2])
        rows: list[tuple[float, ...]] = []
        of_key: dict[str, list[int]] = defaultdict(list)
        for start, number, act in dated:
            end = act.days.end if act.days is not None else start
            for spot in act.spots:
                for key in spot.ids:
                    of_key[key].append(len(rows))
                lat, lon = (nan, nan) if spot.lat is None or spot.lon is None else (spot.lat, spot.lon)
                if lat == lat:
                    of_key[f"{floor(lat)}:{floor(lon)}"].append(len(rows))
                rows.append((number, start, end, lat, lon, spot.radius))
        self._starts = [start for start, _, _ in dated]
        # In the order of the days, under each key as well.
        self._rows = np.array(rows, np.float64).reshape(-1, 6)
        self._of_key = {key: np.array(places, np.int64) for key, places in of_key.items()}

    def contained(self, group: Members) -> set[Members]:
        """Return the groups that a group with a total contains."""
        total = [self._readings[row] for row in group]
        near = {number for one in total if one.total for number in self._near(one)}
        return {
            self._groups[number]
            for number in near
            if contained(total, [self._readings[row] for row in self._groups[number]])
        }

    def _near(self, total: Reading) -> list[int]:
        """Return the groups of the acts in a total's area and period, as far as places and days tell."""
        if total.days is None or not self._any(total.days):
            return []
        found = []
        for spot in total.spots:
            for key in spot.ids & self._of_key.keys():
                found.append(self._within(self._of_key[key], total.days))
            cells = [self._within(self._of_key[key], total.days) for key in _reach(spot) if key in self._of_key]
            if cells and spot.lat is not None and spot.lon is not None:
                own = np.concatenate(cells)
                own = own[own[:, 5] <= spot.radius]
                away = distances_km(spot.lat, spot.lon, own[:, 3], own[:, 4])
                # The last word is _covers'; a millimetre is left to the difference of two roundings.
                found.append(own[away <= spot.radius + 1e-6])
        return [int(number) for number in np.unique(np.concatenate(found)[:, 0])] if found else []

    def _any(self, days: Days) -> bool:
        """Whether an act begins on one of the days."""
        at = bisect_left(self._starts, days.start)
        return at < len(self._starts) and self._starts[at] <= days.end

    def _within(self, places: NDArray[np.int64], days: Days) -> NDArray[np.float64]:
        low, high = np.searchsorted(self._rows[:, 1], (days.start, days.end + 1))
        own = self._rows[places[slice(*np.searchsorted(places, (low, high)))]]
        return np.asarray(own[own[:, 2] <= days.end])


def _reach(area: Spot) -> Iterator[str]:
    """The cells of a degree that an area can hold."""
    if area.lat is None or area.lon is None:
        return
    down = area.radius / _KM_OF_DEGREE
    across = down / max(cos(radians(min(abs(area.lat) + down, 89.0))), 0.02)
    for row in range(floor(area.lat - down), floor(area.lat + down) + 1):
        for column in range(floor(area.lon - across), floor(area.lon + across) + 1):
            yield f"{row}:{column}"


def _covers(total: Reading, act: Reading) -> bool:
    if total.type != act.type or total.days is None or act.days is None or not total.spots or not act.spots:
        return False
    if not total.days.start <= act.days.start <= act.days.end <= total.days.end:
        return False
    if not _inside(total, act):
        return False
    return all(_fits(one, other) for one in total.figures for other in act.figures)


def _inside(total: Reading, act: Reading) -> bool:
    # Without outlines, "inside" is within the area's radius; an act that is itself an area must be smaller.
    for outer in total.spots:
        for inner in act.spots:
            distance = kilometres(outer, inner)
            if outer.ids & inner.ids or (
                distance is not None and distance <= outer.radius and inner.radius <= outer.radius
            ):
                return True
    return False


def _fits(total: Figure, act: Figure) -> bool:
    """Whether a part can be no larger than its total."""
    if (total.measure, total.who) != (act.measure, act.who) or act.low is None:
        return True
    return act.low <= total.interval()[1]


def _keys(reading: Reading) -> set[_Key]:
    return {(reading.type, figure) for figure in _large(reading)}


def _large(reading: Reading) -> set[str]:
    least = linking_rules().travelled_from
    harm = linking_rules().harm
    return {
        spoken_number(figure)
        for figure in reading.figures
        if figure.measure in harm and figure.said is not None and figure.said >= least
    }


def _other_country(a: Reading, b: Reading) -> bool:
    one = {spot.country for spot in a.spots if spot.country}
    other = {spot.country for spot in b.spots if spot.country}
    return bool(one and other) and not one & other
