import codecs
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corroborate.errors import Problem
from corroborate.gather import Item, Opened, find, open_item
from corroborate.model import Document, dumps, evidence_id

REPORT = "Seventeen people were killed by an air strike on the market, the monitor said.\r\n\r\n  It counts on.\n"
ARABIC = "قال مدير المستشفى إن تسعة عشر شخصا قتلوا وأصيب أربعون آخرون في غارة جوية استهدفت السوق"


def opened(data: bytes, name: str = "a", **known: object) -> tuple[list[Document], list[Problem]]:
    results = list(open_item(Item(name=f"/folder/{name}", label=name, data=data, **known)))  # type: ignore[arg-type]
    for result in results:
        if isinstance(result, Opened):
            assert result.document.evidence == evidence_id(result.data)
            text = result.document.text
            assert all(text[s.start : s.end] == s.text for s in result.document.segments)
            assert dumps(result.document).encode()
    documents = [result.document for result in results if isinstance(result, Opened)]
    return documents, [result for result in results if isinstance(result, Problem)]


def test_plain_text_is_kept_exactly_but_for_its_line_ends() -> None:
    [document], problems = opened(codecs.BOM_UTF8 + REPORT.encode(), "a.txt")
    assert document.text == REPORT.replace("\r\n", "\n")
    assert (document.media_type, document.name, document.language) == ("text/plain", "a.txt", "en")
    assert (document.segments, document.sentences, document.published, document.retrieved) == ((), (), None, None)
    assert problems == []


def test_a_header_block_is_metadata_and_stays_in_the_text() -> None:
    header = (
        "Title: Strike\r\nOutlet: Herald\r\nDate: 14 June 2017\r\nBy: A. Writer\r\nURL: https://h.example/1\r\n\r\n"
    )
    [document], _ = opened((header + REPORT).encode())
    assert (document.title, document.outlet, document.author) == ("Strike", "Herald", "A. Writer")
    assert document.published is not None
    assert (document.published.start, document.url) == (date(2017, 6, 14), "https://h.example/1")
    [segment] = document.segments
    assert segment.kind == "boilerplate"
    assert segment.text == header.replace("\r\n", "\n").strip()


@pytest.mark.parametrize(
    "text", ["Source: a resident said so.\n\nMore.", "Title: A\nOutlet: B\nand on it goes.", "By: A\nBy: B\n\nC"]
)
def test_what_only_looks_like_a_header_is_text(text: str) -> None:
    [document], _ = opened(text.encode())
    assert (document.segments, document.outlet, document.author) == ((), None, None)


def test_another_language_is_kept_with_a_notice_and_a_guess_is_said() -> None:
    [document], [guess, language] = opened(ARABIC.encode("cp1256"))
    assert (document.text, document.language) == (ARABIC, "ar")
    assert (guess.code, guess.detail) == ("N152", "cp1256")
    assert (language.code, language.detail) == ("N151", "ar")
    assert not guess.is_failure


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "E105"),
        (bytes(range(256)) * 20, "E105"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "E105"),
        (b"From: x\nMIME-Version: 1.0\n\ntext", "E105"),
        (b"%PDF-1.4 nothing more", "E107"),
        (b" \n\t ", "E108"),
        (b"<html><body></body></html>", "E108"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, code: str) -> None:
    documents, [problem] = opened(data)
    assert documents == []
    assert (problem.code, problem.name) == (code, "/folder/a")


def test_an_archive_gives_no_documents() -> None:
    assert list(open_item(Item(name="a.zip", label="a.zip", data=b"PK\x03\x04", unpacked=True))) == []


def test_the_format_is_told_from_the_content(make_pdf: Callable[..., bytes]) -> None:
    page = b"<!DOCTYPE html><html><head><title>A</title></head><body><p>Two people were hurt in it.</p></body></html>"
    table = b"date,title,text,source\n2017-06-14,A,Two people were hurt.,Herald\n"
    for data, media_type in (
        (page, "text/html"),
        (make_pdf([[(72, 700, 11, "Two people were hurt.")]]), "application/pdf"),
        (b'{"text": "Two people were hurt."}\n', "application/x-ndjson"),
        (table, "text/csv"),
        (b"[AFP] Two people were hurt. <b>", "text/plain"),
        (b"{sic} is how it was written", "text/plain"),
    ):
        [document], _ = opened(data, "noending")
        assert document.media_type == media_type


