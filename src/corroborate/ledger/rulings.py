"""Decisions brought to the claims as they are read now, and where one contradicts another.

A document that is read again may give claims of other ids. A decision keeps the claims as they stood when it was taken
and finds each again as the claim of the same document with an overlapping span and the same event type. One that
cannot be found again waits for a person; it is neither forgotten nor applied to something else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from corroborate.ledger.corrections import CorrectionError, corrected
from corroborate.model import Binding, Claim, Decision, DecisionKind, Document, Incident, Ruling

_BINDS: dict[DecisionKind, Binding] = {
    "same": "together",
    "merge": "together",
    "not_same": "apart",
    "split": "apart",
}
_OPPOSITE: dict[DecisionKind, DecisionKind] = {"accept": "reject", "reject": "accept"}


def rulings(
    decisions: Iterable[Decision],
    subjects: Callable[[str], Iterable[Claim | Incident]],
    document: Callable[[str], tuple[Document | None, Sequence[Claim]]],
) -> tuple[Ruling, ...]:
    """Return each standing decision with the claims that it is on now.

    `subjects` gives the claims and incidents of a decision (id) as they stood when it was taken, `document` a document
    (id) with its claims as they are read now, null and none where it is not held.
    """
    return tuple(_ruling(one, tuple(subjects(one.id)), document) for one in decisions)


def contradiction(new: Ruling, standing: Iterable[Ruling]) -> str | None:
    """Return which standing decision (id) and how the new one contradicts; None where both can hold."""
    others = [one for one in standing if one.decision.id != new.decision.supersedes and one.waits is None]
    for one in others:
        if said := _against(new, one):
            return f"{one.decision.id} {said}"
    binding = [one for one in (*others, new) if one.binds]
    return _impossible(binding, new.decision.id)


def _ruling(
    decision: Decision,
    stood: Sequence[Claim | Incident],
    document: Callable[[str], tuple[Document | None, Sequence[Claim]]],
) -> Ruling:
    found = {one.id: _found(one, document) for one in stood if isinstance(one, Claim)}
    members = {one.id: one.claims for one in stood if isinstance(one, Incident)}

    def claims(subject: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for one in members.get(subject, (subject,)) if (key := found.get(one))))

    sides = [claims(subject) for subject in decision.on]
    if decision.what == "split":
        leave = dict.fromkeys(key for side in sides[1:] for key in side)
        sides = [tuple(key for key in sides[0] if key not in leave), tuple(leave)]
    if decision.what in ("reliability", "withdraw"):
        return Ruling(decision=decision, sides=(), binds=None)
    waits = None if all(sides) else "its claims are not found again in what is read now"
    if waits is None and decision.what == "correct" and decision.on[0] not in members:
        waits = _not_corrected(decision, sides[0][0], document, stood)
    binds: Binding | None = _BINDS.get(decision.what)
    if decision.what == "accept" and decision.on[0] in members:
        binds = "pinned"
    return Ruling(decision=decision, sides=tuple(sides), binds=None if waits else binds, waits=waits)


def _found(stood: Claim, document: Callable[[str], tuple[Document | None, Sequence[Claim]]]) -> str | None:
    """Return the id that a claim has now, None where there is none or two fit it as well as each other."""
    _, now = document(stood.document)
    if any(claim.id == stood.id for claim in now):
        return stood.id
    kind = stood.event.type if stood.event else None
    fit = [one for one in now if one.overlaps(stood) and (one.event.type if one.event else None) == kind]
    shared = sorted(((min(one.end, stood.end) - max(one.start, stood.start), one.id) for one in fit), reverse=True)
    if not shared or (len(shared) > 1 and shared[0][0] == shared[1][0]):
        return None
    return shared[0][1]


def _not_corrected(
    decision: Decision,
    key: str,
    document: Callable[[str], tuple[Document | None, Sequence[Claim]]],
    stood: Sequence[Claim | Incident],
) -> str | None:
    held, claims = document(next(one.document for one in stood if isinstance(one, Claim)))
    claim = next(one for one in claims if one.id == key)
    try:
        corrected(claim, held.text if held else "", decision)
    except CorrectionError as error:
        return str(error)
    return None


def _against(new_one: Ruling, old_one: Ruling) -> str | None:
    new, old = new_one.decision, old_one.decision
    # An incident gets another id where its claims change, a claim where its document is read anew.
    same = new.on[0][:2] == old.on[0][:2] and new_one.sides and new_one.sides[:1] == old_one.sides[:1]
    if new.on[0] != old.on[0] and not same:
        return None
    if _OPPOSITE.get(new.what) == old.what:
        return f"is {'an accept' if old.what == 'accept' else 'a reject'} of the same"
    if new.what == old.what == "reliability":
        return f"sets it to {old.changes[0].value}"
    if new.what == old.what == "correct":
        before = {change.field: change.value for change in old.changes}
        for change in new.changes:
            if before.get(change.field, change.value) != change.value:
                return f"sets {change.field} to {before[change.field]}"
    return None


def _impossible(binding: Sequence[Ruling], new: str) -> str | None:
    """Say which decision cannot hold together with the new one: what is together and what is apart."""
    groups = _Groups()
    for one in binding:
        if one.binds != "apart":
            groups.join(key for side in one.sides for key in side)
    for one in binding:
        if one.binds != "apart":
            continue
        for a, b in combinations(one.sides, 2):
            for x, y in ((x, y) for x in a for y in b):
                if groups.root(x) == groups.root(y):
                    if one.decision.id != new:
                        return f"{one.decision.id} holds {x} and {y} apart"
                    by = (other for other in binding if other.binds != "apart" and _touches(other, groups, x))
                    return f"{', '.join(other.decision.id for other in by)} holds {x} and {y} together"
    return None


def _touches(ruling: Ruling, groups: "_Groups", key: str) -> bool:
    return any(groups.root(one) == groups.root(key) for side in ruling.sides for one in side)


class _Groups:
    """Claims that decisions hold together: a forest in which each group has one root."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def join(self, keys: Iterable[str]) -> None:
        first: str | None = None
        for key in keys:
            first = first or self.root(key)
            self._above[self.root(key)] = first


def rejected(found: Iterable[Ruling]) -> Iterator[str]:
    """Yield the claims (ids) that a person rejected as wrongly read: they take no part in any incident."""
    for one in found:
        if one.decision.what == "reject" and one.waits is None and one.decision.on[0].startswith("c_"):
            yield from one.sides[0]
