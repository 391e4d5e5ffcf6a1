import base64
import dataclasses
import hashlib
import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import samples

from corroborate.errors import Problem
from corroborate.model import Change, Decision, Ruling
from corroborate.publish.holdings import Holdings
from corroborate.publish.report import write_report


class Page(HTMLParser):
    """The parts of a page that the tests ask for, and whether its elements are closed in order."""

    VOID = ("meta", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.texts = ""  # what stands in the documents' own text
        self.inside: int | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag not in self.VOID:
            self.open.append(tag)
        if given.get("class") == "words":
            self.inside = len(self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self.inside is not None and len(self.open) < self.inside:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words += data
        if self.inside is not None:
            self.texts += data


def report(held: Holdings) -> str:
    stream = io.StringIO()
    write_report(held, stream, written=datetime(2031, 6, 1, tzinfo=UTC))
    return stream.getvalue()


def test_every_link_inside_the_report_leads_somewhere_and_no_id_is_given_twice() -> None:
    page = Page(report(samples.holdings()))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    assert inside


def test_nothing_is_loaded_and_nothing_foreign_can_run() -> None:
    text = report(samples.holdings())
    page = Page(text)
    assert not [tag for tag, given in page.tags if tag in ("img", "link", "iframe", "object") or "src" in given]
    assert not [given for _, given in page.tags if any(name.startswith("on") or name == "style" for name in given)]
    policy = next(str(given["content"]) for _, given in page.tags if given.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        found = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert found
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_text_is_escaped_and_an_address_that_runs_something_is_no_link() -> None:
    held = samples.document("x", "<script>alert(1)</script>", '27 killed "><img src=x>', None, "<b>title</b>")
    held = dataclasses.replace(held, url="javascript:alert(1)")
    page = Page(report(Holdings.of((held,), (samples.claim(held, "27 killed"),))))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in page.tags]
    assert not [link for link in page.links if not link.startswith(("#", "http"))]
    assert "<b>title</b>" in page.words


def test_the_whole_text_stands_in_the_report_with_its_claims_marked() -> None:
    held = samples.holdings()
    text = report(held)
    page = Page(text)
    assert page.texts == "".join(document.text for document in held.documents)
    marked = [given for tag, given in page.tags if tag == "a" and "data-c" in given]
    assert {key for given in marked for key in str(given["data-c"]).split()} == {claim.id for claim in held.claims}


def test_an_incident_says_what_it_rests_on() -> None:
    words = " ".join(Page(report(samples.holdings())).words.split())
    for said in (
        "This report does not say what is true.",
        "at least 17",
        "17 to 23",
        "Where the accounts disagree",
        "it did not happen",
        "both reports cite the Lowland Monitor",
        "One side denies that its planes struck.",
        "suggested: contested",
        "speaks for upland",
        "not sure who",
        "denied, negated",
        "“dozens” (taken as 24 to 99) injured",
        "Social post · Witness · @ostra_eye · 2 May 2031",
    ):
        assert said in words


def test_what_was_not_read_is_listed() -> None:
    problems = (
        Problem(code="E103", name="/home/keeper/empty.txt"),
        Problem(code="N151", name="arabic.html", detail="ar"),
    )
    words = " ".join(Page(report(dataclasses.replace(samples.holdings(), problems=problems))).words.split())
    assert "E103 empty.txt: the file is empty." in words
    assert "keeper" not in words
    assert "N151 arabic.html: the language is ar" in words


def test_an_empty_ledger_makes_a_report() -> None:
    page = Page(report(Holdings.of((), ())))
    assert page.open == []


def ruling(what: str, on: str, sides: tuple[tuple[str, ...], ...], *changes: Change) -> Ruling:
    decision = Decision(
        id=f"j_{what}", by="Amal", at=datetime(2031, 6, 1, tzinfo=UTC), what=what, on=(on,), why="<b>asked</b> them",
        supersedes=None, changes=changes,
    )  # type: ignore[arg-type]  # fmt: skip
    return Ruling(decision=decision, sides=sides, binds=None)


def test_what_a_person_decided_stands_with_its_reason() -> None:
    held = samples.holdings()
    incident, claim = held.incidents[0], held.claims[0]
    rulings = (
        ruling("accept", incident.id, (incident.claims,)),
        ruling("correct", claim.id, ((claim.id,),), Change(field="killed", value="17..")),
        ruling("reliability", incident.origins[0].name, (), Change(field="reliability", value="B")),
    )
    words = " ".join(Page(report(dataclasses.replace(held, rulings=rulings))).words.split())
    assert "accepted by Amal on 1 June 2031: <b>asked</b> them" in words
    assert "corrected (killed: 17..) by Amal on 1 June 2031" in words
    assert "reliability B, by Amal" in words
    assert "decided on" in words


def test_a_decision_on_an_incident_goes_where_its_claims_went() -> None:
    held = samples.holdings()
    incident = held.incidents[0]
    earlier = ruling("accept", "i_earlier", (incident.claims[:1],))
    assert dataclasses.replace(held, rulings=(earlier,)).decided[incident.id] == (earlier,)


def test_a_long_list_is_folded_and_nothing_of_it_is_lost() -> None:
    held = samples.holdings()
    many = tuple(dataclasses.replace(held.incidents[0], id=f"i_{n:04}") for n in range(40))
    page = Page(report(dataclasses.replace(held, incidents=many)))
    assert {f"#i_{n:04}" for n in range(40)} <= set(page.links)
    assert "15 more incidents" in " ".join(page.words.split())
    assert "34 more" in " ".join(page.words.split())
