"""Totals over times and areas: the acts they contain, and figures that travelled from one account to another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def travelled_pairs(accounts: Sequence[Reading], group_of: Mapping[int, int]) -> list[tuple[int, int, str]]:
    """Return pairs of accounts in different groups that share a large figure although its area or period differs.

    Each pair of groups is given once, by its first pair of accounts; one of the two is a total.
    """
    totals: dict[tuple[str, str], list[int]] = defaultdict(list)
    acts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, account in enumerate(accounts):
        for figure in _large(account):
            (totals if account.total else acts)[(account.type, figure)].append(position)
    found: dict[tuple[int, int], tuple[int, int, str]] = {}
    for key, positions in sorted(totals.items()):
        others = acts.get(key, [])
        if len(positions) + len(others) > linking_rules().largest_block:
            continue
        for i, j in sorted(
            (min(pair), max(pair)) for pair in (*combinations(positions, 2), *product(positions, others))
        ):
            groups = (min(group_of[i], group_of[j]), max(group_of[i], group_of[j]))
            reason = travelled(accounts[i], accounts[j]) if groups[0] != groups[1] and groups not in found else None
            if reason is not None and not _other_country(accounts[i], accounts[j]):
                found[groups] = (i, j, reason)
    return sorted(found.values())


def within(groups: Sequence[Sequence[Reading]]) -> list[tuple[int, ...]]:
    """Return for each group the positions of the groups of acts that it contains: none where it is no total."""
    acts = _Acts((number, one) for number, group in enumerate(groups) if not group[0].total for one in group)
    result = []
    for group in groups:
        near = {number for one in group if one.total for number in acts.near(one)}
        result.append(tuple(number for number in sorted(near) if contained(group, groups[number])))
    return result


class _Acts:
    """Acts with a day, each with the number of its group, as they are looked for by totals."""

    def __init__(self, acts: Iterable[tuple[int, Reading]]) -> None:
        found = sorted(
            ((act.days.start, number, act) for number, act in acts if act.days is not None), key=lambda one: one[:2]
        )
        rows: list[tuple[float, ...]] = []
        of_key: dict[str, list[int]] = defaultdict(list)
        for start, number, act in found:
            end = act.days.end if act.days is not None else start
            for spot in act.spots:
                for key in spot.ids:
                    of_key[key].append(len(rows))
                lat, lon = (nan, nan) if spot.lat is None or spot.lon is None else (spot.lat, spot.lon)
                if lat == lat:
                    of_key[f"{floor(lat)}:{floor(lon)}"].append(len(rows))
                rows.append((number, start, end, lat, lon, spot.radius))
        # In the order of the days, under each key as well.
        self._rows = np.array(rows, np.float64).reshape(-1, 6)
        self._of_key = {key: np.array(places, np.int64) for key, places in of_key.items()}

    def near(self, total: Reading) -> list[int]:
        """Return the groups of the acts in a total's area and period, as far as places and days tell."""
        if total.days is None:
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
