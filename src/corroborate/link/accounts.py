"""What one document says of one event: its claims put together before documents are compared."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from corroborate.link.binding import Bindings
from corroborate.link.conflict import conflict, same_area, telling_figures
from corroborate.link.features import Reading, merged
from corroborate.link.rules import linking_rules


def accounts(readings: Sequence[Reading], bindings: Bindings) -> list[Reading]:
    """Return one reading for each event that a document speaks of; `readings` are its own, in their order.

    Two claims go together only if nothing forbids it for any pair of their groups. Where a document tells of one event
    only, a claim that says neither where nor when ("the shooting", "he died there") is of that event; where it tells of
    more, nothing says of which. What the bindings hold apart is not put together; what an account puts together is held
    together in the bindings.
    """
    if len(readings) == 1:
        return list(readings)
    group_of = list(range(len(readings)))
    groups = {index: [index] for index in group_of}

    def join(a: int, b: int) -> bool:
        if a == b:
            return True
        if any(_apart(readings[x], readings[y]) for x, y in product(groups[a], groups[b])):
            return False
        one, other = ([claim for x in groups[g] for claim in readings[x].claims] for g in (a, b))
        if bindings.claims and bindings.apart(one, other):
            return False
        bindings.join(one, other)
        for member in groups[b]:
            group_of[member] = a
        groups[a] = sorted(groups[a] + groups.pop(b))
        return True

    for i, j in combinations(range(len(readings)), 2):
        if group_of[i] != group_of[j] and _same_event(readings[i], readings[j]):
            join(group_of[i], group_of[j])
    told = {group_of[i] for i, one in enumerate(readings) if not _leans(one) and not one.total}
    if len(told) == 1:
        for i, reading in enumerate(readings):
            if _leans(reading):
                join(min(told), group_of[i])
    return [
        merged([readings[member] for member in members]) if len(members) > 1 else readings[members[0]]
        for members in groups.values()
    ]


def subject(found: Sequence[Reading]) -> int | None:
    """Return which account a document is about: of those that tell of an attack, else of all, the one with most claims,
    the earliest of them; None where there are only totals.
    """
    of_harm = [i for i, one in enumerate(found) if one.type == "ASSAULT" and not one.total]
    among = of_harm or [i for i, one in enumerate(found) if not one.total]
    return min(among, key=lambda i: (-len(found[i].claims), found[i].spans[0]), default=None)


def with_surroundings(found: Sequence[Reading]) -> list[Reading]:
    """Return the accounts of a document with the places named anywhere in it beside the one that it is about."""
    number = subject(found)
    if number is None:
        return list(found)
    around = frozenset().union(*(one.around for one in found))
    return [replace(one, around=around) if i == number and one.around != around else one for i, one in enumerate(found)]


def _leans(reading: Reading) -> bool:
    """Whether a claim says of its event neither where nor when, and so leans on what else is told."""
    return not reading.spots and reading.days is None and not reading.total


def _same_event(a: Reading, b: Reading) -> bool:
    """Whether two claims of one document are told as one event: by their sentence, or by two things that tell."""
    if _apart(a, b):
        return False
    if a.sentence == b.sentence:
        return True
    if (a.heading or b.heading) and _said(a) & _said(b):
        # A heading sums up its text: a figure that both give, however small, is the same figure.
        return True
    if _follows_on(a, b) or _follows_on(b, a):
        return True
    same_place = same_area(a, b)
    same_day = a.days is not None and a.days == b.days
    same_figure = bool(telling_figures(a) & telling_figures(b))
    if same_place and _said(a) & _said(b) & _harms(a) and (a.days is None or b.days is None):
        # One document that counts the same dead of one place again, however few, has not named another day for them.
        return True
    same_victim = bool(a.persons & b.persons)
    return same_victim or sum((same_place, same_day, same_figure)) >= 2 or (same_figure and not (a.spots and b.spots))


def _follows_on(first: Reading, then: Reading) -> bool:
    """Whether the next sentence tells of the same act's harm, or that it was not so, without a day of its own."""
    if then.sentence != first.sentence + 1 or first.sentence < 0 or then.days is not None or then.total or first.total:
        return False
    harms = [{figure.measure for figure in one.figures} & _HARM for one in (first, then)]
    told_on = then.rejected or (bool(harms[1]) and not harms[0] & harms[1])
    return told_on and (same_area(first, then) or not then.spots)


_HARM = frozenset({"killed", "injured"})


def _harms(reading: Reading) -> set[tuple[str, float]]:
    return {(measure, said) for measure, said in _said(reading) if measure in _HARM}


def _apart(a: Reading, b: Reading) -> bool:
    """Whether one document cannot mean one event by both."""
    if conflict(a, b) is not None:
        return True
    if {a.mode, b.mode} <= linking_rules().means and a.mode != b.mode:
        return True
    # One voice that names other hands or other victims speaks of another act; two voices may disagree on one.
    if a.part != b.part and (a.spots or b.spots) and not same_area(a, b):
        # "200 of them died in one village": what happened there is an event of its own within the total.
        return True
    one_voice = bool(a.speakers & b.speakers)
    other_hands = bool(a.actors and b.actors) and not a.actors & b.actors
    other_victims = bool(a.targets and b.targets) and not a.targets & b.targets
    if one_voice and (other_hands or other_victims):
        return True
    same_day = a.days is not None and a.days == b.days
    return a.guessed != b.guessed and not (same_area(a, b) or same_day)


def _said(reading: Reading) -> set[tuple[str, float]]:
    return {(figure.measure, figure.said) for figure in reading.figures if figure.said is not None}
