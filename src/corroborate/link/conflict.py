"""What no likeness can outweigh: two readings that cannot be of one event."""

from collections.abc import Sequence
from itertools import product

from corroborate.link.features import CITY_RADIUS_KM, Days, Figure, Reading, Spot, kilometres, same_spot
from corroborate.link.rules import TELLING_FIGURE, linking_rules

# A gazetteer's radii of one place differ by source, not by kind; a province is ten and more times as wide as its town.
_SAME_EXTENT = 3.0


def conflict(a: Reading, b: Reading, *, misread: bool = False) -> str | None:
    """Return why the two cannot be one event, in words, or null where nothing forbids it.

    Where like texts tell of the same people, or each names the place of the other (`misread`), a place or a day of
    publication that does not fit is held to be misread. Two days that do not fit still forbid: GVA has 34 pairs of
    different incidents so, and 7 of one.
    """
    if a.type != b.type:
        return f"different acts ({a.type}; {b.type})"
    if a.total != b.total:
        return "one is a total over a time or area, the other a single act"
    if a.total and not _same_total(a, b):
        return "totals over different areas or periods"
    if a.killed & b.killed:
        # Nobody is killed twice: what else is said of them, one of the two accounts was mistaken or misread.
        return None
    # Days further apart than the reports are: one is misread. A daily bulletin tells each time of its own day.
    if days_apart(a.days, b.days) and not (misread and told_within(linking_rules().day_gap, a.published, b.published)):
        return "times apart"
    if misread:
        return None
    if _told_before(a, b) or _told_before(b, a):
        return "one was published before the other's day"
    if places_apart(a, b):
        return "places apart"
    if a.document == b.document and a.speakers & b.speakers and _other_figure(a.figures, b.figures):
        return "the same voice gives each its own figure"
    return None


def days_apart(a: Days | None, b: Days | None) -> bool:
    """Whether no day lies in both intervals, with a day's grace for time zones and nights."""
    if a is None or b is None:
        return False
    return max(a.start, b.start) - min(a.end, b.end) > linking_rules().day_gap


def told_within(days: int, a: int | None, b: int | None) -> bool:
    """Whether both were published within so many days of each other."""
    return a is not None and b is not None and abs(a - b) <= days


def places_apart(a: Reading, b: Reading) -> bool:
    """Whether every place of the one lies beyond the precision of every place of the other."""
    pairs = list(product(a.spots, b.spots))
    if not pairs or any(same_spot(one, other) for one, other in pairs):
        return False
    if a.days is not None and a.days == b.days and telling_figures(a) & telling_figures(b) and _same_name(pairs):
        # Two villages of one name with as many dead on one day: one of the two readers took the wrong village.
        return False
    slack = linking_rules().slack_km
    for one, other in pairs:
        distance = kilometres(one, other)
        if distance is None:
            if one.country and other.country and one.country != other.country:
                continue
            return False
        if distance <= one.radius + other.radius + slack:
            return False
    return True


def telling_figures(reading: Reading) -> set[tuple[str, float]]:
    """Return the figures of a reading, with what each counts, that are large enough to tell one event from another."""
    return {(f.measure, f.said) for f in reading.figures if f.said is not None and f.said >= TELLING_FIGURE}


def _same_name(pairs: Sequence[tuple[Spot, Spot]]) -> bool:
    return any(one.written is not None and one.written == other.written for one, other in pairs)


def figures_clash(a: Figure, b: Figure) -> bool:
    """Whether two counts of the same people cannot both hold under their bounds."""
    if (a.measure, a.who) != (b.measure, b.who) or a.said is None or b.said is None:
        return False
    (a_low, a_high), (b_low, b_high) = a.interval(), b.interval()
    return max(a_low, b_low) > min(a_high, b_high)


def same_area(a: Reading, b: Reading) -> bool:
    """Whether both name the same place by id or name, and to the same extent: a city is not its province."""
    return any(same_spot(one, other) and _same_extent(one, other) for one, other in product(a.spots, b.spots))


def _same_extent(a: Spot, b: Spot) -> bool:
    if not a.ids & b.ids:
        # One of the two is left open, and how wide it is nobody knows: the other is to be no wider than a city.
        return max(a.radius, b.radius) <= CITY_RADIUS_KM
    return max(a.radius, b.radius) <= _SAME_EXTENT * min(a.radius, b.radius)


def same_period(a: Days | None, b: Days | None) -> bool:
    """Whether two periods begin together and end together, or both run on to their report's day."""
    if a is None or b is None:
        return False
    return a.start == b.start and ((a.open and b.open) or a.end == b.end)


def _same_total(a: Reading, b: Reading) -> bool:
    areas_known = bool(a.spots) and bool(b.spots)
    if areas_known and not same_area(a, b):
        return False
    if a.days is not None and b.days is not None:
        return same_period(a.days, b.days) and (areas_known or a.document == b.document)
    # Nothing says that two periods are one where one of them is not known: only a document's own words may repeat it.
    return a.document == b.document or _same_words(a, b)


def _same_words(a: Reading, b: Reading) -> bool:
    """Whether the one repeats the other's words (all but a tenth), so that it can mean nothing else."""
    shared, every = len(a.words & b.words), len(a.words | b.words)
    return every >= 4 and shared >= 0.9 * every


def _told_before(a: Reading, b: Reading) -> bool:
    if a.published is None or b.days is None:
        return False
    return b.days.start - a.published > linking_rules().day_gap


def _other_figure(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> bool:
    clashing = any(figures_clash(one, other) for one, other in product(a, b))
    agreeing = any(
        one.measure == other.measure and one.said is not None and one.said == other.said for one, other in product(a, b)
    )
    return clashing and not agreeing
