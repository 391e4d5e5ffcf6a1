import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import READER, add, claims_of, decision_of, document_of, incident_of, link_of, state

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger import Ledger
from corroborate.model import Within


def code_of(raised: pytest.ExceptionInfo[CorroborateError]) -> str:
    return raised.value.problem.code


def test_what_is_added_is_what_is_read(ledger: Ledger) -> None:
    first, second = document_of(7), document_of(3)
    notice = Problem(code="N152", name=first.name, detail="cp1252")
    assert add(ledger, first, problems=(notice,))
    assert add(ledger, second)
    assert list(ledger.documents()) == [first, second]
    assert list(ledger.claims()) == [*claims_of(first), *claims_of(second)]
    assert list(ledger.claims(second.id)) == claims_of(second)
    assert list(ledger.problems()) == [notice]
    assert ledger.evidence(first.evidence) == first.text.encode()
    assert [(entry.what, entry.on) for entry in ledger.journal()] == [("document", first.id), ("document", second.id)]
    assert list(ledger.verify()) == []


def test_all_is_there_after_closing(path: Path) -> None:
    with Ledger.open(path) as ledger:
        add(ledger, document_of(1))
        before = state(ledger)
    with Ledger.open(path, create=False) as ledger:
        assert state(ledger) == before


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    document = document_of(1)
    assert add(ledger, document)
    before = list(ledger.journal())
    assert ledger.was_read(document.id, READER)
    assert not add(ledger, document)
    assert list(ledger.journal()) == before
    assert len(list(ledger.documents())) == 1


def test_another_reader_replaces_what_the_first_found(ledger: Ledger) -> None:
    first, second = document_of(1), document_of(2)
    add(ledger, first, problems=(Problem(code="N152", name=first.name, detail="cp1252"),))
    add(ledger, second)
    again = replace(first, title="Deaths in Élis")
    assert not ledger.was_read(first.id, "reader 2")
    assert ledger.add_document(again, claims_of(first)[:1], reader="reader 2")
    assert list(ledger.documents()) == [again, second]  # in its old place
    assert list(ledger.claims(first.id)) == claims_of(first)[:1]
    assert list(ledger.problems()) == []
    assert list(ledger.verify()) == []


def test_a_document_without_its_evidence_is_refused(ledger: Ledger) -> None:
    document = document_of(1)
    with pytest.raises(CorroborateError) as raised:
        ledger.add_document(document, [], reader=READER)
    assert code_of(raised) == "E403"
    ledger.keep_evidence(document.text.encode())
    inside = replace(document, within=Within(evidence="sha256:" + "0" * 64, part="3"))
    with pytest.raises(CorroborateError):
        ledger.add_document(inside, [], reader=READER)
    assert list(ledger.journal()) == []


def test_claims_of_another_document_or_with_one_id_are_refused(ledger: Ledger) -> None:
    document, other = document_of(1), document_of(2)
    ledger.keep_evidence(document.text.encode())
    with pytest.raises(ValueError, match="another document"):
        ledger.add_document(document, claims_of(other), reader=READER)
    with pytest.raises(ValueError, match="two claims"):
        ledger.add_document(document, claims_of(document)[:1] * 2, reader=READER)
    assert state(ledger)["documents"] == state(ledger)["journal"] == []


def test_ids_by_prefix(ledger: Ledger) -> None:
    documents = [document_of(number) for number in range(20)]  # more than there are first digits
    for document in documents:
        add(ledger, document)
    for document in documents:
        assert ledger.document(document.id) == document
        assert ledger.document(document.id[:-2]) == document
    assert ledger.claim(claims_of(documents[0])[0].id[:18]) == claims_of(documents[0])[0]
    for ambiguous in ("d_", "c_"):
        with pytest.raises(CorroborateError, match="ambiguous") as raised:
            (ledger.document if ambiguous == "d_" else ledger.claim)(ambiguous)
        assert code_of(raised) == "E403"
    for unknown in ("", "d%", "x", "d_zz"):
        with pytest.raises(CorroborateError) as raised:
            ledger.document(unknown)
        assert code_of(raised) == "E403"
        assert "ambiguous" not in str(raised.value)


def test_a_failed_item_is_remembered_once_and_until_it_is_read(ledger: Ledger) -> None:
    document = document_of(1)
    evidence = ledger.keep_evidence(document.text.encode())
    failed, empty = Problem(code="E202", name=document.name, detail="x"), Problem(code="E103", name="empty.txt")
    assert ledger.add_problem(failed, evidence=evidence)
    assert ledger.add_problem(empty)
    assert not ledger.add_problem(failed, evidence=evidence)
    assert not ledger.add_problem(empty)
    assert list(ledger.problems()) == [failed, empty]
    assert [(entry.what, entry.on) for entry in ledger.journal()] == [("problem", evidence), ("problem", "empty.txt")]
    add(ledger, document)
    assert list(ledger.problems()) == [empty]
    assert list(ledger.verify()) == []


def test_a_problem_that_stands_with_its_document_is_not_kept_twice(ledger: Ledger) -> None:
    document = document_of(1)
    notice = Problem(code="N152", name=document.name, detail="cp1252")
    add(ledger, document, problems=(notice,))
    assert not ledger.add_problem(notice)
    assert ledger.add_problem(replace(notice, detail="cp1256"))
    assert list(ledger.verify()) == []


