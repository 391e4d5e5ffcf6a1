"""The linking itself, kept so that documents can be added: only what they touch is compared and clustered again.

What comes out is a function of the documents, their claims and the rulings alone: whatever was added first, the same
claims give the same clusters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corroborate.link.accounts import accounts, subject, telling_figures, with_surroundings
from corroborate.link.binding import Bindings
from corroborate.link.cluster import average_linkage, components
from corroborate.link.conflict import conflict, days_apart, same_area
from corroborate.link.explain import because
from corroborate.link.features import Reading, anchored, read_claim, takes_part
from corroborate.link.model import Levels, against, alike, levels, weights
from corroborate.link.pairs import candidates, in_common, term_keys
from corroborate.link.rules import linking_rules
from corroborate.link.shared import Texts, copied
from corroborate.link.table import Table
from corroborate.link.terms import Floats, Ints, Rarity, Rows, distinct, territories
from corroborate.link.totals import travelled_pairs, within
from corroborate.model import Claim, Cluster, Document, Link, Ruling, SharedText

Flags = NDArray[np.bool_]
# Links kept of each account within its incident, the strongest first: of k accounts all k*k/2 would explain no more.
_LINKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Links with their reasons, the clusters they make, and the documents that share words.

    `proposals` are links that would join two incidents that people reviewed: a person has to decide. `subjects` gives
    for each document (id) a claim (id) of the account that it is about.
    """

    links: tuple[Link, ...]
    clusters: tuple[Cluster, ...]
    shared: tuple[SharedText, ...]
    proposals: tuple[Link, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Compared pairs: rows (lesser first), in the order of `code`, the levels reached and the weights."""

    code: Ints
    levels: Levels
    weight: Floats
    copied: Flags

    @property
    def a(self) -> Ints:
        return self.code >> 32

    @property
    def b(self) -> Ints:
        return self.code & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Part:
    """One component of accounts: the groups of rows it falls into, the links within them, and what is proposed."""

    groups: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    proposals: tuple[Link, ...]


class Linking:
    """Documents and claims that are linked; `add` more at any time, `linked` gives what they make."""

    def __init__(self) -> None:
        self._texts = Texts()
        self._documents: dict[str, Document] = {}
        self._readings: dict[str, list[Reading]] = {}
        self._rows: list[Reading] = []
        self._live: list[bool] = []
        self._rows_of: dict[str, list[int]] = {}
        self._subject_of: dict[str, int] = {}
        self._ruled: set[str] = set()
        self._tables: list[Table] = []
        self._rarity: Rarity | None = None
        self._pairs: _Pairs | None = None
        self._parts: dict[bytes, _Part] = {}

    def add(self, documents: Iterable[Document], claims: Iterable[Claim]) -> None:
        """Add documents with all their claims; a document that is there already takes its own place."""
        found = list(documents)
        self._documents.update((one.id, one) for one in found)
        self._texts.add(found)
        own: dict[str, list[Claim]] = {one.id: [] for one in found}
        for claim in claims:
            own.setdefault(claim.document, []).append(claim)
        changed = []
        for key in sorted(own):
            ordered = sorted(own[key], key=lambda claim: (claim.start, claim.end, claim.id))
            readings = [read_claim(claim, self._documents[key]) for claim in ordered]
            readings = [reading for reading in readings if takes_part(reading)]
            if readings != self._readings.get(key, []):
                self._readings[key] = readings
                changed.append(key)
        self._build(changed, Bindings())

    def linked(self, rulings: Sequence[Ruling] = ()) -> Linked:
        """Return the clusters of all that was added, with what people decided binding them.

        Raises CorroborateError E301 where the probabilistic model cannot be run.
        """
        bindings = Bindings(rulings)
        self._obey(bindings)
        shared = self._texts.shared()
        pairs = self._compared(shared)
        parts = self._clustered(pairs, bindings)
        groups = [
            group
            for part in parts
            for group in part.groups
            if _is_event([self._rows[row] for row in group]) or self._decided(group, bindings)
        ]
        groups.sort(key=lambda group: min(self._rows[row].claims for row in group))
        kept = {row for group in groups for row in group}
        links = [link for part in parts for link in part.links]
        links += self._across(groups) + list(self._inside(kept))
        return Linked(
            links=tuple(sorted(links, key=lambda found: (found.a, found.b))),
            clusters=self._clusters(groups),
            shared=shared,
            subjects={key: self._rows[row].claims[0] for key, row in sorted(self._subject_of.items())},
            proposals=tuple(sorted((one for part in parts for one in part.proposals), key=lambda one: (one.a, one.b))),
        )

    def _build(self, documents: Iterable[str], bindings: Bindings) -> None:
        """Put the claims of documents together anew; their former accounts are dead rows."""
        fresh: list[Reading] = []
        texts: list[str] = []
        for key in documents:
            for row in self._rows_of.pop(key, []):
                self._live[row] = False
            self._subject_of.pop(key, None)
            readings = self._readings[key]
            if readings:
                own = with_surroundings(accounts(readings, bindings))
                first, main = len(self._rows) + len(fresh), subject(own)
                self._rows_of[key] = list(range(first, first + len(own)))
                if main is not None:
                    self._subject_of[key] = first + main
                fresh += own
                texts += territories(self._documents[key], own, main)
        if fresh:
            self._tables = [Table.joined([*self._tables, Table.of(fresh, texts)])]
            self._rows += fresh
            self._live += [True] * len(fresh)

    def _obey(self, bindings: Bindings) -> None:
        """Build the documents that people decided on as they ask; and as before those that they no longer do."""
        ruled = {key for key, readings in self._readings.items() if len(readings) > 1} if bindings.claims else set()
        ruled = {key for key in ruled if any(bindings.claims & {*one.claims} for one in self._readings[key])}
        if ruled or self._ruled:
            self._build(sorted(self._ruled - ruled), Bindings())
            self._build(sorted(ruled), bindings)
        self._ruled = ruled

    def _compared(self, shared: Sequence[SharedText]) -> _Pairs:
        """Return the compared pairs of live rows; those that nothing has changed for are not compared again."""
        if not self._tables:
            none = np.zeros(0, np.int64)
            return _Pairs(none, levels(None, none, none, {}), np.zeros(0), np.zeros(0, bool))
        table, live = self._tables[0], np.array(self._live)
        rarity = self._rarity_of(table.terms, live)
        heavy = rarity.weights(table.terms, table.counts)
        told = np.where(table.end >= 0, table.end, table.told)
        more, owners = term_keys(table.terms, heavy, rarity, told)
        blocks = np.concatenate([table.blocks.values, more])
        rows = np.concatenate([table.blocks.row, owners])
        a, b = candidates(blocks[live[rows]], rows[live[rows]], linking_rules().largest_block)
        apart = np.maximum(table.start[a], table.start[b]) - np.minimum(table.end[a], table.end[b])
        unknown = (table.start[a] < 0) | (table.start[b] < 0)
        fits = (table.kind[a] == table.kind[b]) & (unknown | (apart <= linking_rules().day_gap))
        a, b = a[fits], b[fits]
        code, same = a << 32 | b, self._copied(a, b, shared)
        old = self._pairs
        fresh = np.ones(len(code), bool)
        changed = self._changed(table.terms, rarity)
        at = np.zeros(len(code), np.int64)
        if old is not None and len(old.code):
            at = np.minimum(np.searchsorted(old.code, code), len(old.code) - 1)
            fresh = (old.code[at] != code) | (old.copied[at] != same) | changed[a] | changed[b]
        of_pairs: dict[str, NDArray[Any]] = {"copied": same[fresh]}
        of_pairs |= self._likeness(a[fresh], b[fresh], table, heavy, rarity)
        found = np.zeros((len(code), 0), np.int8)
        new = levels(table.said, a[fresh], b[fresh], of_pairs)
        found = np.zeros((len(code), new.shape[1]), np.int8)
        found[fresh] = new
        if old is not None:
            found[~fresh] = old.levels[at[~fresh]]
        self._rarity = rarity
        self._pairs = _Pairs(code, found, weights(found), same)
        return self._pairs

    def _rarity_of(self, terms: Rows, live: Flags) -> Rarity:
        number = {key: position for position, key in enumerate(self._rows_of)}
        of = np.zeros(len(self._rows), np.int64)
        for key, rows in self._rows_of.items():
            of[rows] = number[key]
        row = terms.row
        here = live[row]
        held = distinct(terms.values[here] << 32 | of[row[here]])
        return Rarity.of(held >> 32, len(self._rows_of))

    def _changed(self, terms: Rows, rarity: Rarity) -> Flags:
        """Return for each row whether the rarity of one of its terms is another than it was."""
        old = self._rarity
        result = np.zeros(len(self._rows), bool)
        if old is None or not len(old.terms) or not rarity.speaks:
            return result if old is not None and old.speaks == rarity.speaks else ~result
        at = np.minimum(np.searchsorted(old.terms, rarity.terms), len(old.terms) - 1)
        other = (old.terms[at] == rarity.terms) & (old.bits[at] != rarity.bits)
        if not old.speaks:
            return ~result
        place = np.minimum(np.searchsorted(rarity.terms, terms.values), len(rarity.terms) - 1)
        result[terms.row[other[place]]] = True
        return result

    def _likeness(self, a: Ints, b: Ints, table: Table, heavy: Floats, rarity: Rarity) -> dict[str, Floats]:
        words = in_common(a, b, table.words)
        size = np.diff(table.words.starts)
        either = size[a] + size[b] - words
        cosine = in_common(a, b, table.terms, heavy) if rarity.speaks else np.full(len(a), np.nan)
        return {"jaccard": words / np.maximum(either, 1), "cosine": np.round(cosine, 6)}

    def _copied(self, a: Ints, b: Ints, shared: Sequence[SharedText]) -> Flags:
        """Return for each pair whether both have a claim in the passage that their documents share."""
        result = np.zeros(len(a), bool)
        known = {(one.a, one.b): one for one in shared}
        code = {}
        for one in shared:
            for x in self._rows_of.get(one.a, ()):
                for y in self._rows_of.get(one.b, ()):
                    code[min(x, y) << 32 | max(x, y)] = known[one.a, one.b]
        if not code:
            return result
        every = a << 32 | b
        wanted = np.array(sorted(code), np.int64)
        at = np.searchsorted(every, wanted)
        for place, value in zip(at.tolist(), wanted.tolist(), strict=True):
            if place < len(every) and every[place] == value:
                pair = code[value]
                result[place] = all(
                    any(
                        low <= start and end <= high
                        for row in (value >> 32, value & 0xFFFFFFFF)
                        if self._rows[row].document == document
                        for start, end in self._rows[row].spans
                    )
                    for document, (low, high) in zip((pair.a, pair.b), copied(pair), strict=True)
                )
        return result

    def _clustered(self, pairs: _Pairs, bindings: Bindings) -> list[_Part]:
        """Return the parts of all components; one in which nothing changed is not clustered again."""
        rules = linking_rules()
        of_root: dict[str, list[int]] = defaultdict(list)
        for root, row in self._bound(bindings):
            of_root[root].append(row)
        bound = np.array([(one, other) for rows in of_root.values() for one, other in pairwise(rows)], np.int64)
        strong = pairs.weight >= rules.threshold
        a, b = pairs.a[strong], pairs.b[strong]
        if len(bound):
            a, b = np.concatenate([a, bound.min(axis=1)]), np.concatenate([b, bound.max(axis=1)])
        label = components(len(self._rows), a, b)
        inner = np.flatnonzero(label[pairs.a] == label[pairs.b])
        inner = inner[np.argsort(label[pairs.a[inner]], kind="stable")]
        first = label[pairs.a[inner]]
        edges = dict(zip(*_runs(first), strict=True)) if len(first) else {}
        members: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero(np.array(self._live, bool)).tolist():
            members[int(label[row])].append(row)
        ruled = {row for rows in of_root.values() for row in rows}
        known, self._parts = self._parts, {}
        result = []
        for least, rows in members.items():
            if len(rows) == 1:
                result.append(_Part((tuple(rows),), (), ()))
                continue
            here = inner[edges[least]] if least in edges else np.zeros(0, np.int64)
            if ruled.isdisjoint(rows):
                key = np.array(rows).tobytes() + pairs.code[here].tobytes() + pairs.levels[here].tobytes()
                part = known.get(key) or self._cluster(rows, pairs, here, bindings)
                self._parts[key] = part
            else:
                part = self._cluster(rows, pairs, here, bindings)
            result.append(part)
        return result

    def _bound(self, bindings: Bindings) -> Iterator[tuple[str, int]]:
        if bindings.claims:
            for row, reading in enumerate(self._rows):
                if self._live[row]:
                    for root in bindings.roots(reading.claims):
                        yield root, row

    def _cluster(self, rows: list[int], pairs: _Pairs, here: Ints, bindings: Bindings) -> _Part:
        rules = linking_rules()
        rows = sorted(rows, key=lambda row: self._rows[row].claims)
        local = {row: position for position, row in enumerate(rows)}
        events = [self._rows[row] for row in rows]
        vague = frozenset(i for i, event in enumerate(events) if not event.spots or event.days is None)
        weight: dict[tuple[int, int], float] = {}
        level: dict[tuple[int, int], list[int]] = {}
        negative, like = against(pairs.levels[here]), alike(pairs.levels[here])
        for index, place in enumerate(here.tolist()):
            i, j = sorted((local[int(pairs.code[place] >> 32)], local[int(pairs.code[place] & 0xFFFFFFFF)]))
            value = float(pairs.weight[place])
            level[i, j] = pairs.levels[place].tolist()
            one, other = events[i], events[j]
            tied = pairs.copied[place] or _tied(one, other, alike=bool(like[index]))
            if (
                tied
                and (like[index] or _comparable(one, other))
                and (value >= rules.threshold or not vague & {i, j} or negative[index] <= -rules.threshold)
            ):
                weight[i, j] = max(value, rules.floor)
        roots: dict[str, list[int]] = defaultdict(list)
        for position, event in enumerate(events):
            for root in sorted(bindings.roots(event.claims)):
                roots[root].append(position)

        def forbidden(i: int, j: int) -> bool:
            return conflict(events[i], events[j]) is not None or bindings.apart(events[i].claims, events[j].claims)

        first = {position for position, row in enumerate(rows) if self._subject_of.get(self._rows[row].document) == row}
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
        best = sorted(level, key=lambda pair: (-weight.get(pair, -1e9), pair))
        of = {position: number for number, group in enumerate(groups) for position in group}
        count: dict[int, int] = defaultdict(int)
        links = []
        proposals: dict[tuple[int, int], Link] = {}
        for i, j in best:
            if of[i] == of[j]:
                if min(count[i], count[j]) < _LINKS:
                    count[i] += 1
                    count[j] += 1
                    value = weight.get((i, j), 0.0)
                    links.append(_link(events[i], events[j], value, because(events[i], events[j], level[i, j])))
            elif weight.get((i, j), 0.0) >= rules.threshold and bindings.claims:
                pair = (min(of[i], of[j]), max(of[i], of[j]))
                sides = [[claim for position in groups[number] for claim in events[position].claims] for number in pair]
                reviewed = all(bindings.reviewed(side) for side in sides)
                if pair not in proposals and reviewed and not bindings.kept_apart(*sides):
                    reasons = because(events[i], events[j], level[i, j])
                    said = "would join two incidents that were reviewed: a person decides"
                    proposals[pair] = _link(events[i], events[j], weight[i, j], (said, *reasons))
        return _Part(
            tuple(tuple(rows[position] for position in group) for group in groups),
            tuple(links),
            tuple(proposals.values()),
        )

    def _decided(self, group: Sequence[int], bindings: Bindings) -> bool:
        return any(bindings.roots(self._rows[row].claims) for row in group)

    def _across(self, groups: Sequence[Sequence[int]]) -> list[Link]:
        """Return the links between clusters, below the threshold: what forbids their merging is no weight."""
        rows = [row for group in groups for row in group]
        rows.sort(key=lambda row: self._rows[row].claims)
        position = {row: number for number, row in enumerate(rows)}
        of = {position[row]: number for number, group in enumerate(groups) for row in group}
        events = [self._rows[row] for row in rows]
        held = "held apart: totals of different areas or periods"
        below = linking_rules().unscored
        return [_link(events[i], events[j], below, (reason, held)) for i, j, reason in travelled_pairs(events, of)]

    def _inside(self, kept: set[int]) -> Iterator[Link]:
        """Yield the links between the claims of one account, each with the claim told before it."""
        single: dict[str, Reading] = {}
        neighbours = []
        for row in sorted(kept):
            if len(self._rows[row].claims) > 1:
                single.update((one.claims[0], one) for one in self._readings[self._rows[row].document])
                neighbours += [(single[a], single[b]) for a, b in pairwise(self._rows[row].claims)]
        if not neighbours:
            return
        told = [one for pair in neighbours for one in pair]
        table = Table.of(told, [""] * len(told))
        a = np.arange(0, len(told), 2)
        words = in_common(a, a + 1, table.words)
        size = np.diff(table.words.starts)
        of_pairs = {
            "jaccard": words / np.maximum(size[a] + size[a + 1] - words, 1),
            "cosine": np.full(len(a), np.nan),
            "copied": np.zeros(len(a), bool),
        }
        found = levels(table.said, a, a + 1, of_pairs, in_document=True)
        for (one, other), level, weight in zip(neighbours, found, weights(found), strict=True):
            yield _link(one, other, float(weight), because(one, other, level.tolist()))

    def _clusters(self, groups: Sequence[Sequence[int]]) -> tuple[Cluster, ...]:
        members = [[self._rows[row] for row in group] for group in groups]
        inner = within(members)
        return tuple(
            Cluster(
                claims=tuple(sorted(claim for reading in group for claim in reading.claims)),
                aggregate=group[0].total,
                contains=contains,
                founder=min((one.published or _LATE, min(one.claims)) for one in group)[1],
            )
            for group, contains in zip(members, inner, strict=True)
        )


_TOWN_KM = 25.0  # the widest radius of the level "same town" of knowledge/linking.toml
_LATE = 10**7


def _runs(values: Ints) -> tuple[list[int], list[slice]]:
    """Return the distinct values of a sorted array, and where each stands."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    ends = np.append(starts[1:], len(values))
    return values[starts].tolist(), [slice(low, high) for low, high in zip(starts.tolist(), ends.tolist(), strict=True)]


def _tied(a: Reading, b: Reading, *, alike: bool) -> bool:
    """Whether something that only one event has is told in both: a victim, a figure, a day, a town; or like words.

    Reports of one war use like words of different days: where both say where, and have no more than a country or a
    province in common, likeness joins nothing. Of ten incidents of FA-KES drawn at random two had been joined by it.
    """
    if a.document == b.document or a.persons & b.persons or a.killed & b.killed or _same_words(a, b):
        return True
    if telling_figures(a) & telling_figures(b):
        return True
    if a.days is not None and b.days is not None and not days_apart(a.days, b.days):
        return True
    if same_area(a, b) and _narrow(a, b):
        return True
    return alike and (bool(a.around & b.around) or not (a.spots and b.spots))


def _narrow(a: Reading, b: Reading) -> bool:
    return min(spot.radius for spot in (*a.spots, *b.spots)) <= _TOWN_KM


def _same_words(a: Reading, b: Reading) -> bool:
    shared, every = len(a.words & b.words), len(a.words | b.words)
    # Half of the words: 0.15% of unrelated pairs of sentences on harm (knowledge/linking.toml).
    return every >= 4 and shared >= 0.5 * every


def _comparable(a: Reading, b: Reading) -> bool:
    """Where neither place nor day is known, only a copy of the words can be the same event in another document."""
    if (a.placed_or_dated and b.placed_or_dated) or a.document == b.document:
        return True
    return _same_words(a, b)


def _is_event(group: list[Reading]) -> bool:
    """Whether a place, a time, a figure or another document's like words tie the group to one event."""
    tied = any(anchored(reading) for reading in group) or len({reading.document for reading in group}) > 1
    return tied and not all(reading.guessed for reading in group)


def _link(a: Reading, b: Reading, weight: float, reasons: tuple[str, ...]) -> Link:
    first, second = sorted((a.claims[0], b.claims[0]))
    return Link(a=first, b=second, weight=round(weight, 3), because=reasons)
