"""Decisions: found again after a new reading, refused where they contradict, superseded and never overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from ledger_samples import add, claims_of, document_of, incident_of, text_of

from corroborate.errors import CorroborateError
from corroborate.ledger import Ledger, decide, rejected
from corroborate.model import Change, Decision, Event, claim_id

AT = datetime(2031, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def held(tmp_path):
    """A ledger of three documents with two claims each; the first two documents' first claims are one incident."""
    with Ledger.open(tmp_path / "l.ledger") as ledger:
        documents = [document_of(number) for number in range(3)]
        for document in documents:
            add(ledger, document)
        claims = [claims_of(document) for document in documents]
        ledger.set_incidents(
            [], [incident_of([claims[0][0], claims[1][0], claims[2][0]]), incident_of([claims[0][1], claims[1][1]])]
        )
        yield ledger


def take(ledger: Ledger, what: str, *on: str, minute: int = 0, **more: object) -> Decision:
    given = {"by": "amal", "why": "seen by me", "at": AT.replace(minute=minute), **more}
    return decide(ledger, what, on, **given)  # type: ignore[arg-type]


def refused(code: str, ledger: Ledger, what: str, *on: str, **more: object) -> str:
    before = list(ledger.decisions())
    with pytest.raises(CorroborateError) as error:
        take(ledger, what, *on, minute=59, **more)
    assert error.value.problem.code == code
    assert list(ledger.decisions()) == before
    return str(error.value)


def reread(ledger: Ledger, number: int, *, shift: int, kind: str = "ASSAULT") -> list[str]:
    """Read a document again by a reader whose claims begin `shift` characters later; return their ids."""
    document = document_of(number)
    moved = []
    for claim in claims_of(document):
        start = claim.start + shift
        moved.append(
            replace(
                claim,
                id=claim_id(document.id, start, claim.end, kind),
                start=start,
                text=document.text[start : claim.end],
                event=Event(type=kind, mode=None),
                quantities=(),
            )
        )
    ledger.add_document(document, moved, reader=f"reader of {shift}")
    return [claim.id for claim in moved]


def test_a_decision_says_what_it_binds(held):
    a, b = (claims_of(document_of(number))[0].id for number in (0, 1))
    first, second = held.incidents()
    for what, on, binds in (
        ("not_same", (first.id, second.id), "apart"),
        ("accept", (first.id,), "pinned"),
        ("same", (a, b), "together"),
        ("accept", (a,), None),
        ("reject", (second.id,), None),
    ):
        take(held, what, *on)
        assert list(held.rulings())[-1].binds == binds
    assert [one.waits for one in held.rulings()] == [None] * 5


def test_a_split_parts_those_that_stay_from_those_that_leave(held):
    incident = next(one for one in held.incidents() if len(one.claims) == 3)
    take(held, "split", incident.id, incident.claims[1])
    (ruling,) = held.rulings()
    assert ruling.binds == "apart"
    assert ruling.sides == ((incident.claims[0], incident.claims[2]), (incident.claims[1],))


def test_a_decision_is_found_again_when_its_document_is_read_anew(held):
    a, b = (claims_of(document_of(number))[0].id for number in (0, 1))
    take(held, "not_same", a, b)
    new = reread(held, 0, shift=4)
    assert a not in new
    (ruling,) = held.rulings()
    assert ruling.sides == ((new[0],), (b,))
    assert ruling.binds == "apart"


def test_a_decision_on_an_incident_goes_with_its_claims(held):
    incident = next(one for one in held.incidents() if len(one.claims) == 3)
    take(held, "accept", incident.id)
    new = reread(held, 0, shift=4)
    held.set_incidents([], [])
    (ruling,) = held.rulings()
    assert set(ruling.sides[0]) == {new[0], *(claims_of(document_of(n))[0].id for n in (1, 2))}


def test_a_decision_that_finds_nothing_waits_and_comes_back(held):
    a, b = (claims_of(document_of(number))[0].id for number in (0, 1))
    take(held, "same", a, b)
    reread(held, 0, shift=4, kind="PROTEST")
    (ruling,) = held.rulings()
    assert ruling.waits
    assert ruling.binds is None
    reread(held, 0, shift=2)
    (ruling,) = held.rulings()
    assert ruling.waits is None
    assert ruling.binds == "together"


def test_two_claims_that_fit_as_well_are_not_chosen_between(held):
    document = document_of(0)
    old = claims_of(document)[0]
    take(held, "accept", old.id)
    middle = old.start + (old.end - old.start) // 2
    halves = [
        replace(old, id=claim_id(document.id, start, end, "ASSAULT"), start=start, end=end,
                text=document.text[start:end], quantities=())
        for start, end in ((old.start, middle), (middle, middle + (middle - old.start)))
    ]  # fmt: skip
    held.add_document(document, halves, reader="halves")
    assert held.rulings()[0].waits


def test_a_rejected_claim_is_named_until_the_rejection_is_withdrawn(held):
    a = claims_of(document_of(0))[0].id
    decision = take(held, "reject", a)
    assert list(rejected(held.rulings())) == [a]
    take(held, "withdraw", decision.id, minute=1)
    assert list(rejected(held.rulings())) == []
    assert next(one.id for one in held.decisions()) == decision.id


