"""The audit on texts that were written for it; every name is invented but for the parties that the register knows."""

import pytest

from corroborate.gather import Item, open_item
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Finding
from corroborate.publish.findings import TITLES
from corroborate.read import Reader
from corroborate.settings import Settings
from corroborate.weigh.audit import audit

# Damaged as transcripts are: no stop, no comma, no mark of quotation.
COLUMN = """
ORVANA Analysis For two years the hill militias have had one aim and the town of Tarvin stands in their way If
the greater part of the people of Tarvin were driven out or killed the road would be open That is exactly what
is happening Within ten days at least 210 civilians were killed in Tarvin while many believe that the real
figure is much higher The deaths are due to the indiscriminate shelling of the town by the militias and to their
use of chemical weapons The shelling has also forced 90 000 people to flee Tarvin Thus in ten days Tarvin lost
the vast majority of its population which before the war stood at about 150 000
"""
DEAL = """
The army has bought its way into Tarvin, it is said. "The rebels were given money and left Tarvin by night with
their rifles," Russia's defence ministry said on Monday. Syria's foreign ministry said that the rebels had left
Tarvin with their rifles and had been given money. Amateur video shows rebels leaving Tarvin by night.
"""
SOURCED = """
Twelve people were killed when shells hit the market of Tarvin on Monday, Lena Orsk, a surgeon there, said. She
said that five of the dead were children. The district council said that the militias had shelled the market.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def audited(reader: Reader, text: str) -> list[Finding]:
    text = "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
    opened = next(iter(open_item(Item(name="a.txt", label="a.txt", data=text.encode(), outlet="Hill Courier"))))
    read = reader.read(opened.document)  # type: ignore[union-attr]
    findings = list(audit(read.document, read.claims))
    for finding in findings:
        assert finding.spans
        for span in finding.spans:
            assert read.document.text[span.start : span.end] == span.text
        assert set(finding.claims) <= {claim.id for claim in read.claims}
    return findings


def of(findings: list[Finding], kind: str) -> str:
    return "\n".join(finding.sentence for finding in findings if finding.kind == kind)


def test_a_column_that_turns_a_supposition_into_a_fact(reader: Reader) -> None:
    found = audited(reader, COLUMN)
    assert "That is exactly what is" in of(found, "hypothetical")
    assert "at least 210 civilians were killed" in of(found, "own_voice")
    assert "“many”" in of(found, "anonymous")
    assert "“chemical weapons”" in of(found, "characterisation")
    assert "“indiscriminate”" in of(found, "characterisation")
    assert "60%" in of(found, "figures")
    assert "“the vast majority”" in of(found, "figures")


def test_what_rests_on_one_side_names_who_speaks_for_it_and_what_is_not_linked(reader: Reader) -> None:
    found = audited(reader, DEAL)
    told = of(found, "one_side")
    assert "Russian Ministry of Defence (Russia)" in told
    assert "(Syria)" in told
    assert "video" in of(found, "evidence")
    assert "it is said" in of(found, "anonymous")


def test_a_view_of_an_official_is_no_matter_that_rests_on_one_side(reader: Reader) -> None:
    assert not of(audited(reader, "Syria's foreign ministry said that it hoped for a better year."), "one_side")


def test_a_report_with_named_sources_is_left_alone(reader: Reader) -> None:
    found = audited(reader, SOURCED)
    assert not of(found, "own_voice")
    assert not of(found, "one_side")
    assert not of(found, "anonymous")
    assert not of(found, "hypothetical")


def test_what_somebody_condemns_is_not_the_documents_own_word(reader: Reader) -> None:
    assert not of(audited(reader, "The council of Tarvin condemned the massacre in the market."), "characterisation")
    assert "“massacre”" in of(
        audited(reader, "The massacre in the market of Tarvin lasted an hour."), "characterisation"
    )


def test_a_heading_that_says_more_than_its_text(reader: Reader) -> None:
    text = "25 killed in Tarvin shelling\n\nNine people were killed when shells hit Tarvin on Monday, Lena Orsk said."
    assert "The heading gives 25 killed; the text gives 9." in of(audited(reader, text), "figures")
    assert not of(audited(reader, text.replace("25", "Nine")), "figures")


def test_every_kind_is_explained_and_has_a_title() -> None:
    assert set(lexicon("audit")["kinds"]) == set(TITLES)
    assert set(lexicon("audit")["characterisations"]) == set(lexicon("audit")["said_of"])
