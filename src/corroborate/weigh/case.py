"""One cluster of claims with what weighing needs to know of their documents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Document, Place, SharedText

_HARM = ("killed", "injured", "missing", "detained", "displaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The claims of one incident by id, their documents, the texts that these share, and the register of parties."""

    claims: tuple[Claim, ...]
    aggregate: bool
    documents: Mapping[str, Document]
    shared: tuple[SharedText, ...]
    parties: Parties
    beside: tuple[Claim, ...] = ()  # what else its documents lay to somebody, outside the incident
    organisations: frozenset[tuple[str, ...]] = frozenset()  # the words of the organisations that its claims name

    def document(self, claim: Claim) -> Document:
        """Return the document that the claim is in."""
        return self.documents[claim.document]

    def side(self, party: str | None, on: date | None = None) -> str | None:
        """Return the side (a party's id) for which a party speaks, null for none.

        A party that the register does not know is a side of its own.
        """
        if party is None:
            return None
        try:
            return self.parties.speaks_for(party, on)
        except KeyError:
            return party

    def dated(self, claim: Claim) -> date | None:
        """Return the last day on which the claim can have been made public, null where it is not known."""
        document = self.document(claim)
        for segment in document.segments:
            if segment.post and segment.post.date and segment.start <= claim.start and claim.end <= segment.end:
                return segment.post.date
        return document.published.end if document.published else None


def holds(claim: Claim) -> bool:
    """Whether the claim says that it happened: neither denied, negated nor only supposed."""
    return claim.polarity == "affirmed" and claim.modality not in ("denied", "speculated")


def area_of(claim: Claim) -> tuple[Place, ...]:
    """Return the places of a claim that gives a total: the one named next after its figure, else all.

    "In support of the assault on Raqqa, 300 were killed in Raqqa province": the finest place is not the total's.
    """
    figure = min((q.end for q in claim.quantities if q.measure in _HARM), default=None)
    after = [place for place in claim.places if figure is not None and place.start >= figure]
    return (min(after, key=lambda place: place.start),) if after else claim.places


def publisher(document: Document) -> str:
    """Return who put the document out: the poster of a post, else the outlet, else the document's name."""
    posted = poster(document)
    if posted is not None:
        return posted[0] or f"@{posted[1]}"
    outlet = document.outlet
    if outlet is not None and outlet.lower().removesuffix(".com") in lexicon("origins")["platforms"]:
        return document.author or document.name  # a platform's users are not one mouth
    return outlet or document.name


def poster(document: Document) -> tuple[str | None, str | None] | None:
    """Return the name and handle of whose post a document is by its imprint or first words, None where it is none.

    "Nadia Ferl (@nadiaferl)" as the outlet, or before a colon at the start of the text.
    """
    for written in (document.outlet or "", document.text[:80].split("\n")[0]):
        match = re.match(
            r"(?P<author>[^(@:]{2,40}?)?\s*\(?@(?P<handle>\w{2,30})\)?\s*(?P<end>:|[-–—]|wrote|posted|$)", written
        )
        if match is not None:
            return (match["author"].strip() if match["author"] else None), match["handle"]
    return None


def tokens(name: str) -> tuple[str, ...]:
    """Return the words that tell one name from another: lower-case Latin letters, no titles, no binding words."""
    skipped = {*lexicon("origins")["titles"], *lexicon("origins")["binding"]}
    words = [word for word in re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower()).split() if word]
    return tuple(word for word in words if word not in skipped) or tuple(words)


def party_name(parties: Parties, party: str) -> str:
    """Return a party's name, its id where the register does not know it."""
    try:
        return parties.get(party).name
    except KeyError:
        return party


def listed(items: Iterable[str]) -> str:
    """Return items as an English list: "a", "a and b", "a, b and c"."""
    found = list(items)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1] if found else ""
