import re
from datetime import date

import pytest
from documents import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corroborate.model import Document, Post, Published, Segment
from corroborate.read.when.anchors import Anchors
from corroborate.read.when.find import find_dates
from corroborate.read.when.shapes import _OPENINGS, _PATTERNS
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
        for m in find_dates(plain(text), Anchors(anchor))
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
        ("half an hour ago", "2017-06-20", "2017-06-20", "day"),
        ("minutes ago", "2017-06-20", "2017-06-20", "day"),
        ("three hours ago", "2017-06-19", "2017-06-20", "day"),
        ("48 hours ago", "2017-06-18", "2017-06-18", "day"),
        ("last week", "2017-06-12", "2017-06-18", "week"),
        ("last year", "2016-01-01", "2016-12-31", "year"),
        ("early June", "2017-06-01", "2017-06-10", "month"),
        ("late 2016", "2016-09-01", "2016-12-31", "year"),
        ("three weeks ago", "2017-05-29", "2017-06-04", "week"),
        ("since 1 March", "2017-03-01", "2017-06-20", "open"),
        ("from 1 March to 10 June", "2017-03-01", "2017-06-10", "day"),
        ("between March and June", "2017-03-01", "2017-06-30", "month"),
        ("until Monday", None, "2017-06-19", "open"),
        ("before 14 June", None, "2017-06-13", "open"),
        ("by early June", None, "2017-06-10", "open"),
        ("March 14 last year", "2016-03-14", "2016-03-14", "day"),
        ("Wed, March 1", "2017-03-01", "2017-03-01", "day"),
        ("late April", "2017-04-21", "2017-04-30", "month"),
        ("the end of 2016", "2016-09-01", "2016-12-31", "year"),
        ("earlier this year", "2017-01-01", "2017-06-20", "year"),
        ("the weekend", "2017-06-17", "2017-06-18", "week"),
        ("the summer of 2014", "2014-06-01", "2014-08-31", "month"),
        ("the late 1990s", "1997-01-01", "1999-12-31", "year"),
        ("28 May - 3 June 2017", "2017-05-28", "2017-06-03", "day"),
        ("more than two years ago", None, "2015-12-31", "open"),
        ("in the past three days", "2017-06-17", "2017-06-20", "open"),
        ("over the past two weeks", "2017-06-06", "2017-06-20", "open"),
        ("the past month", "2017-05-20", "2017-06-20", "open"),
        ("in the past three years", "2014-06-20", "2017-06-20", "open"),
        ("over the next two days", "2017-06-20", "2017-06-22", "open"),
        ("less than two weeks ago", "2017-06-05", "2017-06-20", "open"),
        ("in just one week", None, None, "week"),
        ("within 24 hours", None, None, "day"),
        ("weeks ago", None, None, "week"),
        ("05/06/2017", None, None, "day"),  # either order of day and month
        ("21-03-2016", "2016-03-21", "2016-03-21", "day"),
    ],
)
def test_a_time_is_an_interval(text: str, start: str | None, end: str | None, precision: str) -> None:
    assert read(f"It happened {text}.") == [(text, start, end, precision)]


def test_what_is_still_to_come_lies_after_the_anchor() -> None:
    assert read("The talks are to be held on Friday.") == [("Friday", "2017-06-23", "2017-06-23", "day")]


def test_the_basis_names_what_a_time_was_worked_out_from() -> None:
    said, relative = find_dates(plain("On 14 June 2017, not on Monday."), Anchors(_TUESDAY))
    assert said.when.basis == "said in full"
    assert relative.when.basis == "publication date 2017-06-20"


def test_without_an_anchor_only_the_precision_is_told() -> None:
    assert read("last week in early June", None) == [
        ("last week", None, None, "week"),
        ("early June", None, None, "month"),
    ]
    (mention,) = find_dates(plain("this past Sunday"), Anchors())
    assert mention.when.basis is None


