"""Compared accounts to groups of one event: components of strong pairs, each clustered under what forbids and binds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from corroborate.link.binding import Bindings
from corroborate.link.cluster import average_linkage, components
from corroborate.link.compared import Pairs
from corroborate.link.conflict import conflict
from corroborate.link.explain import because
from corroborate.link.features import Reading
from corroborate.link.model import against
from corroborate.link.rules import linking_rules
from corroborate.link.store import Accounts, Flags
from corroborate.link.terms import Ints
from corroborate.link.ties import comparable, tied
from corroborate.model import Link

# Links kept of each account within its incident, the strongest first: of k accounts all k*k/2 would explain no more.
_LINKS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One component of accounts: the groups of rows it falls into, the links within them, and what is proposed."""

    groups: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    proposals: tuple[Link, ...]


class Grouping:
    """The clustering of accounts, which remembers the components in which nothing changed."""

    def __init__(self) -> None:
        self._parts: dict[bytes, Part] = {}
        # Of the strong pairs: their code, what the judgement rests on beside the accounts, and whether they can join.
        self._judged: tuple[Ints, Flags, Flags] | None = None

    def parts(self, accounts: Accounts, pairs: Pairs, bindings: Bindings) -> list[Part]:
        """Return the parts of all components of live rows."""
        of_root: dict[str, list[int]] = defaultdict(list)
        for root, row in accounts.bound(bindings):
            of_root[root].append(row)
        bound = np.array([(one, other) for rows in of_root.values() for one, other in pairwise(rows)], np.int64)
        joining = self._joining(accounts, pairs)
        a, b = pairs.a[joining], pairs.b[joining]
        if len(bound):
            a, b = np.concatenate([a, bound.min(axis=1)]), np.concatenate([b, bound.max(axis=1)])
        label = components(len(accounts.readings), a, b)
        inner = np.flatnonzero(label[pairs.a] == label[pairs.b])
        inner = inner[np.argsort(label[pairs.a[inner]], kind="stable")]
        first = label[pairs.a[inner]]
        edges = dict(zip(*_runs(first), strict=True)) if len(first) else {}
        members: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero(accounts.live).tolist():
            members[int(label[row])].append(row)
        ruled = {row for rows in of_root.values() for row in rows}
        known, self._parts = self._parts, {}
        result = []
        for least, rows in members.items():
            if len(rows) == 1:
                result.append(Part((tuple(rows),), (), ()))
                continue
            here = inner[edges[least]] if least in edges else np.zeros(0, np.int64)
            if ruled.isdisjoint(rows):
                told = b"".join(part[here].tobytes() for part in (pairs.code, pairs.levels, pairs.weight))
                key = blake2b(np.array(rows).tobytes() + told, digest_size=16).digest()
                part = known.get(key) or _part(accounts, rows, pairs, here, bindings)
                self._parts[key] = part
            else:
                part = _part(accounts, rows, pairs, here, bindings)
            result.append(part)
        return result

    def _joining(self, accounts: Accounts, pairs: Pairs) -> Ints:
        """Return the places of the pairs without one of which no two groups can come together.

        Groups merge where the mean weight between them reaches the threshold and nothing forbids any pair: then one
        pair at least reaches it, counts, and is not forbidden. What is strong and forbidden (one village, another day)
        would chain all that ever befell a village to one component.
        """
        strong = np.flatnonzero(pairs.weight >= linking_rules().threshold)
        code, kind = (
            pairs.code[strong],
            np.stack([pairs.copied[strong], pairs.like[strong], pairs.people[strong]], axis=1),
        )
        joins = np.zeros(len(code), bool)
        fresh = np.ones(len(code), bool)
        if self._judged is not None and len(self._judged[0]):
            old_code, old_kind, old_joins = self._judged
            at = np.minimum(np.searchsorted(old_code, code), len(old_code) - 1)
            fresh = (old_code[at] != code) | (old_kind[at] != kind).any(axis=1)
            joins = old_joins[at]
        for place in np.flatnonzero(fresh).tolist():
            one, other = (accounts.readings[row] for row in (code[place] >> 32, code[place] & 0xFFFFFFFF))
            copied, like, people = kind[place].tolist()
            counts = _counts(one, other, copied=copied, like=like, people=people)
            joins[place] = counts and conflict(one, other, same_people=people) is None
        self._judged = (code, kind, joins)
        return strong[joins]


def _counts(a: Reading, b: Reading, *, copied: bool, like: bool, people: bool) -> bool:
    """Whether what two accounts have in common may join them."""
    return (copied or people or tied(a, b, alike=like)) and (like or comparable(a, b))


def _part(accounts: Accounts, rows: list[int], pairs: Pairs, here: Ints, bindings: Bindings) -> Part:
    """Return what one component falls into; `here` are the places of its pairs in `pairs`."""
    rules = linking_rules()
    rows = sorted(rows, key=lambda row: accounts.readings[row].claims)
    events = [accounts.readings[row] for row in rows]
    vague = frozenset(i for i, event in enumerate(events) if not event.spots or event.days is None)
    weight, level, people = _weighed(events, rows, pairs, here, vague)

    def forbidden(i: int, j: int) -> bool:
        apart = conflict(events[i], events[j], same_people=(i, j) in people)
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
    return Part(tuple(tuple(rows[position] for position in group) for group in groups), links, proposals)


def _weighed(
    events: list[Reading], rows: list[int], pairs: Pairs, here: Ints, vague: frozenset[int]
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], list[int]], set[tuple[int, int]]]:
    """Return the weights of the pairs (positions) that may count in the clustering, the levels of all, and the pairs
    whose like texts tell of the same people.
    """
    rules = linking_rules()
    local = {row: position for position, row in enumerate(rows)}
    weight: dict[tuple[int, int], float] = {}
    level: dict[tuple[int, int], list[int]] = {}
    people: set[tuple[int, int]] = set()
    negative = against(pairs.levels[here])
    for index, place in enumerate(here.tolist()):
        i, j = sorted((local[int(pairs.code[place] >> 32)], local[int(pairs.code[place] & 0xFFFFFFFF)]))
        value = float(pairs.weight[place])
        level[i, j] = pairs.levels[place].tolist()
        one, other = events[i], events[j]
        if pairs.people[place]:
            people.add((i, j))
        if (value >= rules.threshold or not vague & {i, j} or negative[index] <= -rules.threshold) and _counts(
            one,
            other,
            copied=bool(pairs.copied[place]),
            like=bool(pairs.like[place]),
            people=bool(pairs.people[place]),
        ):
            weight[i, j] = max(value, rules.floor)
    return weight, level, people


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


def link_of(a: Reading, b: Reading, weight: float, reasons: tuple[str, ...]) -> Link:
    """Return the link between the first claims of two accounts."""
    first, second = sorted((a.claims[0], b.claims[0]))
    return Link(a=first, b=second, weight=round(weight, 3), because=reasons)


def _runs(values: Ints) -> tuple[list[int], list[slice]]:
    """Return the distinct values of a sorted array, and where each stands."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    ends = np.append(starts[1:], len(values))
    return values[starts].tolist(), [slice(low, high) for low, high in zip(starts.tolist(), ends.tolist(), strict=True)]
