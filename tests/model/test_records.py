"""Every record goes to JSON and comes back the same; what is not a record is refused with the field named."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corroborate.model import (
    Claim,
    Decision,
    Document,
    Incident,
    Link,
    RecordError,
    Span,
    claim_id,
    document_id,
    dumps,
    evidence_id,
    from_record,
    incident_id,
    read_records,
    to_record,
)
from corroborate.model.schema import schema

# Surrogates cannot be written as UTF-8; everything else may stand in a text.
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, text)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(date, st.dates())


@pytest.mark.parametrize("kind", [Document, Claim, Incident, Link, Decision])
def test_a_record_comes_back_the_same(kind: type) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.builds(kind))
    def comes_back(record):
        line = dumps(record)
        assert "\n" not in line
        assert from_record(json.loads(line)) == record
        assert list(read_records([line, ""])) == [record]

    comes_back()


def small_link() -> dict:
    return to_record(Link(a="c_1", b="c_2", weight=3.5, because=("same village",)))


def test_the_record_name_comes_first():
    assert list(small_link()) == ["record", "a", "b", "weight", "because"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"record": "lien"}, "'lien'"),
        ({"weight": "heavy"}, "link.weight"),
        ({"weight": True}, "link.weight"),
        ({"because": "same village"}, "link.because"),
        ({"because": [1]}, r"link.because\[0\]"),
    ],
)
def test_what_is_not_a_record_is_refused_by_name(change, words):
    with pytest.raises(RecordError, match=words):
        from_record({**small_link(), **change})


def test_a_missing_field_is_named_and_an_unknown_one_passed_over():
    record = small_link()
    assert from_record({**record, "later_field": 1}) == from_record(record)
    del record["b"]
    with pytest.raises(RecordError, match="b"):
        from_record(record)


def test_a_wrong_line_is_named_by_its_number():
    with pytest.raises(RecordError, match="line 2"):
        list(read_records([json.dumps(small_link()), "{not json"]))


def test_a_modality_outside_the_five_is_refused():
    with pytest.raises(RecordError, match=r"decision.what"):
        from_record(
            {"record": "decision", "id": "j", "by": "me", "at": "2026-01-01T00:00:00", "what": "maybe", "on": []}
            | {"why": "", "supersedes": None}
        )


def test_the_schema_names_every_field_of_every_record():
    built = schema()
    assert {option["$ref"].split("/")[-1] for option in built["oneOf"]} == {
        "Document", "Claim", "Incident", "Link", "Decision", "Finding",
            "Comparison",
    }  # fmt: skip
    link = built["$defs"]["Link"]
    assert link["required"] == ["record", "a", "b", "weight", "because"]
    assert built["$defs"]["Claim"]["properties"]["modality"]["enum"][0] == "asserted"
    assert json.loads(json.dumps(built)) == built


def test_a_span_must_lie_in_its_text():
    assert Span.of("al-Hamam", 3, 8).text == "Hamam"
    for start, end in [(0, 9), (3, 3), (-1, 2)]:
        with pytest.raises(ValueError, match="not inside"):
            Span.of("al-Hamam", start, end)


def test_ids_follow_from_what_they_name():
    evidence = evidence_id(b"a report")
    assert evidence.startswith("sha256:")
    assert len(evidence) == 7 + 64
    assert document_id(evidence, "Outlet A") != document_id(evidence, "Outlet B")
    assert claim_id("d", 0, 5, "ASSAULT") != claim_id("d", 0, 5, "ASSAULT", ordinal=1)
    assert claim_id("d", 0, 5, None) == claim_id("d", 0, 5, None)
    assert incident_id(["c_2", "c_1"]) == incident_id(["c_1", "c_2"])


def test_a_record_of_an_earlier_version_is_read_with_the_default_of_what_came_later():
    record = {"record": "claim", **dict.fromkeys(("source", "cue", "basis", "event", "when"))}
    record |= {name: [] for name in ("chain", "hedges", "places", "persons", "evidence", "flags", "why")}
    record |= {"id": "c_1", "document": "d_1", "start": 0, "end": 3, "text": "300", "voice": "own"}
    record |= {"modality": "asserted", "polarity": "affirmed"}
    quantity = {"start": 0, "end": 3, "text": "300", "measure": "killed", "who": None, "low": 300, "high": 300}
    record["quantities"] = [{**quantity, "bound": "exact"}]
    assert from_record(record).quantities[0].part_of is None
