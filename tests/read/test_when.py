from datetime import date

import pytest

from corroborate.model import Published
from corroborate.read.when.find import find_dates
from docs import parsed, plain

_TUESDAY = Published(start=date(2017, 6, 20), end=date(2017, 6, 20), basis="publication date")


def read(text: str, anchor: Published | None = _TUESDAY) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (
            m.span.text,
            m.when.start.isoformat() if m.when.start else None,
            m.when.end.isoformat() if m.when.end else None,
            m.when.precision,
        )
        for m in find_dates(plain(text), anchor)
    ]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("14 June 2017", "2017-06-14", "2017-06-14", "day"),
        ("June 9 2017", "2017-06-09", "2017-06-09", "day"),
        ("2017-06-09", "2017-06-09", "2017-06-09", "day"),
        ("Fri 07 Apr 2017", "2017-04-07", "2017-04-07", "day"),
        ("14-16 June 2017", "2017-06-14", "2017-06-16", "day"),
        ("March 14", "2017-03-14", "2017-03-14", "day"),
        ("November 3", "2016-11-03", "2016-11-03", "day"),
        ("Monday", "2017-06-19", "2017-06-19", "day"),
        ("Tuesday", "2017-06-20", "2017-06-20", "day"),
        ("this past Sunday", "2017-06-18", "2017-06-18", "day"),
        ("last Tuesday", "2017-06-13", "2017-06-13", "day"),
        ("yesterday", "2017-06-19", "2017-06-19", "day"),
        ("last week", "2017-06-12", "2017-06-18", "week"),
        ("last year", "2016-01-01", "2016-12-31", "year"),
        ("early June", "2017-06-01", "2017-06-10", "month"),
        ("late 2016", "2016-09-01", "2016-12-31", "year"),
        ("three weeks ago", "2017-05-29", "2017-06-04", "week"),
        ("since 1 March", "2017-03-01", "2017-06-20", "open"),
        ("from 1 March to 10 June", "2017-03-01", "2017-06-10", "day"),
        ("between March and June", "2017-03-01", "2017-06-30", "month"),
        ("until Monday", None, "2017-06-19", "open"),
        ("05/06/2017", None, None, "day"),  # either order of day and month
        ("21-03-2016", "2016-03-21", "2016-03-21", "day"),
    ],
)
def test_a_time_is_an_interval(text: str, start: str | None, end: str | None, precision: str) -> None:
    assert read(f"It happened {text}.") == [(text, start, end, precision)]


def test_what_is_still_to_come_lies_after_the_anchor() -> None:
    assert read("The talks are to be held on Friday.") == [("Friday", "2017-06-23", "2017-06-23", "day")]


def test_the_basis_names_what_a_time_was_worked_out_from() -> None:
    said, relative = find_dates(plain("On 14 June 2017, not on Monday."), _TUESDAY)
    assert said.when.basis == "said in full"
    assert relative.when.basis == "publication date 2017-06-20"


def test_without_an_anchor_only_the_precision_is_told() -> None:
    assert read("last week in early June", None) == [
        ("last week", None, None, "week"),
        ("early June", None, None, "month"),
    ]
    (mention,) = find_dates(plain("this past Sunday"), None)
    assert mention.when.basis is None


def test_an_anchor_of_several_days_widens_what_hangs_on_it() -> None:
    anchor = Published(start=date(2017, 6, 19), end=date(2017, 6, 21), basis="embedded posts")
    assert read("yesterday", anchor) == [("yesterday", "2017-06-18", "2017-06-20", "day")]


def test_the_first_week_of_an_operation_stays_open() -> None:
    (found,) = read("Just within the first week of the coalition s operation to take the town")
    assert found[1:] == (None, None, "week")


@pytest.mark.parametrize(
    "text",
    [
        "He may leave for a second march in the sun.",
        "May they rest.",
        "At 0914 some 2016 people sat down.",
        "Many say the toll may be higher.",
    ],
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert read(text) == []


def test_a_verb_is_no_month_even_with_a_figure() -> None:
    words = ["By", "May", "12", "it", "ended"]
    doc = parsed(
        words, [1, 4, 1, 4, 4], ["case", "obl", "nummod", "nsubj", "ROOT"], ["ADP", "AUX", "NUM", "PRON", "VERB"]
    )
    assert find_dates(doc, _TUESDAY) == []


def test_a_month_and_a_figure_without_punctuation() -> None:
    assert read("in June 20 people were killed") == [("June", "2017-06-01", "2017-06-30", "month")]
