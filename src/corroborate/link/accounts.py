"""What one document says of one event: its claims put together before documents are compared."""

from collections.abc import Sequence
from itertools import combinations, product

from corroborate.link.conflict import conflict, same_area
from corroborate.link.features import Reading, merged

# A figure below five is shared by a fifth of unrelated events (knowledge/linking.toml): it identifies nothing.
_TELLING_FIGURE = 5


def accounts(readings: Sequence[Reading]) -> list[Reading]:
    """Return one reading for each event that each document speaks of, in the order of their first claims' ids.

    Two claims go together only if nothing forbids it for any pair of their groups.
    """
    by_document: dict[str, list[Reading]] = {}
    for reading in readings:
        by_document.setdefault(reading.document, []).append(reading)
    result = [account for _, own in sorted(by_document.items()) for account in _of_one_document(own)]
    return sorted(result, key=lambda account: account.claims)


def _of_one_document(readings: list[Reading]) -> list[Reading]:
    group_of = list(range(len(readings)))
    groups = {index: [index] for index in group_of}
    allowed = [(i, j) for i, j in combinations(range(len(readings)), 2) if _same_event(readings[i], readings[j])]
    for i, j in allowed:
        a, b = group_of[i], group_of[j]
        if a == b or any(_apart(readings[x], readings[y]) for x, y in product(groups[a], groups[b])):
            continue
        for member in groups[b]:
            group_of[member] = a
        groups[a] = sorted(groups[a] + groups.pop(b))
    return [merged([readings[member] for member in members]) for members in groups.values()]


def _same_event(a: Reading, b: Reading) -> bool:
    """Whether two claims of one document are told as one event: by their sentence, or by two things that tell."""
    if _apart(a, b):
        return False
    if a.sentence == b.sentence:
        return True
    if (a.heading or b.heading) and _said(a) & _said(b):
        # A heading sums up its text: a figure that both give, however small, is the same figure.
        return True
    same_place = same_area(a, b)
    same_day = a.days is not None and a.days == b.days
    same_figure = bool(_telling(a) & _telling(b))
    same_victim = bool(a.persons & b.persons)
    return same_victim or sum((same_place, same_day, same_figure)) >= 2 or (same_figure and not (a.spots and b.spots))


def _apart(a: Reading, b: Reading) -> bool:
    """Whether one document cannot mean one event by both."""
    if conflict(a, b) is not None:
        return True
    if a.mode and b.mode and a.mode != b.mode:
        return True
    # One voice that names other hands or other victims speaks of another act; two voices may disagree on one.
    one_voice = bool(a.speakers & b.speakers)
    other_hands = bool(a.actors and b.actors) and not a.actors & b.actors
    other_victims = bool(a.targets and b.targets) and not a.targets & b.targets
    if one_voice and (other_hands or other_victims):
        return True
    same_day = a.days is not None and a.days == b.days
    return a.guessed != b.guessed and not (same_area(a, b) or same_day)


def _telling(reading: Reading) -> set[tuple[str, float]]:
    return {(measure, said) for measure, said in _said(reading) if said >= _TELLING_FIGURE}


def _said(reading: Reading) -> set[tuple[str, float]]:
    return {(figure.measure, figure.said) for figure in reading.figures if figure.said is not None}