def test_contradictions_are_refused_until_they_supersede(held):
    a, b, c = (claims_of(document_of(number))[0].id for number in (0, 1, 2))
    take(held, "same", a, b)
    second = take(held, "same", b, c, minute=1)
    said = refused("E410", held, "not_same", a, c)
    assert second.id in said
    take(held, "not_same", a, c, minute=2, supersedes=second.id)
    assert [one.decision.what for one in held.rulings()] == ["same", "not_same"]
    # Now a and c are apart: b, which is with a, cannot be with c.
    assert "apart" in refused("E410", held, "same", b, c)


def test_a_reviewed_incident_is_not_split_without_superseding(held):
    incident = next(one for one in held.incidents() if len(one.claims) == 3)
    decision = take(held, "accept", incident.id)
    refused("E410", held, "split", incident.id, incident.claims[0])
    refused("E410", held, "reject", incident.id)
    take(held, "split", incident.id, incident.claims[0], minute=1, supersedes=decision.id)


def test_what_cannot_be_decided_is_refused_with_the_reason(held):
    a, b, other = (claims_of(document_of(number))[0].id for number in (0, 1, 2))
    first, second = sorted(held.incidents(), key=lambda one: len(one.claims))
    standing = take(held, "accept", a)
    assert "no such id" in refused("E403", held, "accept", "c_ffff")
    assert "why" in refused("E411", held, "accept", b, why=" ")
    assert "already" in refused("E411", held, "accept", a)
    assert "not 1" in refused("E411", held, "same", a)
    assert "given twice" in refused("E411", held, "same", a, a)
    assert "is no incident" in refused("E411", held, "merge", a, b)
    assert "is not of" in refused("E411", held, "split", first.id, other)
    assert "would stay" in refused("E411", held, "split", first.id, *first.claims)
    assert "A, B, C" in refused("E411", held, "reliability", "hcw", changes=[Change(field="reliability", value="G")])
    assert "sets nothing" in refused("E411", held, "accept", b, changes=[Change(field="killed", value="3")])
    assert "at least one of" in refused("E411", held, "correct", a)
    assert "on something else" in refused("E411", held, "accept", b, supersedes=standing.id)
    withdrawn = take(held, "withdraw", standing.id, minute=1)
    assert "superseded already" in refused("E411", held, "reject", a, supersedes=standing.id)
    assert "withdrawal" in refused("E411", held, "withdraw", withdrawn.id)
    assert second.id


def corrected(ledger: Ledger, key: str):
    return next(claim for claim in ledger.decided_claims(ledger.rulings()) if claim.id == key)


def test_a_correction_is_applied_to_what_is_given_out_and_not_to_what_was_read(held):
    key = claims_of(document_of(0))[0].id
    before = held.claim(key)
    changes = [Change(field="killed", value="2..5"), Change(field="when", value="2031-05-01/2031-05-02")]
    take(held, "correct", key, changes=changes)
    now = corrected(held, key)
    assert [(one.low, one.high, one.bound) for one in now.quantities] == [(2, 5, "exact")]
    assert (now.when.start, now.when.end) == (date(2031, 5, 1), date(2031, 5, 2))
    assert "amal set killed to 2..5" in now.why[-1]
    assert held.claim(key) == before
    assert "sets killed to 2..5" in refused("E410", held, "correct", key, changes=[Change(field="killed", value="9")])


def test_a_source_is_corrected_to_words_of_the_document(held):
    claim = claims_of(document_of(0))[1]
    take(held, "correct", claim.id, changes=[Change(field="source", value="Karsa monitor")])
    now = corrected(held, claim.id)
    assert text_of(0)[now.source.start : now.source.end] == now.source.text == "Karsa monitor"
    assert now.source.start > len(text_of(0)) // 2  # the nearer of the two places
    assert [hop.name for hop in now.chain] == ["The Karsa Courier", "Karsa monitor"]
    take(held, "correct", claims_of(document_of(1))[0].id, changes=[Change(field="voice", value="own")])
    now = corrected(held, claims_of(document_of(1))[0].id)
    assert (now.voice, now.source, now.cue, now.modality) == ("own", None, None, "asserted")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("source", "nobody here", "does not have the words"),
        ("killed", "many", "17.. (at least)"),
        ("killed", "9..2", "backwards"),
        ("when", "yesterday", "2017-06-09"),
        ("when", "2031-05-02/2031-05-01", "before"),
        ("place", "Karsa", "LATITUDE,LONGITUDE"),
        ("place", "35.1,39.2", "names no place"),
        ("modality", "sure", "asserted"),
        ("voice", "amal", "own or unresolved"),
        ("colour", "red", "none of"),
    ],
)
def test_a_correction_that_cannot_be_made_is_refused(held, field, value, said):
    key = claims_of(document_of(0))[0].id
    assert said in refused("E411", held, "correct", key, changes=[Change(field=field, value=value)])


def test_decisions_are_sealed_in_the_journal(held):
    take(held, "accept", claims_of(document_of(0))[0].id)
    assert [entry.what for entry in held.journal()][-1] == "decision"
    assert list(held.verify()) == []
