import dataclasses
from datetime import date

import pytest
import samples

from corroborate.model import Bound, Contradiction, Harm, Place, Quantity, Range, Relation, Toll, When
from corroborate.publish import phrases


def q(low: float | None, high: float | None, bound: str, measure: str = "killed", **more: object) -> Quantity:
    fields = {"start": 0, "end": 6, "text": "dozens", "who": None, **more}
    return Quantity(measure=measure, low=low, high=high, bound=bound, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (q(44, 44, "exact", who="civilians"), "44 civilians killed"),
        (q(300, None, "at_least", who="civilians"), "at least 300 civilians killed"),
        (q(120, None, "more_than", "fighters"), "more than 120 fighters"),
        (q(None, 50, "up_to"), "up to 50 killed"),
        (q(None, 50, "less_than", "injured"), "fewer than 50 injured"),
        (q(220_000, 220_000, "about", "population"), "about 220,000 people (population)"),
        (q(40, 50, "exact"), "40 to 50 killed"),
        (q(40, 50, "about"), "about 40 to 50 killed"),
        (q(24, 99, "vague"), "“dozens” (taken as 24 to 99) killed"),
        (q(200, None, "vague", text="hundreds"), "“hundreds” (taken as at least 200) killed"),
        (q(None, None, "vague", text="many"), "“many” killed"),
        (q(0.8, 0.8, "about", "share", who="civilians"), "about 80 percent of civilians"),
        (q(0.125, None, "more_than", "share"), "more than 12.5 percent of the whole"),
        (q(3, 3, "exact", "other", text="three schools"), "3 (“three schools”)"),
    ],
)
def test_a_quantity_keeps_its_bound(quantity: Quantity, said: str) -> None:
    assert phrases.quantity_words(quantity) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Range(min=17, max=None), "at least 17"),
        (Range(min=17, max=23), "17 to 23"),
        (Range(min=0, max=5), "up to 5"),
        (Range(min=1200, max=1200), "1,200"),
        (None, "–"),
    ],
)
def test_a_range(found: Range | None, said: str) -> None:
    assert phrases.range_words(found) == said


def test_harm_names_each_group() -> None:
    harm = {"women": Harm(killed=Range(min=2, max=2)), "unspecified": Harm(injured=Range(min=5, max=None))}
    assert phrases.harm_words(harm) == ["2 killed, women", "at least 5 injured, people (not said who)"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2017, 6, 9), date(2017, 6, 9), "9 June 2017"),
        (date(2017, 6, 5), date(2017, 6, 11), "5 to 11 June 2017"),
        (date(2017, 6, 1), date(2017, 6, 30), "June 2017"),
        (date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        (date(2017, 5, 29), date(2017, 6, 4), "29 May to 4 June 2017"),
        (date(2016, 12, 30), date(2017, 1, 2), "30 December 2016 to 2 January 2017"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2017, 3, 1), None, "from 1 March 2017 on"),
        (None, date(2017, 3, 1), "until 1 March 2017"),
        (None, None, "“then”"),
    ],
)
def test_a_time(start: date | None, end: date | None, said: str) -> None:
    when = When(text="then", start=start, end=end, precision="open", basis=None)
    assert phrases.when_words(when) == said


def test_a_place_given_by_another() -> None:
    relation = Relation(kind="offset", bearing=225.0, km=19.0, of=("Raqqa",))
    assert phrases.relation_words(relation) == "19 km south-west of Raqqa"
    place = Place(
        start=0, end=5, text="Tadia", name="Tadia", gazetteer_id=None, lat=None, lon=None, precision_km=None,
        country=None, relation=relation,
    )  # fmt: skip
    assert phrases.place_words(place) == "Tadia (19 km south-west of Raqqa)"
    assert phrases.located_words(place) == "not located"


@pytest.mark.parametrize(("bearing", "said"), [(0, "north"), (359, "north"), (90, "east"), (213, "south-south-west")])
def test_a_bearing(bearing: float, said: str) -> None:
    assert phrases.compass(bearing) == said


def test_a_disputed_place_or_day_is_not_called_unknown() -> None:
    incident = dataclasses.replace(samples.holdings().incidents[0], where=None, when=None)
    assert phrases.incident_words(incident, ()) == "Attack · place not known · day not known"
    disputed = tuple(Contradiction(about=about, sides=(), claims=()) for about in ("place", "day"))
    incident = dataclasses.replace(incident, contradictions=disputed)
    assert phrases.incident_words(incident, ()) == "Attack · place disputed · day disputed"


def test_text_cannot_drive_the_terminal_or_turn_the_line() -> None:
    assert phrases.clean("a\x1b[2J\u202eb\r\n\tc\u2069") == "a [2Jb c"


def test_shortening_cuts_at_a_word_and_says_so() -> None:
    assert phrases.shorten("one two three four", 12) == "one two…"
    assert phrases.shorten("one two", 12) == "one two"


def _said(text: str, low: float, bound: Bound) -> Quantity:
    return Quantity(start=0, end=len(text), text=text, measure="killed", who=None, low=low, high=None, bound=bound)


@pytest.mark.parametrize(
    ("toll", "words"),
    [
        (
            Toll(killed=17, injured=0, killed_from="figure", killed_said=_said("at least 17", 17, "at_least"),
                 injured_said=None),
            "at least 17 killed, as this report tells it",
        ),
        (
            # "his wife and four children": five, of whom the text counts four
            Toll(killed=5, injured=2, killed_from="figure", killed_said=_said("four", 4, "exact"), injured_said=None),
            "5 killed; 2 injured, as this report tells it",
        ),
        (
            Toll(killed=None, injured=0, killed_from="nothing", killed_said=None, injured_said=None),
            "several killed, whom it does not count, as this report tells it",
        ),
        (Toll(killed=0, injured=0, killed_from="nothing", killed_said=None, injured_said=None), ""),
    ],
)  # fmt: skip
def test_a_toll_keeps_its_bound(toll: Toll, words: str) -> None:
    assert phrases.toll_words(toll) == words
