from collections.abc import Callable
from datetime import date

import pytest

from corroborate.errors import Problem
from corroborate.gather.item import Draft, Item
from corroborate.gather.pdf import read_pdf
from corroborate.gather.pdf_layout import dehyphenated

MakePdf = Callable[..., bytes]
LONG = "The monitor counted at least seventeen people killed in the market of the village"


def read(data: bytes) -> Draft | Problem:
    return read_pdf(Item(name="a.pdf", label="a.pdf", data=data))


def drafted(data: bytes) -> Draft:
    draft = read(data)
    assert isinstance(draft, Draft)
    for segment in draft.segments:
        assert draft.text[segment.start : segment.end] == segment.text
    return draft


def lines(*texts: str, top: float = 700, left: float = 72, size: float = 11) -> list[tuple[float, float, float, str]]:
    return [(left, top - 14 * i, size, text) for i, text in enumerate(texts)]


def test_paragraphs_by_space_size_and_indentation(make_pdf: MakePdf) -> None:
    page = [
        *lines("Incident note", top=740, size=18),
        *lines(LONG, "on Tuesday, and names fifteen of them."),
        *lines(LONG, "late in the evening.", top=640),
        (84, 612, 11, LONG.replace("The", "A")),
        (72, 598, 11, "at the time."),
    ]
    info = {"Title": "Incident note", "Author": "Valley Watch", "CreationDate": "D:20240314150000+02'00'"}
    draft = drafted(make_pdf([page], info))
    assert draft.text.split("\n\n") == [
        "Incident note",
        f"{LONG} on Tuesday, and names fifteen of them.",
        f"{LONG} late in the evening.",
        f"{LONG.replace('The', 'A')} at the time.",
    ]
    assert [(s.kind, s.text) for s in draft.segments] == [("heading", "Incident note")]
    assert (draft.title, draft.author) == ("Incident note", "Valley Watch")
    assert draft.published is not None
    assert draft.published.start == date(2024, 3, 14)


def test_running_heads_and_page_numbers_go_and_a_paragraph_over_two_pages_is_one(make_pdf: MakePdf) -> None:
    def page(number: int, *texts: str) -> list[tuple[float, float, float, str]]:
        head = lines(f"Annual report, page {number}", top=760)
        return [*head, *lines(f"Incident {4 - number}", top=730), *lines(*texts), *lines(str(number), top=30)]

    draft = drafted(make_pdf([page(1, LONG, LONG + " and"), page(2, "in the hills around it.", LONG)]))
    assert "Annual report" not in draft.text
    assert "Incident 3" in draft.text
    assert "Incident 2" in draft.text

    plain = [lines(LONG, LONG + " and"), lines("in the hills around it, according to residents.", LONG)]
    assert drafted(make_pdf(plain)).text.startswith(f"{LONG} {LONG} and in the hills around it")


def test_a_word_broken_at_the_end_of_a_line_is_put_together(make_pdf: MakePdf) -> None:
    draft = drafted(make_pdf([lines(LONG + " and govern-", "ment aircraft were heard, residents said.")]))
    assert "and government aircraft" in draft.text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("the govern\ufffement", "the government"),
        ("the US\ufffebacked forces", "the US-backed forces"),
        ("General Suro\ufffevikin", "General Surovikin"),
        ("the ceasefire, and the cease-\nfire", "the ceasefire, and the ceasefire"),
        ("rebel-held, then rebel-\nheld", "rebel-held, then rebel-held"),
        ("COOP\ufffeERATE", "COOPERATE"),
        ("between 2012-\n2013", "between 2012-2013"),
    ],
)
def test_hyphens(broken: str, mended: str) -> None:
    assert dehyphenated([broken]) == [mended]


@pytest.mark.parametrize("title", ["Microsoft Word - note.doc", "untitled", "scan0001.pdf"])
def test_a_title_that_a_program_gave_is_none(make_pdf: MakePdf, title: str) -> None:
    assert drafted(make_pdf([lines(LONG)], {"Title": title})).title is None


def test_a_web_page_printed_to_pdf_does_not_tell_when_it_was_published(make_pdf: MakePdf) -> None:
    info = {"Producer": "Skia/PDF m120", "CreationDate": "D:20240314150000Z"}
    assert drafted(make_pdf([lines(LONG)], info)).published is None


def test_what_cannot_be_read(make_pdf: MakePdf) -> None:
    results = [read(make_pdf([lines(LONG)], password="secret")), read(make_pdf([[]])), read(b"%PDF-1.4\nnothing")]
    assert [result.code for result in results if isinstance(result, Problem)] == ["E106", "E108", "E107"]
