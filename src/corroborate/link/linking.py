"""The linking itself, kept so that documents can be added: only what they touch is compared and clustered again.

What comes out is a function of the documents, their claims and the rulings alone: whatever was added first, the same
claims give the same clusters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from corroborate.link.binding import Bindings
from corroborate.link.compared import Comparing
from corroborate.link.explain import because
from corroborate.link.features import Reading, read_claim, takes_part
from corroborate.link.grouping import Grouping, link_of
from corroborate.link.model import levels, weights
from corroborate.link.pairs import in_common
from corroborate.link.repeated import Repeated
from corroborate.link.rules import linking_rules
from corroborate.link.shared import Texts
from corroborate.link.store import Accounts
from corroborate.link.table import Table
from corroborate.link.ties import is_event
from corroborate.link.totals import travelled_pairs, within
from corroborate.model import Claim, Cluster, Document, Link, Ruling, SharedText

_LATE = 10**7
# Accounts looked into at a time, to bound memory.
_AT_ONCE = 5_000


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


class Linking:
    """Documents and claims that are linked; `add` more at any time, `linked` gives what they make."""

    def __init__(self) -> None:
        self._texts = Texts()
        self._documents: dict[str, Document] = {}
        self._readings: dict[str, list[Reading]] = {}
        self._repeated = Repeated()
        self._accounts = Accounts()
        self._comparing = Comparing()
        self._grouping = Grouping()
        self._ruled: set[str] = set()
        # The links within an account, by its row: a row never changes.
        self._links: dict[int, list[Link]] = {}

    def add(self, documents: Iterable[Document], claims: Iterable[Claim]) -> None:
        """Add documents with all their claims; a document that is there already takes its own place."""
        found = list(documents)
        self._documents.update((one.id, one) for one in found)
        self._texts.add(found)
        touched = self._repeated.add(found)
        own: dict[str, list[Claim]] = {one.id: [] for one in found}
        for claim in claims:
            own.setdefault(claim.document, []).append(claim)
        changed = {key for key in touched if key in self._readings}
        for key in sorted(own):
            ordered = sorted(own[key], key=lambda claim: (claim.start, claim.end, claim.id))
            readings = [read_claim(claim, self._documents[key]) for claim in ordered]
            readings = [reading for reading in readings if takes_part(reading)]
            if readings != self._readings.get(key, []):
                self._readings[key] = readings
                changed.add(key)
        self._build(changed, Bindings())

    def linked(self, rulings: Sequence[Ruling] = ()) -> Linked:
        """Return the clusters of all that was added, with what people decided binding them.

        Raises CorroborateError E301 where the probabilistic model cannot be run.
        """
        bindings = Bindings(rulings)
        self._obey(bindings)
        shared = self._texts.shared()
        pairs = self._comparing.pairs(self._accounts, shared)
        parts = self._grouping.parts(self._accounts, pairs, bindings)
        rows = self._accounts.readings
        groups = [
            group
            for part in parts
            for group in part.groups
            if is_event([rows[row] for row in group]) or self._decided(group, bindings)
        ]
        groups.sort(key=lambda group: min(rows[row].claims for row in group))
        kept = {row for group in groups for row in group}
        links = [link for part in parts for link in part.links]
        links += self._across(groups) + self._inside(kept)
        return Linked(
            links=tuple(sorted(links, key=lambda found: (found.a, found.b))),
            clusters=self._clusters(groups),
            shared=shared,
            subjects={key: rows[row].claims[0] for key, row in sorted(self._accounts.subject.items())},
            proposals=tuple(sorted((one for part in parts for one in part.proposals), key=lambda one: (one.a, one.b))),
        )

    def _build(self, keys: Iterable[str], bindings: Bindings) -> None:
        ordered = sorted(keys)
        texts = {key: self._repeated.without(self._documents[key]) for key in ordered}
        self._accounts.build(ordered, self._readings, self._documents, texts, bindings)

    def _obey(self, bindings: Bindings) -> None:
        """Build the documents that people decided on as they ask; and as before those that they no longer do."""
        ruled = {key for key, readings in self._readings.items() if len(readings) > 1} if bindings.claims else set()
        ruled = {key for key in ruled if any(bindings.claims & {*one.claims} for one in self._readings[key])}
        if ruled or self._ruled:
            self._build(self._ruled - ruled, Bindings())
            self._build(ruled, bindings)
        self._ruled = ruled

    def _decided(self, group: Sequence[int], bindings: Bindings) -> bool:
        return any(bindings.roots(self._accounts.readings[row].claims) for row in group)

    def _across(self, groups: Sequence[Sequence[int]]) -> list[Link]:
        """Return the links between clusters, below the threshold: what forbids their merging is no weight."""
        rows = [row for group in groups for row in group]
        rows.sort(key=lambda row: self._accounts.readings[row].claims)
        position = {row: number for number, row in enumerate(rows)}
        of = {position[row]: number for number, group in enumerate(groups) for row in group}
        events = [self._accounts.readings[row] for row in rows]
        held = "held apart: totals of different areas or periods"
        below = linking_rules().unscored
        return [link_of(events[i], events[j], below, (reason, held)) for i, j, reason in travelled_pairs(events, of)]

    def _inside(self, kept: set[int]) -> list[Link]:
        """Return the links between the claims of one account, each with the claim told before it."""
        rows = [row for row in sorted(kept) if len(self._accounts.readings[row].claims) > 1]
        fresh = [row for row in rows if row not in self._links]
        for low in range(0, len(fresh), _AT_ONCE):
            self._links.update(self._within_accounts(fresh[low : low + _AT_ONCE]))
        return [link for row in rows for link in self._links[row]]

    def _within_accounts(self, rows: Sequence[int]) -> dict[int, list[Link]]:
        neighbours = []
        for row in rows:
            account = self._accounts.readings[row]
            single = {one.claims[0]: one for one in self._readings[account.document]}
            neighbours += [(row, single[a], single[b]) for a, b in pairwise(account.claims)]
        told = [one for _, *pair in neighbours for one in pair]
        table = Table.of(told, [""] * len(told))
        a = np.arange(0, len(told), 2)
        words = in_common(a, a + 1, table.words)
        size = np.diff(table.words.starts)
        of_pairs = {
            "jaccard": words / np.maximum(size[a] + size[a + 1] - words, 1),
            "cosine": np.full(len(a), np.nan),
            "ages": np.full(len(a), np.nan),
            "place_bits": np.full(len(a), np.nan),
            "copied": np.zeros(len(a), bool),
        }
        found = levels(table.said, a, a + 1, of_pairs, in_document=True)
        links: dict[int, list[Link]] = defaultdict(list)
        for (row, one, other), level, weight in zip(neighbours, found, weights(found), strict=True):
            links[row].append(link_of(one, other, float(weight), because(one, other, level.tolist())))
        return links

    def _clusters(self, groups: Sequence[Sequence[int]]) -> tuple[Cluster, ...]:
        members = [[self._accounts.readings[row] for row in group] for group in groups]
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
