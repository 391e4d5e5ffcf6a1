from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corroborate.gather.dates import Order, order_of, published

JUNE_14 = (date(2017, 6, 14), date(2017, 6, 14))


@pytest.mark.parametrize(
    "value",
    [
        "2017-06-14", "2017-06-14T23:30:00-05:00", "2017-06-14 05:00", "20170614", "20170614T051311Z", "2017/6/14",
        "14 June 2017", "June 14, 2017", "Wednesday, 14 June 2017 at 10:00", "14th of June 2017",
        "Jun. 14, 2017 9:15 AM", "Wed Jun 14 20:19:24 +0000 2017", "Wed, 14 Jun 2017 20:19:24 GMT", 
        "14/06/2017", "6/14/2017", "14.6.2017", "1497471564", 1497471564, 1497471564000, "1497471564000", 1497471564.5,
    ],
)  # fmt: skip
def test_days(value: object) -> None:
    found = published(value, "test")
    assert found is not None
    assert (found.start, found.end, found.basis) == (*JUNE_14, "test")


def test_months_and_years_are_intervals() -> None:
    month, year, written = published("2017-02", ""), published("2016", ""), published("February 2017", "")
    assert month is not None
    assert year is not None
    assert (month.start, month.end) == (date(2017, 2, 1), date(2017, 2, 28))
    assert (year.start, year.end) == (date(2016, 1, 1), date(2016, 12, 31))
    assert written == month


@pytest.mark.parametrize(
    "value",
    ["4/7/2017", "yesterday", "2017-13-01", "31 June 2017", "", None, True, 17, [], "0001-01-01", "May", "1e400"],
)
def test_what_is_no_date_or_could_be_two(value: object) -> None:
    assert published(value, "") is None


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["4/7/2017", "4/19/2017"], "month first"),
        (["4/7/2017", "19.4.2017", None, 3], "day first"),
        (["4/7/2017"], None),
        (["19/4/2017", "4/19/2017"], None),
    ],
)
def test_the_order_is_told_from_the_file(values: list[object], order: Order | None) -> None:
    assert order_of(values) == order


def test_an_order_reads_what_is_ambiguous() -> None:
    first, second = published("4/7/2017", "", "month first"), published("4/7/2017", "", "day first")
    assert first is not None
    assert second is not None
    assert (first.start, second.start) == (date(2017, 4, 7), date(2017, 7, 4))


@given(st.text() | st.integers() | st.floats())
def test_any_value(value: object) -> None:
    found = published(value, "")
    assert found is None or found.start <= found.end
