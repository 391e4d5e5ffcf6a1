from dataclasses import replace
from datetime import timedelta

from claim_builders import DAY, document
from corroborate.link.repeated import Repeated
from corroborate.model import Document

MARGIN = "Five hurt as bus overturns near harbour"


def printed(number: int, day: int, outlet: str = "The Ferry Post") -> Document:
    text = f"Report number {number} tells of its own event.\n{MARGIN}\nRead more\nMore will be told in part {number}."
    return document(f"r{number}", text, published=DAY + timedelta(days=day), outlet=outlet)


def test_a_line_in_four_reports_of_one_outlet_over_more_than_a_month_is_left_out() -> None:
    reports = [printed(number, 12 * number) for number in range(4)]
    repeated = Repeated()
    assert repeated.add(reports[:3]) == set()
    assert repeated.add(reports[3:]) == {report.id for report in reports}
    left = repeated.without(reports[0])
    assert MARGIN not in left
    assert len(left) == len(reports[0].text)
    assert left.split() == reports[0].text.replace(MARGIN, "").split()


def test_what_an_outlet_repeats_within_days_stays() -> None:
    reports = [printed(number, number) for number in range(6)]
    repeated = Repeated()
    assert repeated.add(reports) == set()
    assert repeated.without(reports[0]) == reports[0].text


def test_agency_copy_in_many_outlets_stays() -> None:
    reports = [printed(number, 12 * number, outlet=f"Outlet {number}") for number in range(6)]
    repeated = Repeated()
    assert repeated.add(reports) == set()
    assert repeated.without(reports[0]) == reports[0].text


def test_a_report_of_no_known_outlet_stays_whole() -> None:
    reports = [replace(printed(number, 12 * number), outlet=None) for number in range(6)]
    assert Repeated().add(reports) == set()


def test_the_order_of_arrival_changes_nothing() -> None:
    reports = [printed(number, 12 * number) for number in range(5)]
    forwards, backwards = Repeated(), Repeated()
    for report in reports:
        forwards.add([report])
    backwards.add(list(reversed(reports)))
    assert [forwards.without(report) for report in reports] == [backwards.without(report) for report in reports]
