"""What ties two accounts to one event, beside their likeness: only tied pairs count in the clustering."""

from corroborate.link.conflict import days_apart, same_area, telling_figures
from corroborate.link.features import Reading, anchored

_TOWN_KM = 25.0  # the widest radius of the level "same town" of knowledge/linking.toml
_MONTH = 30


def tied(a: Reading, b: Reading, *, alike: bool, named: bool) -> bool:
    """Whether something that only one event has is told in both: a victim, a figure, a day, a town; or like words.

    Reports of one war use like words of different days: where both say where, and neither names the place of the other
    (`named`), likeness joins nothing. Of ten incidents of FA-KES drawn at random two had been joined by it.
    """
    if a.document == b.document or a.persons & b.persons or a.killed & b.killed or _same_words(a, b):
        return True
    if telling_figures(a) & telling_figures(b):
        return True
    if a.days is not None and b.days is not None and not days_apart(a.days, b.days):
        return True
    if same_area(a, b) and _narrow(a, b) and _soon(a, b):
        return True
    return alike and (named or bool(a.around & b.around) or not (a.spots and b.spots))


def comparable(a: Reading, b: Reading) -> bool:
    """Where neither place nor day is known, only a copy of the words can be the same event in another document."""
    if (a.placed_or_dated and b.placed_or_dated) or a.document == b.document:
        return True
    return _same_words(a, b)


def is_event(group: list[Reading]) -> bool:
    """Whether a place, a time, a figure or another document's like words tie the group to one event."""
    tied_down = any(anchored(reading) for reading in group) or len({reading.document for reading in group}) > 1
    return tied_down and not all(reading.guessed for reading in group)


def _soon(a: Reading, b: Reading) -> bool:
    """Whether both were told within a month: what is told of a town later is as likely another event there."""
    return a.published is None or b.published is None or abs(a.published - b.published) <= _MONTH


def _narrow(a: Reading, b: Reading) -> bool:
    return min(spot.radius for spot in (*a.spots, *b.spots)) <= _TOWN_KM


def _same_words(a: Reading, b: Reading) -> bool:
    shared, every = len(a.words & b.words), len(a.words | b.words)
    # Half of the words: 0.15% of unrelated pairs of sentences on harm (knowledge/linking.toml).
    return every >= 4 and shared >= 0.5 * every
