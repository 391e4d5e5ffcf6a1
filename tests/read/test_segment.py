import pytest
from documents import document

from corroborate.model import Segment
from corroborate.read.segment.find import segment, surface
from docs import parsed


def is_place(name: str) -> bool:
    return name in ("Damascus", "Beirut", "Afrin", "Hama", "Moscow")


def is_agency(name: str) -> bool:
    return name in ("AFP", "Reuters", "SANA", "REUTERS", "RIA Novosti")


def pieces(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in surface(document(text, title=title), is_place, is_agency).pieces]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BEIRUT (Reuters) - Shells hit a mill.", "BEIRUT (Reuters) -"),
        ("AFRIN, Syria (North Press) – A mill burned.", "AFRIN, Syria (North Press) –"),
        ("DAMASCUS Analysis Last year the mill burned", "DAMASCUS Analysis"),
        ("DAMASCUS — Analysis — Last year the mill burned.", "DAMASCUS — Analysis —"),
        ("Hama,SANA-The mill burned.", "Hama,SANA-"),
        ("Beirut- The mill burned.", "Beirut-"),
        ("Fri 07 Apr 2017 at 0914 The mill burned.", "Fri 07 Apr 2017 at 0914"),
        ("Posted on July 12 2016 by Ana Berg The mill burned.", "Posted on July 12 2016 by Ana Berg"),
        ("Date of publication 9 August 2016 The mill burned.", "Date of publication 9 August 2016"),
        ("MOSCOW October 1 (RIA Novosti) - A mill burned.", "MOSCOW October 1 (RIA Novosti) -"),
    ],
)
def test_datelines(text: str, dateline: str) -> None:
    assert ("dateline", dateline) in pieces(text)


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING Shells hit a mill",
        "UN officials said so",
        "The army said so.",
        "ISIS fighters left the town",
        "Well- known men met.",
    ],
)
def test_no_false_datelines(text: str) -> None:
    assert all(kind != "dateline" for kind, _ in pieces(text))


def test_a_title_and_the_agency_behind_it() -> None:
    found = pieces("Wednesday 27 Jul 2016 Raid kills 16 near the mill AFP Air strikes hit the mill on Wednesday.")
    assert found == [
        ("dateline", "Wednesday 27 Jul 2016"),
        ("heading", "Raid kills 16 near the mill"),
        ("dateline", "AFP"),
    ]


def test_a_known_title_is_the_heading() -> None:
    found = pieces("2 May 2019 Mill burns again The mill burned on Monday.", title="Mill burns again")
    assert ("heading", "Mill burns again") in found


def test_lines_of_the_page_are_no_body() -> None:
    text = (
        "Mill burns again\n\nSmoke over the mill (Photo: A. Berg)\n\nThe mill burned on Monday, the mayor said.\n\n"
        "Related News\n\nThree killed in another town\n\nA bridge was closed, he said.\n\nSign up for our letter"
    )
    found = pieces(text)
    assert ("heading", "Mill burns again") in found
    assert ("caption", "Smoke over the mill (Photo: A. Berg)") in found
    assert ("boilerplate", "Three killed in another town") in found
    assert ("boilerplate", "Sign up for our letter") in found
    assert not any("bridge" in text or "mayor" in text for _, text in found)


def test_headlines_of_other_reports_at_the_end_are_no_body_and_a_list_of_the_dead_is() -> None:
    report = "The mill burned on Monday, and four people died in it, the mayor said."
    others = [
        "Three people killed in another town",
        "A bridge is closed near the old mill",
        "Mayor of Ardan goes abroad",
    ]
    found = pieces("\n\n".join([report, *others]))
    assert [kind for kind, text in found if text in others] == ["boilerplate"] * 3
    dead = ["Anna Berg", "Jan Berg and his wife", "Two children of the miller"]
    assert not any(kind == "boilerplate" for kind, _ in pieces("\n\n".join([report, *dead])))
    assert not any(kind == "boilerplate" for kind, _ in pieces("\n\n".join([report, *others[:2]])))


def test_an_agency_signs_at_the_end() -> None:
    assert ("boilerplate", "-REUTERS") in pieces('He said "the mill burned".-REUTERS')


def test_segments_of_gather_are_kept_and_the_rest_is_body() -> None:
    text = "Mill burns. The mill burned."
    given = Segment(start=0, end=11, text="Mill burns.", kind="heading")
    doc = parsed(
        text.replace(".", " .").split(),
        [1, 1, 1, 4, 5, 5, 5],
        ["nsubj", "ROOT", "punct", "det", "nsubj", "ROOT", "punct"],
    )
    made = document(text)
    made = type(made)(**{**{f: getattr(made, f) for f in made.__slots__}, "segments": (given,)})
    found = segment(doc, made, surface(made, is_place, is_agency)).segments
    assert [(s.kind, s.text) for s in found] == [("heading", "Mill burns."), ("body", "The mill burned.")]


def test_the_forms_of_a_page_and_its_list_of_films_are_no_report() -> None:
    films = ["0:48 Man found dead in harbour Pause", "1:21 Council votes on the bridge", "2:05 Fans sing in the rain"]
    text = "\n\n".join(["Two hurt in mill fire", *films, "Please sign in", "Two people were hurt on Friday, he said."])
    found = pieces(text, title="Two hurt in mill fire")
    assert [part for kind, part in found if kind == "boilerplate"] == [*films, "Please sign in"]


def test_the_hours_of_a_live_report_are_no_list_of_films() -> None:
    hours = ["14:05 Shells hit the mill at Kelva", "14:20 Rescuers reach the mill", "15:10 Governor speaks of two dead"]
    found = pieces("\n\n".join(["Live: the shelling of Kelva", *hours]), title="Live: the shelling of Kelva")
    assert not any(kind == "boilerplate" for kind, _ in found)