def test_incidents_are_set_as_a_whole(ledger: Ledger) -> None:
    one, two = document_of(1), document_of(2)
    add(ledger, one)
    add(ledger, two)
    a, b, c, d = [*claims_of(one), *claims_of(two)]
    links, incidents = [link_of(a, c), link_of(b, d)], [incident_of([a, c]), incident_of([b, d, c])]
    assert not ledger.set_incidents([], [])
    assert ledger.set_incidents(links, incidents)
    assert not ledger.set_incidents(links[::-1], incidents[::-1])
    assert [entry.what for entry in ledger.journal()] == ["document", "document", "incidents"]
    assert list(ledger.incidents()) == sorted(incidents, key=lambda incident: incident.id)
    assert list(ledger.links()) == sorted(links, key=lambda link: (link.a, link.b))
    assert list(ledger.claims(incident=incidents[1].id)) == [b, d, c]
    assert {incident.id for incident in ledger.incidents(claim=c.id)} == {incident.id for incident in incidents}
    assert list(ledger.links(claim=d.id)) == links[1:]
    assert ledger.incident(incidents[0].id[:12]) == incidents[0]
    assert ledger.set_incidents(links[:1], incidents[:1])
    assert list(ledger.incidents()) == incidents[:1]
    assert list(ledger.verify()) == []


def test_an_incident_of_claims_that_are_not_there_is_refused(ledger: Ledger) -> None:
    document = document_of(1)
    add(ledger, document)
    a, b = claims_of(document)
    ledger.set_incidents([link_of(a, b)], [incident_of([a, b])])
    before = state(ledger)
    stranger = claims_of(document_of(9))[0]
    for links, incidents in (([], [incident_of([a, stranger])]), ([link_of(stranger, a)], [])):
        with pytest.raises(CorroborateError) as raised:
            ledger.set_incidents(links, incidents)
        assert code_of(raised) == "E403"
        assert stranger.id in str(raised.value)
    assert state(ledger) == before


def test_the_columns_of_an_incident(ledger: Ledger, path: Path) -> None:
    document = document_of(1)
    add(ledger, document)
    claims = claims_of(document)
    ledger.set_incidents([], [incident_of(claims, low=4)])
    row = sqlite3.connect(path).execute("SELECT type, when_start, killed_min, killed_max, grade FROM incidents")
    # "at least 4" for one group leaves the whole without a most, whatever another group has
    assert row.fetchall() == [("ASSAULT", "2031-05-02", 4, None, "weak")]


def test_decisions_are_superseded_and_never_lost(ledger: Ledger) -> None:
    document = document_of(1)
    add(ledger, document)
    a, b = claims_of(document)
    incident = incident_of([a, b])
    ledger.set_incidents([link_of(a, b)], [incident])
    first = decision_of("not_same", a.id, b.id)
    second = decision_of("same", a.id, b.id, why="on second thoughts", supersedes=first.id)
    third = decision_of("reject", incident.id, "i_unknown")
    for decision in (first, second, third):
        ledger.decide(decision)
    ledger.decide(first)
    assert list(ledger.decisions()) == [first, second, third]
    assert list(ledger.standing_decisions()) == [second, third]
    assert [entry.what for entry in ledger.journal()] == ["document", "incidents", *["decision"] * 3]
    # read anew, with other claims: what was decided on is still known
    ledger.add_document(document, [], reader="reader 2")
    ledger.set_incidents([], [])
    assert {claim.id for claim in ledger.decided_on(first.id)} == {a.id, b.id}
    kept, *members = ledger.decided_on(third.id)
    assert kept == incident
    assert sorted(members, key=lambda claim: claim.start) == [a, b]
    assert list(ledger.verify()) == []


def test_a_decision_is_not_changed_and_supersedes_only_what_is_there(ledger: Ledger) -> None:
    first = decision_of("accept", "i_1")
    ledger.decide(first)
    with pytest.raises(ValueError, match="never changed"):
        ledger.decide(replace(first, why="another reason"))
    with pytest.raises(CorroborateError) as raised:
        ledger.decide(decision_of("reject", "i_1", supersedes="j_unknown"))
    assert code_of(raised) == "E403"
    assert list(ledger.decisions()) == [first]


def test_writing_goes_on_while_reading(ledger: Ledger) -> None:
    for number in range(3):
        add(ledger, document_of(number))
    seen = []
    for document in ledger.documents():  # from the state in which it began
        seen.append(document.id)
        ledger.add_document(document, [], reader="reader 2")
        add(ledger, document_of(10 + len(seen)))
    assert seen == [document_of(number).id for number in range(3)]
    assert len(list(ledger.documents())) == 6


def test_names_that_are_no_text_are_kept(ledger: Ledger) -> None:
    document = replace(document_of(1), name="caf\udce9.txt", outlet="\udce9")
    add(ledger, document, problems=(Problem(code="N152", name=document.name, detail="\udcff"),))
    assert list(ledger.documents()) == [document]
    assert list(ledger.verify()) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["reader 1", "reader 2"])), max_size=12),
    words=st.text(max_size=20),
)
def test_any_order_of_additions_keeps_the_last_reading_and_a_whole_journal(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]], words: str
) -> None:
    last: dict[int, str] = {}
    changes = 0
    with Ledger.open(tmp_path_factory.mktemp("any") / "x") as ledger:
        for number, reader in steps:
            changed = add(ledger, replace(document_of(number), title=words), reader=reader)
            assert changed == (last.get(number) != reader)
            last[number] = reader
            changes += changed
        assert [document.name for document in ledger.documents()] == [f"report{number}.txt" for number in last]
        assert all(document.title == words for document in ledger.documents())
        assert all(ledger.was_read(document_of(number).id, reader) for number, reader in last.items())
        assert [entry.number for entry in ledger.journal()] == list(range(1, changes + 1))
        assert list(ledger.verify()) == []
