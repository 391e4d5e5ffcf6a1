"""The linking itself, kept so that documents can be added: only what they touch is compared and clustered again.

What comes out is a function of the documents, their claims and the rulings alone: whatever was added first, the same
claims give the same clusters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corroborate.link.binding import Bindings
from corroborate.link.clusters import Clusters
from corroborate.link.compared import Comparing
from corroborate.link.features import Reading, read_claim, takes_part
from corroborate.link.grouping import Grouping
from corroborate.link.repeated import Repeated
from corroborate.link.shared import Texts
from corroborate.link.store import Accounts
from corroborate.model import Claim, Cluster, Document, Link, Ruling, SharedText


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
    """Documents and claims that are linked; `add` more at any time, `linked` gives what they make.

    Both raise CorroborateError E301 where the probabilistic model cannot be run; nothing more can be asked then.
    """

    def __init__(self) -> None:
        self._texts = Texts()
        self._documents: dict[str, Document] = {}
        # Of each document with claims, in the order in which it tells them.
        self._claims: dict[str, list[Claim]] = {}
        self._repeated = Repeated()
        self._accounts = Accounts()
        self._comparing = Comparing()
        self._grouping = Grouping()
        self._clusters = Clusters()
        self._ruled: set[str] = set()

    def add(self, documents: Iterable[Document], claims: Iterable[Claim]) -> None:
        """Add documents with all their claims; a document that is there already takes its own place."""
        found = list(documents)
        other = {one.id for one in found if self._documents.get(one.id) != one}
        self._documents.update((one.id, one) for one in found)
        self._texts.add(found)
        changed = {key for key in self._repeated.add(found) if key in self._claims}
        own: dict[str, list[Claim]] = {one.id: [] for one in found}
        for claim in claims:
            own.setdefault(claim.document, []).append(claim)
        for key, told in own.items():
            told.sort(key=lambda claim: (claim.start, claim.end, claim.id))
            known = self._claims.get(key, [])
            if told != known or (key in other and known):
                self._claims[key] = told
                changed.add(key)
        self._build(changed, Bindings())

    def linked(self, rulings: Sequence[Ruling] = ()) -> Linked:
        """Return the clusters of all that was added, with what people decided binding them."""
        bindings = Bindings(rulings)
        self._obey(bindings)
        shared = self._texts.shared()
        pairs, changed = self._comparing.pairs(self._accounts, shared)
        self._clusters.change(self._accounts, self._grouping.changes(self._accounts, pairs, changed, bindings))
        rows = self._accounts.readings
        return Linked(
            links=self._clusters.links(),
            clusters=self._clusters.clusters(),
            shared=shared,
            subjects={key: rows[row].claims[0] for key, row in sorted(self._accounts.subject.items())},
            proposals=self._clusters.proposals(),
        )

    def _readings(self, key: str) -> list[Reading]:
        readings = [read_claim(claim, self._documents[key]) for claim in self._claims[key]]
        return [reading for reading in readings if takes_part(reading)]

    def _build(self, keys: Iterable[str], bindings: Bindings) -> None:
        self._accounts.build(
            sorted(keys),
            self._readings,
            self._documents,
            lambda key: self._repeated.without(self._documents[key]),
            bindings,
        )

    def _obey(self, bindings: Bindings) -> None:
        """Build the documents that people decided on as they ask; and as before those that they no longer do."""
        ruled = {key for key, told in self._claims.items() if len(told) > 1} if bindings.claims else set()
        ruled = {key for key in ruled if any(one.id in bindings.claims for one in self._claims[key])}
        if ruled or self._ruled:
            self._build(self._ruled - ruled, Bindings())
            self._build(ruled, bindings)
        self._ruled = ruled