def test_records_have_their_own_evidence_and_place() -> None:
    lines = [json.dumps({"id": i, "handle": "a", "text": f"post {i}"}) for i in range(3)]
    data = "\n".join([lines[0], "{broken", lines[1], json.dumps({"id": 9, "handle": "a"}), lines[2]]).encode()
    documents, problems = opened(data, "posts.jsonl", url="https://set.example", outlet=None)
    assert [d.text for d in documents] == ["post 0", "post 1", "post 2"]
    assert [d.evidence for d in documents] == [evidence_id(line.encode()) for line in lines]
    assert [d.name for d in documents] == ["posts.jsonl:1", "posts.jsonl:3", "posts.jsonl:5"]
    assert [d.within.part for d in documents if d.within and d.within.evidence == evidence_id(data)] == [
        "line 1", "line 3", "line 5",
    ]  # fmt: skip
    assert [(p.code, p.detail.split()[0]) for p in problems] == [("E109", "2"), ("N153", "4")]
    assert {d.url for d in documents} == {None}


def test_records_in_another_encoding_have_the_bytes_of_the_file() -> None:
    line = json.dumps({"handle": "a", "text": "Ça brûle"}, ensure_ascii=False)
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")):
        [document], _ = opened(mark + line.encode(encoding), "a.jsonl")
        assert document.evidence == evidence_id(line.encode(encoding))


def test_a_record_keeps_its_id_when_the_file_grows() -> None:
    old, new = (json.dumps({"id": i, "handle": "a", "text": f"post {i}"}).encode() for i in (1, 2))
    [before], _ = opened(old, "posts.jsonl")
    after, _ = opened(new + b"\n" + old, "posts.jsonl")
    assert after[1].id == before.id


def test_the_order_of_day_and_month_is_told_from_the_whole_table() -> None:
    documents, _ = opened(b"date,text\n4/7/2017,one\n4/19/2017,two\n", "a.csv")
    assert [d.published.start for d in documents if d.published] == [date(2017, 4, 7), date(2017, 4, 19)]
    [document], _ = opened(b"date,text\n4/7/2017,one\n", "a.csv")
    assert document.published is None


def test_a_document_is_the_same_on_every_machine_and_another_from_another_outlet() -> None:
    ids = set()
    for folder in ("/home/a/", "/srv/"):
        item = Item(name=folder + "a.txt", label="a.txt", data=b"A report.")
        ids |= {result.document.id for result in open_item(item) if isinstance(result, Opened)}
    assert len(ids) == 1
    for outlet in ("Herald", "Courier"):
        [document], _ = opened(b"A report.", "a.txt", outlet=outlet)
        ids.add(document.id)
    assert len(ids) == 3


def test_what_a_person_noted_goes_before_what_the_format_says() -> None:
    retrieved = datetime(2024, 3, 14, tzinfo=UTC)
    header = b"Outlet: Herald\nTitle: A\n\nThe text."
    [document], _ = opened(header, outlet="Courier", url="https://c.example", retrieved=retrieved)
    assert (document.outlet, document.title, document.url) == ("Courier", "A", "https://c.example")
    assert document.retrieved == retrieved


def test_text_that_json_can_hold_and_utf8_cannot() -> None:
    [document], _ = opened(b'{"text": "a \\ud800 b \\u0000 c", "author": "x\\udfff"}', "a.jsonl")
    assert document.text == "a \ufffd b \ufffd c"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(str.encode)
    | st.sampled_from(
        [b"<html>", b"%PDF-1.7\n", b'{"text": ', b"text,date\n", b"\xff\xfe", b"<!-- saved from url=(1)"]
    ).flatmap(lambda head: st.binary(max_size=300).map(lambda rest: head + rest)),
    st.sampled_from(["a", "a.html", "a.jsonl", "a.csv", "a.json", "a.txt"]),
)
def test_any_bytes_give_documents_or_problems(data: bytes, name: str) -> None:
    documents, problems = opened(data or b" ", name)
    assert documents or problems or name in ("a.csv", "a.jsonl", "a.json") or b"text" in data


def test_the_examples_are_all_read() -> None:
    folder = Path(__file__).parents[2] / "examples"
    items = list(find([str(folder)], max_bytes=1_000_000))
    results = [result for item in items if isinstance(item, Item) for result in open_item(item)]
    documents = [result.document for result in results if isinstance(result, Opened)]
    assert len(documents) == len(results) == 15
    assert all(document.language == "en" and document.published for document in documents)
    outlets = {document.name: document.outlet for document in documents}
    assert outlets["raqqa-3-harbour-times.html"] == "The Harbour Times"
    assert outlets["kelmurra-1-monitor-note.pdf"] == "Highland Casualty Watch"
    posts = [segment.post for document in documents for segment in document.segments if segment.post]
    assert len(posts) == 5
