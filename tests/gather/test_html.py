from datetime import date

import pytest

from corroborate.gather.decode import Decoded
from corroborate.gather.html import read_html
from corroborate.gather.item import Draft

HEAD = """<title>Strike on the market | Valley Herald</title><meta property="og:site_name" content="Valley Herald">
<meta property="og:title" content="Strike on the market"><meta name="author" content="Sela Brandt">"""
FIRST = "Nineteen people were killed when aircraft struck the market of the village late on Tuesday, the hospital said."
SECOND = "The army had not commented on the strike by Wednesday evening, and nobody else had said who was behind it."
TWEET = """<blockquote class="twitter-tweet"><p lang="en">44 killed at the bridge<br>mostly women
<a href="https://t.example/a1">https://t.example/a1</a></p>&mdash; Rana K. (@rana_k)
<a href="https://posts.example/rana_k/status/7?ref=x">June 19, 2017</a></blockquote><script async src="//x"></script>"""


def page(body: str, head: str = HEAD, before: str = "") -> Draft:
    html = f"""<!DOCTYPE html>{before}<html lang="en"><head>{head}</head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
    <div class="cookies">We use cookies. <button>Accept</button></div>
    <main><article><h1>Strike on the market</h1>{body}</article></main>
    <footer><p>Contact us. All rights reserved.</p></footer></body></html>"""
    draft = read_html(Decoded(text=html, encoding="utf-8"))
    assert draft is not None
    for segment in draft.segments:
        assert draft.text[segment.start : segment.end] == segment.text
    return draft


def test_the_article_is_kept_and_what_surrounds_it_is_not() -> None:
    draft = page(f"<p>{FIRST}</p><p>{SECOND}</p>")
    assert draft.text == f"Strike on the market\n\n{FIRST}\n\n{SECOND}"
    assert [(s.kind, s.text) for s in draft.segments] == [("heading", "Strike on the market")]
    assert (draft.title, draft.outlet, draft.author) == ("Strike on the market", "Valley Herald", "Sela Brandt")


def test_headings_lists_and_captions() -> None:
    draft = page(
        f"<p>{FIRST}</p><h2>What is known</h2><ul><li>Two aircraft were heard.</li><li>The ambulance was hit.</li></ul>"
        f'<figure><img src="a.jpg"><figcaption>The market on Wednesday. <em>Photo: S. Brandt</em></figcaption></figure>'
        f"<p>{SECOND}</p>"
    )
    assert draft.text.split("\n\n")[1:] == [
        FIRST, "What is known", "Two aircraft were heard.", "The ambulance was hit.",
        "The market on Wednesday. Photo: S. Brandt", SECOND,
    ]  # fmt: skip
    assert [s.kind for s in draft.segments] == ["heading", "heading", "caption"]


def test_embedded_posts_stay_in_their_place_with_what_is_known_of_them() -> None:
    other = """<blockquote class="bluesky-embed"><p>They hit the school too</p>&mdash; Omar
    (<a href="https://bsky.example/o">@omar.valley.example</a>) <a href="#">14 March 2024 at 09:10</a></blockquote>"""
    draft = page(f"<p>{FIRST}</p>{TWEET}<p>{SECOND}</p>{other}<p>{SECOND.replace('Wednesday', 'Thursday')}</p>")
    first, second = [segment for segment in draft.segments if segment.kind == "post"]
    assert first.post is not None
    assert second.post is not None
    assert first.text.startswith("44 killed at the bridge mostly women")
    assert (first.post.author, first.post.handle, first.post.date) == ("Rana K.", "rana_k", date(2017, 6, 19))
    assert first.post.links == ("https://t.example/a1", "https://posts.example/rana_k/status/7?ref=x")
    assert (second.post.handle, second.post.date) == ("omar.valley.example", date(2024, 3, 14))
    paragraphs = draft.text.split("\n\n")
    assert paragraphs.index(first.text) == 2
    assert paragraphs.index(second.text) == 4


def test_a_quotation_is_no_post() -> None:
    draft = page(f"<p>{FIRST}</p><blockquote><p>{SECOND}</p></blockquote><p>{FIRST} Nobody has claimed it yet.</p>")
    assert SECOND in draft.text.split("\n\n")
    assert [s.kind for s in draft.segments] == ["heading"]


@pytest.mark.parametrize(
    ("head", "basis"),
    [
        ('<meta property="article:published_time" content="2017-06-14T10:00:00Z">', "article:published_time"),
        ('<meta name="DC.date.issued" content="2017-06-14">', "dc.date.issued"),
        (
            '<script type="application/ld+json">{"@graph": [{}, {"datePublished": "2017-06-14"}]}</script>',
            "JSON-LD datePublished",
        ),
        ('<link rel="canonical" href="https://herald.example/world/2017/06/14/strike">', "address"),
    ],
)
def test_the_day_of_publication_and_what_says_so(head: str, basis: str) -> None:
    published = page(f"<p>{FIRST}</p><p>{SECOND}</p>", HEAD + head).published
    assert published is not None
    assert (published.start, published.end, published.basis) == (date(2017, 6, 14), date(2017, 6, 14), basis)


def test_a_day_in_the_running_text_is_not_the_day_of_publication() -> None:
    later = '<script type="application/ld+json">{"dateModified": "2020-01-01"}</script>'
    assert page(f"<p>{FIRST} That was on 14 June 2017.</p><p>{SECOND}</p>", HEAD + later).published is None


ORIGINAL = "https://herald.example/strike"


@pytest.mark.parametrize(
    ("head", "before", "archive"),
    [
        (f'<link rel="canonical" href="{ORIGINAL}">', "", None),
        ("", f"<!-- saved from url=(0029){ORIGINAL} -->", None),
        *(
            ("", f"<!-- saved from url=(0080){archive}{ORIGINAL} -->", archive + ORIGINAL)
            for archive in ("https://web.archive.org/web/20170616051311/", "https://archive.today/2017.06.16-051311/")
        ),
        (
            f'<link rel="canonical" href="https://web.archive.org/web/20170616051311id_/{ORIGINAL}">',
            "",
            f"https://web.archive.org/web/20170616051311id_/{ORIGINAL}",
        ),
    ],
)
def test_addresses(head: str, before: str, archive: str | None) -> None:
    draft = page(f"<p>{FIRST}</p><p>{SECOND}</p>", HEAD + head, before)
    assert (draft.url, draft.archive_url) == (ORIGINAL, archive)


def test_a_page_without_an_article_still_gives_its_text() -> None:
    draft = read_html(Decoded(text="<html><body><div>Two people were hurt.</div></body></html>", encoding="utf-8"))
    assert draft is not None
    assert draft.text.endswith("Two people were hurt.")


def test_control_characters_in_a_post_or_caption_do_no_harm() -> None:
    odd = '<blockquote class="twitter-tweet">a&#1;b</blockquote><figure><figcaption>c&#2;d</figcaption></figure>'
    draft = page(f"<p>{FIRST}</p>{odd}<p>{SECOND}</p>")
    assert [(s.kind, s.text) for s in draft.segments[1:]] == [("post", "a\ufffdb"), ("caption", "c\ufffdd")]


def test_a_page_without_text_gives_nothing() -> None:
    assert read_html(Decoded(text="<html><body><script>x()</script></body></html>", encoding="utf-8")) is None
