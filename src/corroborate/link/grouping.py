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
class Group:
    """Accounts of one event: their rows, the links between them, and whether anything ties them to an event at all (a
    place, a time, a figure, or people who decided on it).
    """

    rows: tuple[int, ...]
    links: tuple[Link, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """The groups that are no more, the new ones, and the links that would join two that people reviewed."""

    gone: list[Group]
    come: list[Group]
    proposals: list[Link]


class Grouping:
    """The clustering of accounts, which remembers the groups that nothing changed for."""

    def __init__(self) -> None:
        # Each row's component and its group, by the least of their rows; and the groups.
        self._label: Ints = np.zeros(0, np.int64)
        self._of: Ints = np.zeros(0, np.int64)
        self._groups: dict[int, Group] = {}
        self._live: Flags = np.zeros(0, bool)
        # The pairs without one of which no two groups can come together, sorted; and the rows that people decided on.
        self._joins: Ints = np.zeros(0, np.int64)
        self._ruled: set[int] = set()

    def changes(self, accounts: Accounts, pairs: Pairs, changed: Ints, bindings: Bindings) -> Changes:
        """Return what changes in the groups, given all compared pairs and those (by code) that changed since."""
        of_root: dict[str, list[int]] = defaultdict(list)
        for root, row in accounts.bound(bindings):
            of_root[root].append(row)
        ruled = {row for held in of_root.values() for row in held}
        decided = np.array(sorted(ruled | self._ruled), np.int64)
        live, before = accounts.live, self._joins
        more = np.arange(len(self._label), len(live))
        old, self._of = np.concatenate([self._label, more]), np.concatenate([self._of, more])
        self._joins = _joining(before, accounts, pairs, changed)
        stirred = live.copy()
        stirred[: len(self._live)] ^= self._live
        stirred[decided] = True
        dirty = stirred.copy()
        # A pair across two components tells neither anything, unless it joins them.
        told = np.concatenate([_inside(changed, old), np.setxor1d(before, self._joins, assume_unique=True)])
        stirred[told >> 32] = stirred[told & 0xFFFFFFFF] = True
        inside = _flagged(old, stirred) & live
        rows = np.flatnonzero(inside)
        bound = np.array([pair for held in of_root.values() for pair in pairwise(held)], np.int64).reshape(-1, 2)
        joins = np.concatenate([self._joins[inside[self._joins >> 32]], bound[:, 0] << 32 | bound[:, 1]])
        a, b = np.searchsorted(rows, joins >> 32), np.searchsorted(rows, joins & 0xFFFFFFFF)
        label, least = old.copy(), components(len(rows), a, b)
        label[rows] = rows[least]
        inner, moved = _inner(rows, pairs, label, old)
        told = np.concatenate([_inside(changed, old), _inside(changed, label), moved])
        dirty[told >> 32] = dirty[told & 0xFFFFFFFF] = True
        # Where people decided, all is grouped anew.
        for known in (old, label):
            own = np.zeros(len(live), bool)
            own[decided] = True
            dirty |= _flagged(known, own)
        self._label, self._live, self._ruled = label, live, ruled
        return self._settled(accounts, pairs, inner, joins, dirty, bindings)

    def _settled(
        self, accounts: Accounts, pairs: Pairs, inner: Ints, joins: Ints, dirty: Flags, bindings: Bindings
    ) -> Changes:
        """Group the accounts anew whose pairs are not what they were (`dirty`), and all that this changes.

        Groups grow by merging, and none merges with one that no pair of `joins` joins it to. So the groups in which
        something changed are formed anew together with those that such a pair joins to them: where none of them takes
        an account of the latter the rest is as it was, for it would have merged as it did. Else the latter are formed
        anew as well, and so on.
        """
        a, b, live, label = joins >> 32, joins & 0xFFFFFFFF, self._live, self._label
        open_ = _flagged(self._of, dirty)
        todo = _flagged(label, open_ & live)
        formed: dict[int, list[Group]] = {}
        proposals: list[Link] = []
        while todo.any():
            across = open_[a] != open_[b]
            beside = np.zeros(len(live), bool)
            beside[np.where(open_[a], b, a)[across]] = True
            nodes = (open_ | _flagged(self._of, beside)) & live & todo
            taken = np.zeros(len(live), bool)
            for own, compared in _components(nodes, label, pairs, inner):
                groups, proposed = _formed(accounts, own, compared, bindings)
                mixed = [group.rows for group in groups if len({bool(open_[row]) for row in group.rows}) > 1]
                taken[[row for group in mixed for row in group if not open_[row]]] = True
                if not mixed:
                    formed[int(label[own[0]])] = [group for group in groups if open_[group.rows[0]]]
                    proposals += proposed
            open_ |= _flagged(self._of, taken)
            todo = _flagged(label, taken)
        gone = [self._groups.pop(first) for first in np.unique(self._of[open_]).tolist() if first in self._groups]
        come = [group for groups in formed.values() for group in groups]
        for group in come:
            first = min(group.rows)
            self._groups[first] = group
            self._of[list(group.rows)] = first
        return Changes(gone, come, proposals)


def _inside(code: Ints, label: Ints) -> Ints:
    """Return the pairs within one component."""
    return np.asarray(code[label[code >> 32] == label[code & 0xFFFFFFFF]])


def _flagged(of: Ints, rows: Flags) -> Flags:
    """Return for each row whether it stands with (`of` says with which) one of those flagged."""
    first = np.zeros(len(of), bool)
    first[of[rows]] = True
    return np.asarray(first[of])


def _inner(rows: Ints, pairs: Pairs, label: Ints, old: Ints) -> tuple[Ints, Ints]:
    """Return the places of the pairs within components, in the order of these, and the pairs (by code) that have come
    to be or ceased to be within one.
    """
    places, moved = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for low in range(0, len(rows), _AT_ONCE):
        here = pairs.of_rows(rows[low : low + _AT_ONCE])
        code = pairs.code[here]
        now = label[code >> 32] == label[code & 0xFFFFFFFF]
        places.append(here[now])
        moved.append(code[now != (old[code >> 32] == old[code & 0xFFFFFFFF])])
    found = np.concatenate(places)
    return found[np.argsort(label[pairs.code[found] >> 32], kind="stable")], np.concatenate(moved)


def _components(nodes: Flags, label: Ints, pairs: Pairs, inner: Ints) -> Iterator[tuple[list[int], Compared]]:
    """Yield the rows of each component that are flagged, and what the comparison of the pairs with one of them says."""
    rows = np.flatnonzero(nodes)
    rows = rows[np.argsort(label[rows], kind="stable")]
    ends = np.flatnonzero(np.append(label[rows[1:]] != label[rows[:-1]], True)) + 1
    inner = inner[nodes[pairs.code[inner] >> 32] | nodes[pairs.code[inner] & 0xFFFFFFFF]]
    first = label[pairs.code[inner] >> 32]
    low = 0
    while low < len(rows):
        at = int(np.searchsorted(ends, low + _AT_ONCE))
        high = int(ends[min(at, len(ends) - 1)])
        start, end = np.searchsorted(first, (label[rows[low]], label[rows[high - 1]] + 1))
        compared, of = pairs.at(inner[start:end]), first[start:end]
        for own in np.split(rows[low:high], ends[(ends > low) & (ends < high)] - low):
            least = label[own[0]]
            yield own.tolist(), compared.part(slice(*np.searchsorted(of, (least, least + 1))))
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


def _formed(
    accounts: Accounts, own: list[int], compared: Compared, bindings: Bindings
) -> tuple[list[Group], list[Link]]:
    """Return what the accounts of one component, or some of them, fall into, given all pairs with one of these."""
    if len(own) == 1:
        return [Group(tuple(own), (), _stands(accounts, own, bindings))], []
    rules = linking_rules()
    rows = sorted({*own, *compared.a.tolist(), *compared.b.tolist()}, key=lambda row: accounts.readings[row].claims)
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
    members = set(own)
    inside = [position for position, row in enumerate(rows) if row in members]
    first = {position for position, row in enumerate(rows) if accounts.is_subject(row)}
    groups = [tuple(group) for _, group in sorted(roots.items())]
    # What documents are about is settled first; what they mention beside it cannot come between.
    for among in (first, set(range(len(events)))):
        groups = average_linkage(
            inside,
            {pair: value for pair, value in weight.items() if among.issuperset(pair)},
            forbidden,
            threshold=rules.threshold,
            unscored=rules.unscored,
            vague=vague,
            together=[group for group in groups if len(group) > 1],
        )
    links, proposals = _links(events, groups, weight, level, bindings)
    found = [tuple(rows[position] for position in group) for group in groups]
    stands = [_stands(accounts, group, bindings) for group in found]
    return [Group(group, tuple(links[number]), stands[number]) for number, group in enumerate(found)], proposals


def _stands(accounts: Accounts, rows: Sequence[int], bindings: Bindings) -> bool:
    events = [accounts.readings[row] for row in rows]
    return is_event(events) or any(bindings.roots(one.claims) for one in events)


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
) -> tuple[dict[int, list[Link]], list[Link]]:
    """Return the strongest links within the groups, by their number, and those that would join two that people
    reviewed.
    """
    of = {position: number for number, group in enumerate(groups) for position in group}
    count: dict[int, int] = defaultdict(int)
    links: dict[int, list[Link]] = defaultdict(list)
    proposals: dict[tuple[int, int], Link] = {}
    for i, j in sorted(level, key=lambda pair: (-weight.get(pair, -1e9), pair)):
        if of.get(i, -1) == of.get(j, -2):
            if min(count[i], count[j]) < _LINKS:
                count[i] += 1
                count[j] += 1
                value = weight.get((i, j), 0.0)
                links[of[i]].append(link_of(events[i], events[j], value, because(events[i], events[j], level[i, j])))
        elif bindings.claims and i in of and j in of and weight.get((i, j), 0.0) >= linking_rules().threshold:
            pair = (min(of[i], of[j]), max(of[i], of[j]))
            sides = [[claim for position in groups[number] for claim in events[position].claims] for number in pair]
            reviewed = all(bindings.reviewed(side) for side in sides)
            if pair not in proposals and reviewed and not bindings.kept_apart(*sides):
                reasons = because(events[i], events[j], level[i, j])
                said = "would join two incidents that were reviewed: a person decides"
                proposals[pair] = link_of(events[i], events[j], weight[i, j], (said, *reasons))
    return links, list(proposals.values())