def test_an_anchor_of_several_days_widens_what_hangs_on_it() -> None:
    anchor = Published(start=date(2017, 6, 19), end=date(2017, 6, 21), basis="embedded posts")
    assert read("yesterday", anchor) == [("yesterday", "2017-06-18", "2017-06-20", "day")]


def test_the_named_weekday_tells_the_year() -> None:
    # 9 October was a Friday in 2015 and a Sunday in 2016.
    anchor = Published(start=date(2016, 6, 20), end=date(2016, 6, 20), basis="publication date")
    assert read("It was signed on Friday, October 9.", anchor)[0][1] == "2015-10-09"


def test_a_day_that_hangs_on_the_day_told_before() -> None:
    text = (
        "On 3 May 2016 they came. The next day they left, and two days later others came. A month later all was quiet."
    )
    found = [(m.span.text, str(m.when.start), m.when.basis) for m in find_dates(plain(text), Anchors())]
    assert found[1] == ("The next day", "2016-05-04", "the time told before, 2016-05-03")
    assert found[2][:2] == ("two days later", "2016-05-06")
    assert found[3][:2] == ("A month later", "2016-06-01")


def test_a_day_without_a_year_is_the_one_that_the_page_says_in_full() -> None:
    full, bare, other = find_dates(
        plain("On September 8, 2022 it began. September 8 was hot, September 9 not."), Anchors()
    )
    assert (bare.when.start, bare.when.basis) == (full.when.start, "said in full elsewhere on the page")
    assert other.when.start is None


def test_a_day_later_than_nobody_knows_what_stays_open() -> None:
    assert read("The next day they left.")[0][1:3] == (None, None)


def test_the_verb_says_whether_a_day_is_past_or_still_to_come() -> None:
    past = parsed(["They", "left", "Friday"], [1, 1, 1], ["nsubj", "ROOT", "obl"], ["PRON", "VERB", "NOUN"])
    past[1].tag_ = "VBD"
    coming = parsed(
        ["They", "will", "leave", "Friday"],
        [2, 2, 2, 2],
        ["nsubj", "aux", "ROOT", "obl"],
        ["PRON", "AUX", "VERB", "NOUN"],
    )
    assert find_dates(past, Anchors(_TUESDAY))[0].when.start == date(2017, 6, 16)
    assert find_dates(coming, Anchors(_TUESDAY))[0].when.start == date(2017, 6, 23)


def test_what_a_noun_names_is_past_whatever_the_verb_foresees() -> None:
    doc = parsed(
        ["Peace", "will", "follow", "the", "raids", "of", "Friday"], [2, 2, 2, 4, 2, 6, 4],
        ["nsubj", "aux", "ROOT", "det", "obj", "case", "nmod"], ["NOUN", "AUX", "VERB", "DET", "NOUN", "ADP", "PROPN"],
    )  # fmt: skip
    assert find_dates(doc, Anchors(_TUESDAY))[0].when.start == date(2017, 6, 16)


def test_how_often_and_how_long_are_not_when() -> None:
    kinds = [
        m.kind for m in find_dates(plain("Every Friday they held a two-week truce for three days."), Anchors(_TUESDAY))
    ]
    assert kinds == ["set", "duration", "period"]


def test_a_year_may_be_spelt_out() -> None:
    assert read("It was in nineteen ninety-six and in two thousand four")[0][1:3] == ("1996-01-01", "1996-12-31")


def test_a_block_of_houses_is_no_year() -> None:
    assert read("in the 2000 block of Mill Street") == []


def test_an_age_is_no_time() -> None:
    assert read("a 12-year-old boy and a man 40 years old") == []


def test_the_words_of_a_time_are_told_from_those_that_bound_it() -> None:
    (mention,) = find_dates(plain("Nothing since 1 March."), Anchors(_TUESDAY))
    assert (mention.span.text, mention.named.text) == ("since 1 March", "1 March")


