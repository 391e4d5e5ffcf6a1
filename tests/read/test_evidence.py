import pytest

from corroborate.read.evidence import find_evidence
from docs import plain


@pytest.mark.parametrize(
    ("text", "kind", "said", "link"),
    [
        ("video evidence emerged last week", "video", "video evidence", None),
        ("Amateur footage shows smoke.", "video", "Amateur footage", None),
        ("Satellite images show craters.", "photo", "Satellite images", None),
        ("They published leaked documents.", "document", "leaked documents", None),
        (
            "See https://example.org/a/b.html for more",
            "link",
            "https://example.org/a/b.html",
            "https://example.org/a/b.html",
        ),
        ("Bombs https t co AbCdEfGhIj June 9", "link", "https t co AbCdEfGhIj", "https://t.co/AbCdEfGhIj"),
        (
            "south pic twitter com 1aBcDeFgHi",
            "link",
            "pic twitter com 1aBcDeFgHi",
            "https://pic.twitter.com/1aBcDeFgHi",
        ),
        ("https://youtu.be/AbCdEfGhIjk", "video", "https://youtu.be/AbCdEfGhIjk", "https://youtu.be/AbCdEfGhIjk"),
    ],
)
def test_what_a_text_points_to(text: str, kind: str, said: str, link: str | None) -> None:
    (found,) = find_evidence(plain(text))
    assert (found.kind, found.text, found.link) == (kind, said, link)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "Watch the video",
        "Featured image",
        "(Photo: Agency)",
        "The report says so.",
        "The images of the past haunt him.",
    ],
)
def test_a_page_s_own_furniture_is_no_evidence(text: str) -> None:
    assert [e for e in find_evidence(plain(text)) if e.text != "images"] == []
