"""Taking a decision: what it may be on, that it says why, and that it contradicts no other that stands."""

from collections.abc import Sequence
from datetime import datetime

from corroborate.errors import CorroborateError
from corroborate.ledger.corrections import CLAIM_FIELDS
from corroborate.ledger.rulings import contradiction
from corroborate.ledger.store import Ledger
from corroborate.model import Change, Decision, DecisionKind, Incident, Ruling, decision_id

INCIDENT_FIELDS = ("grade", "strike_status")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
# What a decision may be on (first letters of ids), and how many.
_ON: dict[DecisionKind, tuple[str, int, int | None]] = {
    "accept": ("ci", 1, 1),
    "reject": ("ci", 1, 1),
    "correct": ("ci", 1, 1),
    "same": ("ci", 2, None),
    "not_same": ("ci", 2, None),
    "merge": ("i", 2, None),
    "split": ("ic", 2, None),
    "reliability": ("", 1, 1),
    "withdraw": ("j", 1, 1),
}
_KINDS = {"c": "claim (c_...)", "i": "incident (i_...)", "j": "decision (j_...)"}


def decide(
    ledger: Ledger,
    what: DecisionKind,
    on: Sequence[str],
    *,
    by: str,
    why: str,
    at: datetime,
    changes: Sequence[Change] = (),
    supersedes: str | None = None,
) -> Decision:
    """Take a decision and keep it in the ledger; ids may be cut short. It binds when the ledger is linked next.

    Raises CorroborateError: E403 (no such id), E410 (it contradicts a decision that stands and that it does not
    supersede), E411 (it cannot be decided so; the detail says why).
    """
    if not why.strip() or not by.strip():
        raise _refused(what, "a decision says why" if by.strip() else "a decision says whose it is")
    whole = _whole(ledger, what, on)
    if what == "withdraw":
        supersedes = whole[0]
    earlier = _superseded(ledger, supersedes) if supersedes else None
    _check_changes(what, whole, changes)
    decision = Decision(
        id=decision_id(by, at.isoformat(), what, whole),
        by=by,
        at=at,
        what=what,
        on=whole,
        why=why,
        supersedes=earlier.id if earlier else None,
        changes=tuple(changes),
    )
    new = ledger.ruling(decision)
    if new.waits:
        raise _refused(what, new.waits)
    standing = ledger.rulings()
    _check_again(new, standing)
    if said := contradiction(new, standing):
        raise CorroborateError("E410", what, said)
    if earlier and what != "withdraw":
        _check_same_matter(new, next(one for one in standing if one.decision.id == earlier.id))
    ledger.decide(decision)
    return decision


def _refused(what: str, detail: str) -> CorroborateError:
    return CorroborateError("E411", what, detail)


def _whole(ledger: Ledger, what: DecisionKind, on: Sequence[str]) -> tuple[str, ...]:
    """Return the whole ids of what a decision is on."""
    letters, least, most = _ON[what]
    if len(on) < least or (most is not None and len(on) > most):
        raise _refused(what, f"it is on {least}{'' if most else ' or more'}, not {len(on)}")
    if not letters:
        return tuple(one.strip() for one in on)
    whole = []
    for key in on:
        if key[:1] not in letters or key[1:2] != "_":
            raise _refused(what, f"{key} is no {' or '.join(_KINDS[letter] for letter in letters)}")
        match key[:1]:
            case "c":
                whole.append(ledger.claim(key).id)
            case "i":
                whole.append(ledger.incident(key).id)
            case _:
                whole.append(ledger.decision(key).id)
    if len(set(whole)) < len(whole):
        raise _refused(what, "an id is given twice")
    if what == "split":
        _check_split(ledger.incident(whole[0]) if whole[0][0] == "i" else None, whole)
    return tuple(whole)


def _check_split(incident: Incident | None, whole: Sequence[str]) -> None:
    if incident is None or any(key[0] == "i" for key in whole[1:]):
        raise _refused("split", "it takes one incident, then the claims that leave it")
    strangers = [key for key in whole[1:] if key not in incident.claims]
    if strangers:
        raise _refused("split", f"{strangers[0]} is not of {incident.id}")
    if len(whole) - 1 == len(incident.claims):
        raise _refused("split", "no claim would stay")


def _check_changes(what: DecisionKind, on: Sequence[str], changes: Sequence[Change]) -> None:
    allowed: tuple[str, ...] = ()
    if what == "reliability":
        if [change.field for change in changes] != ["reliability"] or changes[0].value not in RELIABILITIES:
            raise _refused(what, f"it sets reliability to one of {', '.join(RELIABILITIES)}")
        return
    if what == "correct":
        allowed = CLAIM_FIELDS if on[0][0] == "c" else INCIDENT_FIELDS
        if not changes:
            raise _refused(what, f"it sets at least one of {', '.join(allowed)}")
    for change in changes:
        if change.field not in allowed:
            raise _refused(what, f"{change.field} is none of {', '.join(allowed)}" if allowed else "it sets nothing")
        if not change.value.strip():
            raise _refused(what, f"{change.field} is set to nothing")


def _superseded(ledger: Ledger, key: str) -> Decision:
    earlier = ledger.decision(key)
    if earlier.what == "withdraw":
        raise _refused("supersede", f"{earlier.id} is a withdrawal: decide anew instead")
    for one in ledger.decisions():
        if one.supersedes == earlier.id:
            raise _refused("supersede", f"{earlier.id} is superseded already, by {one.id}")
    return earlier


def _check_again(new: Ruling, standing: Sequence[Ruling]) -> None:
    for one in standing:
        same = (one.decision.what, one.decision.on, one.decision.changes)
        if same == (new.decision.what, new.decision.on, new.decision.changes) and not new.decision.supersedes:
            raise _refused(new.decision.what, f"{one.decision.id} says so already")


def _check_same_matter(new: Ruling, old: Ruling) -> None:
    """A decision supersedes one on the same matter; another would make it vanish for no reason."""
    matter = {*old.decision.on, *(key for side in old.sides for key in side)}
    if not matter & {*new.decision.on, *(key for side in new.sides for key in side)}:
        raise _refused("supersede", f"{old.decision.id} is on something else")
