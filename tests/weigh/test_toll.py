"""What one report says of the dead and the hurt of its main event; all texts are invented."""

import pytest

from benchmarks.articles import article
from corroborate.read import Reader
from corroborate.settings import Settings
from corroborate.weigh.toll import most_told, toll


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


@pytest.mark.parametrize(
    ("title", "text", "killed", "injured"),
    [
        (
            "Six killed in shelling of Ostrava market",
            "OSTRAVA - Six people were killed and eleven wounded on Friday, the town's hospital said. In all 240 "
            "people have been killed in the province since the spring.",
            6,
            11,
        ),
        ("Two men shot, one fatally, at a filling station", "One man died and another was wounded on Monday.", 1, 1),
        (
            "Four wounded by mortar fire",
            "Four people were wounded when a mortar round hit a bus. In June a man was killed on the same road.",
            0,
            4,
        ),
        (
            "Tolma teen dies of his wounds",
            "Officers called to Mill Lane on Friday found a man with a gunshot wound. The 19-year-old died at the town "
            "hospital on Saturday, police said.",
            1,
            0,
        ),
        (
            "Boy, 8, killed by a shell in Tolma",
            "A boy of eight was killed on Friday when a shell hit his home. A second child, aged five, was taken to "
            "the hospital and is expected to survive.",
            1,
            1,
        ),
        (
            "Strike on Tolma leaves families dead",
            "Three women and two children were killed when a shell hit their home in Tolma on Tuesday.",
            5,
            0,
        ),
        (
            "Teacher Mira Dahl dies of her wounds",
            "Mira Dahl, 41, was killed by a shell on Sunday, her school said.",
            1,
            0,
        ),
        (
            "Tolma man kills wife, two sons",
            "A man killed his wife and two sons in Tolma on Sunday before killing himself, police said.",
            4,
            0,
        ),
        (
            "Shells hit Tolma market",
            "No casualties were reported from the shelling on Sunday. "
            + "The town has since rebuilt its market, a mill and a bridge. " * 9
            + "In strikes of the week before nine people were killed.",
            0,
            0,
        ),
        (
            "Seven shot in Tolma, two fatally",
            "Seven people were shot in Tolma on Monday. Two of them died and the others were taken to hospital.",
            2,
            5,
        ),
        ("Tolma man kills brother, then himself", "The man shot his brother dead in Tolma on Sunday.", 2, 0),
        (
            "Shelling of Tolma kills child and injures another",
            "A child was killed and another injured in Tolma, Ardania's army said. "
            + "The town has a mill and a bridge. " * 14
            + "Earlier ten fighters were killed on the ridge.",
            1,
            1,
        ),
        (
            "Teacher of Tolma was one of the victims killed on Friday",
            "A woman who taught at the school of Tolma was one of the victims killed in the bombing.",
            None,
            0,
        ),
        (
            "Father and two children found dead in Tolma",
            "A father and two children were found dead in their home in Tolma on Monday.",
            3,
            0,
        ),
        ("Council meets on road works", "The council of Tolma met on Monday to speak of 30 new lamps.", 0, 0),
    ],
)
def test_the_toll_is_of_the_event_that_the_report_is_about(
    reader: Reader, title: str, text: str, killed: int | None, injured: int
) -> None:
    read = reader.read(article("test", title, text, "2031-03-12"))
    found = toll(read.document, read.claims)
    assert (found.killed, found.injured) == (killed, injured)


def test_a_figure_that_was_said_is_pointed_at(reader: Reader) -> None:
    read = reader.read(article("test", "Nine killed", "At least nine people were killed in Ostrava.", "2031-03-12"))
    said = toll(read.document, read.claims).killed_said
    assert said is not None
    assert read.document.text[said.start : said.end] == said.text


def test_what_a_figure_says_counts_twice_and_the_latest_report_settles_a_tie() -> None:
    assert most_told([(2, False, 1), (2, False, 2), (3, True, 1)]) == 2
    assert most_told([(2, False, 1), (3, True, 1)]) == 3
    assert most_told([(2, False, 1), (3, False, 2), (None, False, 3)]) == 3
    assert most_told([(None, False, 3)]) is None
