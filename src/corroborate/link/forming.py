"""Some accounts of one component to groups of one event, clustered under what forbids and binds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corroborate.link.binding import Bindings
from corroborate.link.cluster import average_linkage
from corroborate.link.compared import Compared
from corroborate.link.conflict import conflict, told_within
from corroborate.link.explain import because, link_of
from corroborate.link.features import Reading
from corroborate.link.model import against
from corroborate.link.rules import linking_rules
from corroborate.link.store import Accounts
from corroborate.link.ties import comparable, is_event, tied
from corroborate.model import Link

# Links kept of each account within its incident, the strongest first: of k accounts all k*k/2 would explain no more.
_LINKS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one event: their rows, the links between them, and whether anything ties them to an event at all (a
    place, a time, a figure, or people who decided on it).
    """

    rows: tuple[int, ...]
    links: tuple[Link, ...]
    stands: bool


def can_join(a: Reading, b: Reading, copied: bool, like: bool, people: bool, named: int, weight: float) -> bool:
    """Whether what the accounts of a strong pair have in common may join them, and nothing forbids it."""
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
        people |= weight >= linking_rules().much_else and told_within(
            linking_rules().told_together_days, a.published, b.published
        )
    return people or named == 2


def formed(
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