def test_the_first_week_of_an_operation_hangs_on_the_day_it_began() -> None:
    text = "The operation began on 6 June 2017. In the first week of the operation 300 died."
    mention = find_dates(plain(text), Anchors())[1]
    assert (str(mention.when.start), str(mention.when.end)) == ("2017-06-06", "2017-06-12")
    assert mention.when.basis == "the operation began on 2017-06-06"


def _posts(*days: date) -> list[Segment]:
    return [
        Segment(
            start=10 * n, end=10 * n + 9, text="", kind="post", post=Post(author=None, handle="a", date=day, links=())
        )
        for n, day in enumerate(days)
    ]


def test_a_page_without_a_day_is_bounded_by_its_posts() -> None:
    anchors = Anchors.of(document(""), _posts(date(2017, 6, 9), date(2017, 6, 19), date(2017, 6, 15)))
    assert anchors.page is not None
    assert (anchors.page.start, anchors.page.end) == (date(2017, 6, 19), date(2017, 6, 26))
    (found,) = find_dates(plain("x" * 40 + " this past Sunday"), anchors)
    assert (found.when.start, found.when.end) == (date(2017, 6, 18), date(2017, 6, 25))
    assert Anchors.of(document(""), []).page is None


def test_what_a_post_tells_is_told_from_its_own_day() -> None:
    anchors = Anchors.of(document("", day=date(2020, 1, 1)), _posts(date(2017, 6, 9)))
    post, page = find_dates(plain("yesterday and yesterday"), anchors)
    assert (post.when.start, page.when.start) == (date(2017, 6, 8), date(2019, 12, 31))


def _dated(line: str, day: date | None) -> Published | None:
    made: Document = document(line, day=day)
    return Anchors.of(made, [Segment(start=0, end=len(line), text=line, kind="dateline")]).page


def test_the_datelines_day_comes_before_the_pages() -> None:
    found = _dated("BEIRUT, June 10 (Agency) -", date(2017, 6, 12))
    assert found is not None
    assert (found.start, found.basis) == (date(2017, 6, 10), "dateline")
    alone = _dated("Posted on July 12 2016", None)
    assert alone is not None
    assert alone.start == date(2016, 7, 12)
    later = _dated("Updated 1 July 2017", date(2017, 6, 12))
    assert later is not None
    assert later.basis == "metadata"
    assert _dated("BEIRUT, June 10 (Agency) -", None) is None
    printed = _dated("Published October 15 2016", date(2016, 10, 4))
    assert printed is not None
    assert printed.start == date(2016, 10, 15)


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
    assert find_dates(doc, Anchors(_TUESDAY)) == []


def test_a_month_and_a_figure_without_punctuation() -> None:
    assert read("in June 20 people were killed") == [("June", "2017-06-01", "2017-06-30", "month")]


def test_a_day_spelt_as_it_is_spoken() -> None:
    assert read("shells fell on the first of march and the twenty-third of April 2016") == [
        ("the first of march", "2017-03-01", "2017-03-01", "day"),
        ("the twenty-third of April 2016", "2016-04-23", "2016-04-23", "day"),
    ]
    assert read("the first of many") == []


@pytest.mark.parametrize(("shape", "pattern"), _PATTERNS, ids=[shape for shape, _ in _PATTERNS])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_every_shape_begins_with_an_opening_word(shape: str, pattern: re.Pattern[str], data: st.DataObject) -> None:
    said = data.draw(st.from_regex(pattern, fullmatch=True))
    first = re.match(r"\w+", said)
    assert first is not None, shape
    assert first[0][0].isdigit() or first[0].casefold() in _OPENINGS


def test_what_a_day_s_strikes_are_followed_by_leaves_them_on_their_day() -> None:
    anchor = Published(start=date(2017, 6, 23), end=date(2017, 6, 23), basis="metadata")
    assert read("bodies came after Thursday's strikes", anchor)[0][1:] == ("2017-06-22", "2017-06-22", "day")
    assert read("bodies came after Thursday", anchor)[0][3] == "open"
