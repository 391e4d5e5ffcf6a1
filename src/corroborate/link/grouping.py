"""Compared accounts to groups of one event: components of strong pairs, each clustered under what forbids and binds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corroborate.link.binding import Bindings
from corroborate.link.cluster import average_linkage, components
from corroborate.link.compared import Compared, Pairs
from corroborate.link.conflict import conflict, told_together
from corroborate.link.explain import because, link_of
from corroborate.link.features import Reading
from corroborate.link.model import against
from corroborate.link.rules import linking_rules
from corroborate.link.store import Accounts, Flags
from corroborate.link.terms import Ints
from corroborate.link.ties import comparable, is_event, tied
from corroborate.model import Link

# Links kept of each account within its incident, the strongest first: of k accounts all k*k/2 would explain no more.
_LINKS = 3
# Accounts whose components are looked at together, and pairs judged together, to bound memory.
_AT_ONCE = 20_000
_PAIRS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class Part:
    """One component of accounts: the groups of rows it falls into, the links within them, and what is proposed.

    What nothing ties to an event is no group, unless people decided on it.
    """

    groups: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    proposals: tuple[Link, ...]


class Grouping:
    """The clustering of accounts, which remembers the components in which nothing changed."""

    def __init__(self) -> None:
        # Each row's component, by the least of its rows; and what the components fall into.
        self._label: Ints = np.zeros(0, np.int64)
        self._parts: dict[int, Part] = {}
        self._live: Flags = np.zeros(0, bool)
        # The pairs without one of which no two groups can come together, sorted; and the rows that people decided on.
        self._joins: Ints = np.zeros(0, np.int64)
        self._ruled: set[int] = set()

    def changes(
        self, accounts: Accounts, pairs: Pairs, changed: Ints, bindings: Bindings
    ) -> tuple[list[Part], list[Part]]:
        """Return the parts that are no more, and the new ones, given those pairs (by code) that changed since."""
        of_root: dict[str, list[int]] = defaultdict(list)
        for root, row in accounts.bound(bindings):
            of_root[root].append(row)
        ruled = {row for held in of_root.values() for row in held}
        live, before = accounts.live, self._joins
        self._joins = _joining(before, accounts, pairs, changed)
        label = np.concatenate([self._label, np.arange(len(self._label), len(live))])
        stirred = live.copy()
        stirred[: len(self._live)] ^= self._live
        # A pair across two components tells neither anything, unless it joins them.
        inner = changed[label[changed >> 32] == label[changed & 0xFFFFFFFF]]
        told = np.concatenate([inner, np.setxor1d(before, self._joins, assume_unique=True)])
        stirred[told >> 32] = stirred[told & 0xFFFFFFFF] = True
        stirred[list(ruled | self._ruled)] = True
        touched = np.zeros(len(live), bool)
        touched[label[stirred]] = True
        gone = [self._parts.pop(first) for first in np.flatnonzero(touched).tolist() if first in self._parts]
        inside = touched[label] & live
        rows = np.flatnonzero(inside)
        joins = self._joins[inside[self._joins >> 32]]
        bound = np.array([pair for held in of_root.values() for pair in pairwise(held)], np.int64).reshape(-1, 2)
        a, b = np.concatenate([joins >> 32, bound[:, 0]]), np.concatenate([joins & 0xFFFFFFFF, bound[:, 1]])
        least: Ints = components(len(rows), np.searchsorted(rows, a), np.searchsorted(rows, b))
        label[rows] = rows[least]
        self._label, self._live, self._ruled = label, live, ruled
        come = []
        for own, compared in _components(rows, label, pairs):
            come.append(_part(accounts, own, compared, bindings))
            self._parts[own[0]] = come[-1]
        return gone, come


def _components(rows: Ints, label: Ints, pairs: Pairs) -> Iterator[tuple[list[int], Compared]]:
    """Yield the rows of each component, in their order, and what the comparison of its pairs says."""
    rows = rows[np.argsort(label[rows], kind="stable")]
    ends = np.flatnonzero(np.append(label[rows[1:]] != label[rows[:-1]], True)) + 1 if len(rows) else rows
    low = 0
    while low < len(rows):
        at = int(np.searchsorted(ends, low + _AT_ONCE))
        high = int(ends[min(at, len(ends) - 1)])
        here = rows[low:high]
        places = pairs.of_rows(np.sort(here))
        first = label[pairs.code[places] >> 32]
        within = first == label[pairs.code[places] & 0xFFFFFFFF]
        places, first = places[within], first[within]
        order = np.argsort(first, kind="stable")
        compared, first = pairs.at(places[order]), first[order]
        for own in np.split(here, ends[(ends > low) & (ends < high)] - low):
            least = label[own[0]]
            yield own.tolist(), compared.part(slice(*np.searchsorted(first, (least, least + 1))))
        low = high


def _joining(joins: Ints, accounts: Accounts, pairs: Pairs, changed: Ints) -> Ints:
    """Return the pairs without one of which no two groups can come together, given what they were before some changed.

    Groups merge where the mean weight between them reaches the threshold and nothing forbids any pair: then one pair at
    least reaches it, counts, and is not forbidden. What is strong and forbidden (one village, another day) would chain
    all that ever befell a village to one component.
    """
    found = [np.setdiff1d(joins, changed, assume_unique=True)]
    places = pairs.places(changed)
    for low in range(0, len(places), _PAIRS_AT_ONCE):
        one = pairs.at(places[low : low + _PAIRS_AT_ONCE])
        one = one.part(one.weight >= linking_rules().threshold)
        columns = (one.a, one.b, one.copied, one.like, one.people, one.named, one.weight)
        told = zip(*(column.tolist() for column in columns), strict=True)
        own = [_joins(accounts.readings[a], accounts.readings[b], *kinds) for a, b, *kinds in told]
        found.append((one.a << 32 | one.b)[np.array(own, bool)])
    return np.sort(np.concatenate(found))


def _joins(a: Reading, b: Reading, copied: bool, like: bool, people: bool, named: int, weight: float) -> bool:
    counts = _counts(a, b, copied=copied, like=like, people=people, named=named)
    return counts and conflict(a, b, misread=_misread(a, b, people, named, weight)) is None


def _counts(a: Reading, b: Reading, *, copied: bool, like: bool, people: bool, named: int) -> bool:
    """Whether what two accounts have in common may join them."""
    return (copied or people or tied(a, b, alike=like, named=named > 0)) and (like or comparable(a, b))


def _misread(a: Reading, b: Reading, people: bool, named: int, weight: float) -> bool:
    """Whether a place that does not fit is held to be misread in one of two like reports: both tell of the same people,
    or each names the place of the other; or one does, in reports of the same days with much else in common.
    """
    if named == 1:
        people |= weight >= linking_rules().much_else and told_together(a.published, b.published)
    return people or named == 2


def _part(accounts: Accounts, rows: list[int], compared: Compared, bindings: Bindings) -> Part:
    """Return what one component falls into."""
    if len(rows) == 1:
        return Part(tuple(_kept(accounts, [tuple(rows)], bindings)), (), ())
    rules = linking_rules()
    rows = sorted(rows, key=lambda row: accounts.readings[row].claims)
    events = [accounts.readings[row] for row in rows]
    vague = frozenset(i for i, event in enumerate(events) if not event.spots or event.days is None)
    weight, level, misread = _weighed(events, rows, compared, vague)

    def forbidden(i: int, j: int) -> bool:
        apart = conflict(events[i], events[j], misread=(i, j) in misread)
        return apart is not None or bindings.apart(events[i].claims, events[j].claims)

    roots: dict[str, list[int]] = defaultdict(list)
    for position, event in enumerate(events):
        for root in sorted(bindings.roots(event.claims)):
            roots[root].append(position)
    first = {position for position, row in enumerate(rows) if accounts.is_subject(row)}
    groups = [tuple(group) for _, group in sorted(roots.items())]
    # What documents are about is settled first; what they mention beside it cannot come between.
    for among in (first, set(range(len(events)))):
        groups = average_linkage(
            len(events),
            {pair: value for pair, value in weight.items() if among.issuperset(pair)},
            forbidden,
            threshold=rules.threshold,
            unscored=rules.unscored,
            vague=vague,
            together=[group for group in groups if len(group) > 1],
        )
    links, proposals = _links(events, groups, weight, level, bindings)
    found = [tuple(rows[position] for position in group) for group in groups]
    return Part(tuple(_kept(accounts, found, bindings)), links, proposals)


def _kept(accounts: Accounts, groups: list[tuple[int, ...]], bindings: Bindings) -> Iterator[tuple[int, ...]]:
    for group in groups:
        events = [accounts.readings[row] for row in group]
        if is_event(events) or any(bindings.roots(one.claims) for one in events):
            yield group


def _weighed(
    events: list[Reading], rows: list[int], compared: Compared, vague: frozenset[int]
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], list[int]], set[tuple[int, int]]]:
    """Return the weights of the pairs (positions) that may count in the clustering, the levels of all, and the pairs
    in one of which a place that does not fit is held to be misread.
    """
    rules = linking_rules()
    local = {row: position for position, row in enumerate(rows)}
    weight: dict[tuple[int, int], float] = {}
    level: dict[tuple[int, int], list[int]] = {}
    misread: set[tuple[int, int]] = set()
    columns = (
        compared.a, compared.b, compared.weight, compared.copied, compared.like, compared.people, compared.named,
        against(compared.levels),
    )  # fmt: skip
    told = zip(*(column.tolist() for column in columns), compared.levels.tolist(), strict=True)
    for a, b, value, copied, like, people, named, speaking_against, reached in told:
        i, j = sorted((local[a], local[b]))
        level[i, j] = reached
        if _misread(events[i], events[j], people, named, value):
            misread.add((i, j))
        clear = value >= rules.threshold or not vague & {i, j} or speaking_against <= -rules.threshold
        if clear and _counts(events[i], events[j], copied=copied, like=like, people=people, named=named):
            weight[i, j] = max(value, rules.floor)
    return weight, level, misread


def _links(
    events: list[Reading],
    groups: Sequence[tuple[int, ...]],
    weight: dict[tuple[int, int], float],
    level: dict[tuple[int, int], list[int]],
    bindings: Bindings,
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the strongest links within the groups, and those that would join two that people reviewed."""
    of = {position: number for number, group in enumerate(groups) for position in group}
    count: dict[int, int] = defaultdict(int)
    links = []
    proposals: dict[tuple[int, int], Link] = {}
    for i, j in sorted(level, key=lambda pair: (-weight.get(pair, -1e9), pair)):
        if of[i] == of[j]:
            if min(count[i], count[j]) < _LINKS:
                count[i] += 1
                count[j] += 1
                value = weight.get((i, j), 0.0)
                links.append(link_of(events[i], events[j], value, because(events[i], events[j], level[i, j])))
        elif weight.get((i, j), 0.0) >= linking_rules().threshold and bindings.claims:
            pair = (min(of[i], of[j]), max(of[i], of[j]))
            sides = [[claim for position in groups[number] for claim in events[position].claims] for number in pair]
            reviewed = all(bindings.reviewed(side) for side in sides)
            if pair not in proposals and reviewed and not bindings.kept_apart(*sides):
                reasons = because(events[i], events[j], level[i, j])
                said = "would join two incidents that were reviewed: a person decides"
                proposals[pair] = link_of(events[i], events[j], weight[i, j], (said, *reasons))
    return tuple(links), tuple(proposals.values())
