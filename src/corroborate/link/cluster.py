"""Groups of readings in which one bad link cannot merge two events.

Average linkage under a ban: two groups merge only while the mean weight between them reaches the threshold and no pair
across them is forbidden. Those go first whose neighbours agree: a link that stands alone, however strong, waits until
the groups on both sides of it are whole, and is then outweighed. Connected components would let it join all behind it.

A vague reading (its place or its day is not known) cannot be compared with most of a group; what it does not say is no
evidence against it. Its pairs count in the mean only where they were given a weight.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class _Tie:
    """What lies between two groups: sums of weights and of supported weights, and the numbers of compared pairs."""

    weight: float = 0.0
    supported: float = 0.0
    clear: int = 0
    vague: int = 0


def average_linkage(
    among: Iterable[int],
    weights: Mapping[tuple[int, int], float],
    forbidden: Callable[[int, int], bool],
    *,
    threshold: float,
    unscored: float,
    vague: Set[int] = frozenset(),
    together: Iterable[Sequence[int]] = (),
) -> list[tuple[int, ...]]:
    """Return groups of the positions `among`, each sorted, in the order of their first members.

    `weights` holds log2 match weights of pairs (lesser position first), of other positions as well where these speak
    for or against; a pair that is not there counts as `unscored`, or not at all where one of the two is in `vague`.
    `together` are groups to begin with, whatever speaks against them. Equal values are taken in the order of positions,
    so that the result depends on the numbering only.
    """
    inner = {pair: weights[pair] for pair in sorted(weights)}
    members = {i: [i] for i in sorted(among)}
    known = {i: int(i not in vague) for i in members}
    ties: dict[int, dict[int, _Tie]] = defaultdict(dict)
    barred: set[tuple[int, int]] = set()
    heap: list[tuple[float, float, int, int]] = []

    def offer(a: int, b: int) -> None:
        tie, clear = ties[a][b], known[a] * known[b]
        pairs = clear + tie.vague
        mean = (tie.weight + unscored * (clear - tie.clear)) / pairs
        if mean >= threshold:
            heapq.heappush(heap, (-tie.supported / pairs, -mean, min(a, b), max(a, b)))

    number = 1 + max((*members, *(b for _, b in weights)), default=0)

    def merge(a: int, b: int) -> int:
        nonlocal number
        new, number = number, number + 1
        members[new] = sorted(members.pop(a) + members.pop(b))
        known[new] = known[a] + known[b]
        one, two = ties.pop(a, {}), ties.pop(b, {})
        for other in sorted((one.keys() | two.keys()) - {a, b}):
            x, y = one.get(other, _Tie()), two.get(other, _Tie())
            ties[new][other] = ties[other][new] = _Tie(
                x.weight + y.weight, x.supported + y.supported, x.clear + y.clear, x.vague + y.vague
            )
            ties[other].pop(a, None)
            ties[other].pop(b, None)
            if {(min(a, other), max(a, other)), (min(b, other), max(b, other))} & barred:
                barred.add((min(new, other), max(new, other)))
            else:
                offer(new, other)
        return new

    for (a, b), supported in _supported(inner, members, threshold, unscored, vague).items():
        clear = known[a] * known[b]
        ties[a][b] = ties[b][a] = _Tie(inner[a, b], supported, clear, 1 - clear)
        offer(a, b)
    for group in together:
        whole = group[0]
        for member in group[1:]:
            whole = merge(whole, member)
    while heap:
        _, _, a, b = heapq.heappop(heap)
        if a not in members or b not in members or (a, b) in barred:
            continue
        if any(forbidden(min(x, y), max(x, y)) for x, y in product(members[a], members[b])):
            barred.add((a, b))
            continue
        merge(a, b)
    return sorted(tuple(group) for group in members.values())


def _supported(
    weights: Mapping[tuple[int, int], float],
    among: Container[int],
    threshold: float,
    unscored: float,
    vague: Set[int],
) -> dict[tuple[int, int], float]:
    """Return the weight of each pair of positions `among` averaged with what its neighbours say: the lesser of their
    two weights to the pair.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), weight in weights.items():
        near[a][b] = near[b][a] = weight
    strong = {i: {j for j, weight in others.items() if weight >= threshold} for i, others in near.items()}
    result = {}
    for (a, b), weight in weights.items():
        if a not in among or b not in among:
            continue
        said = [weight]
        for other in sorted((strong[a] | strong[b]) - {a, b}):
            if (other in near[a] and other in near[b]) or not vague & {a, b, other}:
                said.append(min(near[a].get(other, unscored), near[b].get(other, unscored)))
        result[a, b] = sum(said) / len(said)
    return result


def components(size: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each position the least position that it is connected with by the pairs `a`, `b`."""
    label = np.arange(size)
    while True:
        least = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, label[a], least)
        np.minimum.at(label, label[b], least)
        np.minimum.at(label, a, least)
        np.minimum.at(label, b, least)
        label = label[label]
        if np.array_equal(label, before):
            return label
