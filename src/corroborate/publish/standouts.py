"""What a reader should see first: accounts that disagree, one mouth printed many times, a figure told in two ways.

Everything here is found in the incidents as they were weighed; nothing is judged anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corroborate.model import Claim, Contradiction, Disputed, Document, Incident, Measure, Origin, Quantity
from corroborate.publish.holdings import Holdings, voice_of
from corroborate.publish.phrases import publisher_words

# What happened, by whose hand and how many before where and when: the graver disagreement is read first.
_FIRST: tuple[Disputed, ...] = ("occurrence", "perpetrator", "status", "figure", "place", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One origin of an incident, and the documents that print it."""

    incident: Incident
    origin: Origin
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling of a figure: the claim, the figure in it, and the incident that it is of."""

    claim: Claim
    quantity: Quantity
    incident: Incident | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """One figure told of different places or times, in order of publication."""

    incident: Incident
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The claims of one incident that one document puts in one voice and with one certainty, and their figures.

    `head` is the claim with the most figures, of these the longest: the one whose words stand for all.
    """

    head: Claim
    claims: tuple[Claim, ...]
    figures: tuple[Quantity, ...]


def accounts(claims: Iterable[Claim]) -> tuple[Account, ...]:
    """Return the accounts that these claims make, in their order."""
    found: dict[object, list[Claim]] = {}
    for claim in claims:
        found.setdefault((voice_of(claim), claim.modality, claim.polarity), []).append(claim)
    return tuple(_account(some) for some in found.values())


def disputed(holdings: Holdings) -> tuple[Incident, ...]:
    """Return the incidents whose own accounts disagree, by what they disagree on, then by breadth."""
    clashing = [one for one in holdings.by_breadth() if any(inner_clashes(one))]
    return tuple(sorted(clashing, key=lambda one: min(_FIRST.index(c.about) for c in inner_clashes(one))))


def inner_clashes(incident: Incident) -> Iterator[Contradiction]:
    """Yield the contradictions between the incident's own claims; a figure told of elsewhere too is no such thing."""
    own = set(incident.claims)
    for contradiction in incident.contradictions:
        if sum(bool(own.intersection(side.claims)) for side in contradiction.sides) > 1:
            yield contradiction


def told_elsewhere(incident: Incident) -> tuple[Contradiction, ...]:
    """Return the contradictions of the incident's figures with those of other incidents: one event, or one number."""
    inner = tuple(inner_clashes(incident))
    return tuple(one for one in incident.contradictions if one not in inner)


def printed_often(holdings: Holdings) -> tuple[Printed, ...]:
    """Return the origins that several outlets print, those in the most first; what one prints itself is left out."""
    found = []
    for incident in holdings.incidents:
        for origin in incident.origins:
            documents = [holdings.document[key] for key in origin.documents if key in holdings.document]
            by_outlet = {publisher_words(one): one for one in reversed(documents)}
            by_outlet.pop(origin.name, None)
            if len(by_outlet) > 1 and origin.kind != "unnamed":
                printed = sorted(by_outlet.values(), key=_published)
                found.append(Printed(incident=incident, origin=origin, documents=tuple(printed)))
    return tuple(sorted(found, key=lambda one: (-len(one.documents), -len(one.origin.claims), one.incident.id)))


def travelled(holdings: Holdings) -> tuple[Travelled, ...]:
    """Return the figures that stand in two incidents with another place or time, the largest first.

    That two accounts share a figure by chance is the rarer the larger it is; a vague word ("dozens") is no figure here.
    """
    found: list[Travelled] = []
    for incident in holdings.incidents:
        for contradiction in incident.contradictions:
            keys = [key for side in contradiction.sides for key in side.claims if key in holdings.claim]
            if contradiction.about in ("place", "day") and not set(keys) <= set(incident.claims):
                told = tuple(_tellings((holdings.claim[key] for key in keys), holdings))
                _join(found, Travelled(incident=incident, told=told), holdings)
    several = (one for one in found if len({told.claim.document for told in one.told}) > 1)
    return tuple(sorted(several, key=lambda one: (-_size(one.told[0].quantity), one.incident.id)))


def _join(found: list[Travelled], new: Travelled, holdings: Holdings) -> None:
    """Add a figure to those that were found; where it shares a telling with one of them they are one."""
    claims = {told.claim.id for told in new.told}
    for old in [one for one in found if claims & {told.claim.id for told in one.told}]:
        found.remove(old)
        told = {one.claim.id: one for one in (*old.told, *new.told)}
        new = Travelled(
            incident=old.incident, told=tuple(sorted(told.values(), key=lambda t: _order(t.claim, holdings)))
        )
    if new.told:
        found.append(new)


def _account(claims: list[Claim]) -> Account:
    figures = {(q.measure, q.who, q.low, q.high, q.bound): q for one in claims for q in one.quantities}
    head = max(claims, key=lambda claim: (len(claim.quantities), claim.end - claim.start))
    return Account(head=head, claims=tuple(claims), figures=tuple(figures.values()))


def _tellings(claims: Iterable[Claim], holdings: Holdings) -> Iterator[Told]:
    """Yield one telling for each document and voice of the largest figure that the claims share."""
    some = sorted(claims, key=lambda claim: _order(claim, holdings))
    counted = [
        {(q.measure, _size(q)): q for q in claim.quantities if q.bound != "vague" and _size(q)} for claim in some
    ]
    shared = set[tuple[Measure, float]]().union(*counted).intersection(*counted)
    seen = set()
    for claim, figures in zip(some, counted, strict=True):
        if not shared or voice_of(claim) in seen:
            continue
        seen.add(voice_of(claim))
        incidents = holdings.incidents_of.get(claim.id, (None,))
        largest = max(shared, key=lambda figure: (figure[1], figure[0]))
        yield Told(claim=claim, quantity=figures[largest], incident=incidents[0])


def _order(claim: Claim, holdings: Holdings) -> tuple[date, str, int]:
    return (_published(holdings.document[claim.document]), claim.document, claim.start)


def _size(quantity: Quantity) -> float:
    return quantity.low or quantity.high or 0.0


def _published(document: Document) -> date:
    return document.published.start if document.published else date.max
