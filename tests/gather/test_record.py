import json
from datetime import date
from typing import Any

import pytest

from corroborate.gather.item import Draft
from corroborate.gather.record import read_record
from corroborate.gather.rows import json_rows, table_rows
from corroborate.model import Post


def record(fields: dict[str, Any]) -> Draft:
    draft = read_record(fields, "application/x-ndjson", None)
    assert draft is not None
    for segment in draft.segments:
        assert draft.text[segment.start : segment.end] == segment.text
    return draft


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "7", "author": "Rana K.", "handle": "@rana_k", "date": "2017-06-19", "text": "44 killed", "url": "https://p.example/7"},
        {
            "id_str": "7", "full_text": "44 killed", "created_at": "Mon Jun 19 10:00:00 +0000 2017",
            "user": {"name": "Rana K.", "screen_name": "rana_k"}, "source": '<a href="x">An app</a>', "link": "https://p.example/7",
        },
        {"id": 7, "content": "<p>44 killed</p>", "created_at": "2017-06-19T10:00:00Z", "url": "https://p.example/7",
         "account": {"display_name": "Rana K.", "acct": "rana_k"}},
        {"message": "44 killed", "timestamp": 1497866400, "name": "Rana K.", "username": "rana_k", "permalink": "https://p.example/7"},
    ],
)  # fmt: skip
def test_posts_of_several_exports(fields: dict[str, Any]) -> None:
    draft = record(fields)
    assert (draft.text, draft.author, draft.outlet, draft.url) == ("44 killed", "Rana K.", None, "https://p.example/7")
    [segment] = draft.segments
    assert segment.kind == "post"
    assert segment.post == Post(author="Rana K.", handle="rana_k", date=date(2017, 6, 19), links=())


def test_telegram_text_in_pieces_and_links_of_entities() -> None:
    fields = {"from": "Channel", "text": ["See ", {"type": "link", "text": "https://v.example/1"}, ", now."]}
    entities = {"urls": [{"url": "https://t.example/a", "expanded_url": "https://v.example/2"}]}
    draft = record({**fields, "entities": entities})
    assert draft.text == "See https://v.example/1, now."
    assert draft.segments[0].post is not None
    assert draft.segments[0].post.links == ("https://v.example/1", "https://v.example/2")


def test_an_article_has_its_title_as_heading_and_its_outlet() -> None:
    fields = {"article_title": "Strike", "article_content": "It was\r\nhit.", "source": "Herald", "date": "2017-06-14"}
    draft = record(fields)
    assert (draft.text, draft.outlet, draft.title) == ("Strike\n\nIt was\nhit.", "Herald", "Strike")
    assert [(s.kind, s.text) for s in draft.segments] == [("heading", "Strike")]


def test_an_id_is_no_address_and_a_record_without_text_is_none() -> None:
    assert record({"text": "x", "url": "no address", "title": "t"}).url is None
    assert read_record({"id": "7", "text": " ", "media": ["a.jpg"]}, "", None) is None


def test_json_lines_with_a_line_that_is_malformed() -> None:
    text = '{"text": "a"}\r\n\n{"text": \n[1]\n{"Full Text": "b"}\n'
    rows = list(json_rows(text))
    assert [(row.line, row.raw, row.fields) for row in rows] == [
        (1, '{"text": "a"}', {"text": "a"}), (3, '{"text": ', None), (4, "[1]", None),
        (5, '{"Full Text": "b"}', {"full_text": "b"}),
    ]  # fmt: skip
    assert [row.error for row in rows if row.fields is None] == ["is not JSON: Expecting value", "is not a JSON object"]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_json_array_and_one_object(indent: int | None) -> None:
    values = [{"text": "a"}, {"text": "b", "n": [1, {"x": 2}]}]
    text = json.dumps(values, indent=indent)
    rows = list(json_rows(text))
    assert [row.fields for row in rows] == values
    assert [json.loads(row.raw) for row in rows] == values
    assert [row.line for row in rows] == ([2, 5] if indent else [1, 1])
    assert [row.fields for row in json_rows(json.dumps(values[1], indent=indent))] == [values[1]]


def test_a_table_with_line_ends_in_its_fields() -> None:
    text = 'date;title;text\r\n2017-06-14;"A; b";"one\r\ntwo"\r\n\r\n2017-06-15;C;three\r\n'
    rows = list(table_rows(text))
    assert [(row.line, row.raw) for row in rows] == [
        (2, '2017-06-14;"A; b";"one\r\ntwo"'), (5, "2017-06-15;C;three"),
    ]  # fmt: skip
    assert rows[0].fields == {"date": "2017-06-14", "title": "A; b", "text": "one\r\ntwo"}


def test_a_field_longer_than_the_csv_module_allows() -> None:
    [row] = table_rows("text\n" + "x" * 200_000)
    assert row.fields == {"text": "x" * 200_000}
