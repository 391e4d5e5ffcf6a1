"""What a publication draws on: the records of one reading or one ledger, indexed once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from corroborate.errors import Problem
from corroborate.model import Claim, Document, Incident, Link, Ruling, reliability
from corroborate.publish.sides import Sides, sides


def voice_of(claim: Claim) -> tuple[object, ...]:
    """Return what tells one voice of a document from another: the document, whose word it is, and the way to it."""
    return claim.document, claim.voice, tuple(hop.name for hop in claim.chain)


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """Documents, claims, links, incidents, problems and rulings, with what each publication looks up among them."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...] = ()
    incidents: tuple[Incident, ...] = ()
    problems: tuple[Problem, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    masked: bool = False
    parties: Path | None = None  # a user's own parties

    @cached_property
    def sides(self) -> Sides:
        """The register of parties, with the user's own."""
        return sides(self.parties)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        claims: Iterable[Claim],
        links: Iterable[Link] = (),
        incidents: Iterable[Incident] = (),
        problems: Iterable[Problem] = (),
        rulings: Iterable[Ruling] = (),
        parties: Path | None = None,
    ) -> "Holdings":
        """Return the holdings of these records, each iterable read once."""
        return cls(
            documents=tuple(documents),
            claims=tuple(claims),
            links=tuple(links),
            incidents=tuple(incidents),
            problems=tuple(problems),
            rulings=tuple(rulings),
            parties=parties,
        )

    @cached_property
    def document(self) -> dict[str, Document]:
        """The documents by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """The claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def incident(self) -> dict[str, Incident]:
        """The incidents by id."""
        return {incident.id: incident for incident in self.incidents}

    @cached_property
    def claims_of(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each document (id), in the order of its text."""
        found: dict[str, list[Claim]] = {document.id: [] for document in self.documents}
        for claim in self.claims:
            found.setdefault(claim.document, []).append(claim)
        return {key: tuple(sorted(some, key=lambda c: (c.start, -c.end, c.id))) for key, some in found.items()}

    @cached_property
    def incidents_of(self) -> dict[str, tuple[Incident, ...]]:
        """The incidents that hold each claim (id); a claim of none is not in it."""
        found: dict[str, list[Incident]] = {}
        for incident in self.incidents:
            for claim in incident.claims:
                found.setdefault(claim, []).append(incident)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def links_of(self) -> dict[str, tuple[Link, ...]]:
        """The links on each claim (id)."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.a, []).append(link)
            found.setdefault(link.b, []).append(link)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def decided(self) -> dict[str, tuple[Ruling, ...]]:
        """The standing decisions on each claim (id) and on each incident that holds some claim of theirs."""
        found: dict[str, dict[Ruling, None]] = {}
        for ruling in self.rulings:
            keys = {*ruling.decision.on, *(key for side in ruling.sides for key in side)}
            for side, subject in zip(ruling.sides, ruling.decision.on, strict=False):
                if subject.startswith("i_"):
                    keys -= set(side)
                    keys.update(one.id for key in side for one in self.incidents_of.get(key, ()))
            for key in keys:
                found.setdefault(key, {})[ruling] = None
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def reliability(self) -> dict[str, Ruling]:
        """What a person decided on the reliability of a source, by its name in lower case; nothing else rates one."""
        return reliability(self.rulings)

    def claims_in(self, incident: Incident) -> tuple[Claim, ...]:
        """Return the incident's claims that are held here, by day of publication, then place in the text."""
        return tuple(sorted((self.claim[key] for key in incident.claims if key in self.claim), key=self._published))

    def documents_in(self, incident: Incident) -> tuple[Document, ...]:
        """Return the documents that the incident's claims stand in, earliest first."""
        keys = dict.fromkeys(claim.document for claim in self.claims_in(incident))
        return tuple(self.document[key] for key in keys if key in self.document)

    def by_breadth(self) -> tuple[Incident, ...]:
        """Return the incidents, those with the most possible origins, documents, disagreements and claims first.

        The order is one of how much there is to read; it says nothing of what is likelier or graver.
        """
        return tuple(sorted(self.incidents, key=self._breadth))

    def outlet_of(self, document: str) -> str:
        """Return the outlet of a document (id), its name where the outlet is not known, its id where it is not held."""
        held = self.document.get(document)
        return (held.outlet or held.name) if held else document

    def speaks_for(self, party: str | None, document: str) -> str | None:
        """Return the name of the side that a party (id) spoke for on the day of a document (id); None for none."""
        return self.sides.speaks_for(party, self._day(document))

    def _day(self, document: str) -> date | None:
        held = self.document.get(document)
        return held.published.start if held and held.published else None

    def _breadth(self, incident: Incident) -> tuple[int, int, int, int, str]:
        documents, clashes = len(self.documents_in(incident)), len(incident.contradictions)
        return (-incident.independent_origins.possible, -documents, -clashes, -len(incident.claims), incident.id)

    def _published(self, claim: Claim) -> tuple[str, str, int]:
        day = self._day(claim.document)
        return (day.isoformat() if day else "9999", claim.document, claim.start)
