import dataclasses
from datetime import date

import samples

from corroborate.model import from_record, to_record
from corroborate.publish.holdings import Holdings
from corroborate.publish.jsonl import records
from corroborate.publish.mask import BLOCK, mask


def test_private_names_are_nowhere_and_every_offset_holds() -> None:
    masked = mask(samples.holdings())
    for record in records(masked):
        written = str(to_record(record))
        assert "Tellin" not in written
        assert "Mara" not in written
        assert from_record(to_record(record)) == record
    before = samples.holdings()
    assert [len(one.text) for one in masked.documents] == [len(one.text) for one in before.documents]
    for claim in masked.claims:
        text = masked.document[claim.document].text
        spans = [claim, *claim.persons, *claim.quantities, *claim.places, *claim.hedges, *claim.evidence]
        spans += [one for one in (claim.source, claim.cue, claim.basis) if one]
        assert all(text[one.start : one.end] == one.text for one in spans)


def test_the_surname_alone_is_masked_where_the_person_is_named_in_full() -> None:
    text = mask(samples.holdings()).documents[0].text
    assert f'"{BLOCK * 6} was <b>known</b>' in text


def test_names_in_other_documents_titles_and_file_names() -> None:
    held = samples.holdings()
    other = samples.document(
        "mara-tellin", None, "MARA  TELLIN and Tellingen were named.", date(2031, 5, 5), "On Mara Tellin"
    )
    other = dataclasses.replace(other, url="https://news.example/x%20mara%20tellin-34", name="report_mara_tellin.txt")
    masked = mask(dataclasses.replace(held, documents=(*held.documents, other))).documents[-1]
    assert masked.text == f"{BLOCK * 4}  {BLOCK * 6} and Tellingen were named."
    assert "tellin" not in (masked.name + str(masked.title) + str(masked.url)).lower().replace("tellingen", "")


def test_public_figures_and_what_names_nobody_stay() -> None:
    held = samples.holdings()
    claims = tuple(
        dataclasses.replace(one, persons=tuple(dataclasses.replace(who, private=False) for who in one.persons))
        for one in held.claims
    )
    public = Holdings.of(held.documents, claims, held.links, held.incidents)
    assert list(records(mask(public))) == list(records(public))


def test_each_of_many_names_is_found_wherever_it_stands() -> None:
    held = samples.holdings()
    claim, victim = held.claims[2], held.claims[2].persons[0]
    persons = tuple(dataclasses.replace(victim, name=f"Name{number}a Name{number}b") for number in range(50))
    documents = tuple(
        dataclasses.replace(held.documents[1], id=f"d_{number}", text=f"It was NAME{number}A-name{number}b, not she.")
        for number in range(50)
    )
    claims = (dataclasses.replace(claim, document="d_1", persons=persons),)
    masked = mask(dataclasses.replace(held, documents=documents, claims=claims))
    assert all("name" not in document.text.casefold() for document in masked.documents)
    assert all(document.text.endswith(", not she.") for document in masked.documents)
