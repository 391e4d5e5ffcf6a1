"""Compared accounts to groups of one event: components of strong pairs, and what changes in their groups."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corroborate.link.binding import Bindings
from corroborate.link.cluster import components
from corroborate.link.compared import Compared, Pairs
from corroborate.link.forming import Group, can_join, formed
from corroborate.link.rules import linking_rules
from corroborate.link.store import Accounts, Flags
from corroborate.link.terms import Ints
from corroborate.model import Link

# Accounts whose components are looked at together, and pairs judged together, to bound memory.
_AT_ONCE = 20_000
_PAIRS_AT_ONCE = 500_000


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
        found: dict[int, list[Group]] = {}
        proposals: list[Link] = []
        while todo.any():
            across = open_[a] != open_[b]
            beside = np.zeros(len(live), bool)
            beside[np.where(open_[a], b, a)[across]] = True
            nodes = (open_ | _flagged(self._of, beside)) & live & todo
            taken = np.zeros(len(live), bool)
            for own, compared in _components(nodes, label, pairs, inner):
                groups, proposed = formed(accounts, own, compared, bindings)
                mixed = [group.rows for group in groups if len({bool(open_[row]) for row in group.rows}) > 1]
                taken[[row for group in mixed for row in group if not open_[row]]] = True
                if not mixed:
                    found[int(label[own[0]])] = [group for group in groups if open_[group.rows[0]]]
                    proposals += proposed
            open_ |= _flagged(self._of, taken)
            todo = _flagged(label, taken)
        gone = [self._groups.pop(first) for first in np.unique(self._of[open_]).tolist() if first in self._groups]
        come = [group for groups in found.values() for group in groups]
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
        own = [can_join(accounts.readings[a], accounts.readings[b], *kinds) for a, b, *kinds in told]
        found.append((one.a << 32 | one.b)[np.array(own, bool)])
    return np.sort(np.concatenate(found))
