"""Claims to incidents: the same text first, then what each document says of each event, then across documents."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from corroborate.link.accounts import accounts
from corroborate.link.cluster import average_linkage
from corroborate.link.conflict import conflict
from corroborate.link.explain import because
from corroborate.link.features import Reading, anchored, read_claim, takes_part
from corroborate.link.model import Scored, score
from corroborate.link.rules import linking_rules
from corroborate.link.shared import copied_passages, shared_texts
from corroborate.link.totals import contained, travelled_pairs
from corroborate.model import Claim, Cluster, Document, Link, SharedText

__all__ = ["Linked", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Links with their reasons, the clusters they make, and the documents that share words."""

    links: tuple[Link, ...]
    clusters: tuple[Cluster, ...]
    shared: tuple[SharedText, ...]


def link(documents: Sequence[Document], claims: Sequence[Claim]) -> Linked:
    """Return the links between claims, the clusters of claims of one event, and the texts that documents share.

    The order of documents and claims changes nothing. A claim that speaks of no act and of nobody harmed is in no
    cluster, nor is one that nothing (place, time, figure) ties to an event, nor what is only forecast or supposed.
    Links between clusters show where a total's figure stands elsewhere with another area or period; their weight is
    below the threshold of merging. Raises CorroborateError E301 where the probabilistic model cannot be run.
    """
    by_id = {document.id: document for document in documents}
    shared = shared_texts(documents)
    passages = copied_passages(shared)
    readings = [read_claim(claim, by_id[claim.document], passages) for claim in _in_order(claims)]
    events = accounts([reading for reading in readings if takes_part(reading)])
    single = {reading.claims[0]: reading for reading in readings}
    neighbours = [(single[a], single[b]) for event in events for a, b in pairwise(event.claims)]
    across, inside = score(events, neighbours)
    rules = linking_rules()
    vague = frozenset(i for i, event in enumerate(events) if not event.spots or event.days is None)
    groups = average_linkage(
        len(events),
        {(pair.a, pair.b): pair.weight for pair in across if _speaks(pair, events, vague)},
        lambda a, b: conflict(events[a], events[b]) is not None,
        threshold=rules.threshold,
        unscored=rules.unscored,
        vague=vague,
    )
    groups = [group for group in groups if _is_event([events[i] for i in group])]
    links = _links(events, groups, across) + _inside_links(neighbours, inside, groups, events)
    return Linked(
        links=tuple(sorted(links, key=lambda found: (found.a, found.b))),
        clusters=_clusters(events, groups),
        shared=shared,
    )


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.document, claim.start, claim.end, claim.id))


def _speaks(pair: Scored, events: Sequence[Reading], vague: Set[int]) -> bool:
    """Whether a pair's weight says something for or against it; that little is known says nothing."""
    rules = linking_rules()
    if not _comparable(events[pair.a], events[pair.b]):
        return False
    if pair.weight >= rules.threshold or not vague & {pair.a, pair.b}:
        return True
    return sum(part for part in pair.parts.values() if part < 0) <= -rules.threshold


def _comparable(a: Reading, b: Reading) -> bool:
    """Where neither place nor day is known, only a copy of the words can be the same event in another document."""
    if (a.placed_or_dated and b.placed_or_dated) or a.document == b.document:
        return True
    shared, every = len(a.words & b.words), len(a.words | b.words)
    # Half of the words: 0.15% of unrelated pairs of sentences on harm (knowledge/linking.toml).
    return every >= 4 and shared >= 0.5 * every


def _is_event(group: list[Reading]) -> bool:
    return any(anchored(reading) for reading in group) and not all(reading.guessed for reading in group)


def _links(events: Sequence[Reading], groups: Sequence[Sequence[int]], across: Sequence[Scored]) -> list[Link]:
    group_of = {position: number for number, group in enumerate(groups) for position in group}
    scores = {(pair.a, pair.b): pair for pair in across}
    found = []
    for pair in across:
        if pair.a in group_of and group_of[pair.a] == group_of.get(pair.b):
            found.append(
                _link(events[pair.a], events[pair.b], pair.weight, because(events[pair.a], events[pair.b], pair.parts))
            )
    kept = sorted(group_of)
    positions = {position: number for number, position in enumerate(kept)}
    by_number = {positions[position]: group for position, group in group_of.items()}
    for i, j, reason in travelled_pairs([events[position] for position in kept], by_number):
        a, b = kept[i], kept[j]
        pair_score = scores.get((a, b))
        # What forbids the merging is no weight of the model: the link stands below the threshold, with its reason.
        below = linking_rules().unscored
        weight = min(pair_score.weight, below) if pair_score else below
        found.append(_link(events[a], events[b], weight, (reason, "held apart: totals of different areas or periods")))
    return found


def _inside_links(
    neighbours: Sequence[tuple[Reading, Reading]],
    inside: Sequence[Scored],
    groups: Sequence[Sequence[int]],
    events: Sequence[Reading],
) -> list[Link]:
    kept = {claim for group in groups for position in group for claim in events[position].claims}
    return [
        _link(one, other, pair.weight, because(one, other, pair.parts))
        for pair in inside
        for one, other in (neighbours[pair.a],)
        if one.claims[0] in kept
    ]


def _link(a: Reading, b: Reading, weight: float, reasons: tuple[str, ...]) -> Link:
    first, second = sorted((a.claims[0], b.claims[0]))
    return Link(a=first, b=second, weight=round(weight, 3), because=reasons)


def _clusters(events: Sequence[Reading], groups: Sequence[Sequence[int]]) -> tuple[Cluster, ...]:
    members = [[events[position] for position in group] for group in groups]
    result = []
    for group in members:
        total = group[0].total
        inner = [i for i, other in enumerate(members) if total and not other[0].total and contained(group, other)]
        claims = sorted(claim for reading in group for claim in reading.claims)
        result.append(Cluster(claims=tuple(claims), aggregate=total, contains=tuple(inner)))
    return tuple(result)
