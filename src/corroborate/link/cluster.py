"""Groups of readings in which one bad link cannot merge two events.

Average linkage under a ban: two groups merge, best mean weight first, only while the mean reaches the threshold and no
pair across them is forbidden. Connected components would let a single false link join everything behind it.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import product


def average_linkage(
    size: int,
    weights: Mapping[tuple[int, int], float],
    forbidden: Callable[[int, int], bool],
    *,
    threshold: float,
    unscored: float,
) -> list[tuple[int, ...]]:
    """Return groups of the positions 0 to `size` - 1, each sorted, in the order of their first members.

    `weights` holds log2 match weights of pairs (lesser position first); a pair that is not there counts as `unscored`.
    Equal means are taken in the order of positions, so that the result depends on the numbering only.
    """
    members = {i: [i] for i in range(size)}
    component = _components(size, [pair for pair, weight in weights.items() if weight >= threshold])
    # Sums over the compared pairs between two groups, and how many they are.
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    barred: set[tuple[int, int]] = set()
    heap: list[tuple[float, int, int]] = []

    def offer(a: int, b: int) -> None:
        total, count = sums[a][b]
        pairs = len(members[a]) * len(members[b])
        mean = (total + unscored * (pairs - count)) / pairs
        if mean >= threshold:
            heapq.heappush(heap, (-mean, min(a, b), max(a, b)))

    for (a, b), weight in sorted(weights.items()):
        if component[a] != component[b]:
            # No mean reaches the threshold without one pair that does: such groups can never meet.
            continue
        sums[a][b] = sums[b][a] = (weight, 1)
        offer(a, b)
    number = size
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members or (a, b) in barred:
            continue
        if any(forbidden(min(x, y), max(x, y)) for x, y in product(members[a], members[b])):
            barred.add((a, b))
            continue
        new, number = number, number + 1
        members[new] = sorted(members.pop(a) + members.pop(b))
        for other in sorted((sums[a].keys() | sums[b].keys()) - {a, b}):
            (one, one_count), (two, two_count) = sums[a].get(other, (0.0, 0)), sums[b].get(other, (0.0, 0))
            sums[new][other] = sums[other][new] = (one + two, one_count + two_count)
            _forget(sums, other, (a, b))
            if {(min(a, other), max(a, other)), (min(b, other), max(b, other))} & barred:
                barred.add((min(new, other), max(new, other)))
            else:
                offer(new, other)
        del sums[a], sums[b]
    return sorted(tuple(group) for group in members.values())


def _components(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        parent[other] = one
    return [root(i) for i in range(size)]


def _forget(sums: dict[int, dict[int, tuple[float, int]]], other: int, gone: Iterable[int]) -> None:
    for group in gone:
        sums[other].pop(group, None)
