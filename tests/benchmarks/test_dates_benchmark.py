import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from benchmarks.dates import Story, Tally, Timex, interval_of, is_right, read_stories
from corroborate.model import Span, When
from corroborate.read.mentions import DateMention

TML = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2017-06-20">20 June</TIMEX3></DCT>
<TEXT>They <EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1" type="DATE" value="2017-06-16">last
<EVENT eid="e2">Friday</EVENT></TIMEX3>
&amp; stayed <TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT></TimeML>"""


def test_the_files_are_read_alone_in_folders_and_in_archives(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TML)
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("part/a.tml")
        member.size = len(TML.encode())
        archive.addfile(member, io.BytesIO(TML.encode()))
    stories = [next(read_stories(path)) for path in (tmp_path / "a.tml", tmp_path, tmp_path / "all.tar.gz")]
    assert stories[0] == stories[1] == stories[2]
    story = stories[0]
    assert story.created == date(2017, 6, 20)
    assert [(t.type, t.value) for t in story.times] == [("DATE", "2017-06-16"), ("DURATION", "P2D")]
    assert [story.text[t.start : t.end] for t in story.times] == ["last\nFriday", "two days"]


def test_what_is_no_xml_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.tml").write_text("<TimeML>")
    with pytest.raises(ValueError, match=r"bad\.tml"):
        list(read_stories(tmp_path / "bad.tml"))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2017-06-16", date(2017, 6, 16), date(2017, 6, 16)),
        ("2017-W24", date(2017, 6, 12), date(2017, 6, 18)),
        ("2017-W24-WE", date(2017, 6, 17), date(2017, 6, 18)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
    ],
)
def test_the_days_of_a_value(value: str, first: date, last: date) -> None:
    assert interval_of(value) == (first, last)


@pytest.mark.parametrize("value", ["PRESENT_REF", "2017-Q3", "2017-SU", "201", "2017-06-XX", "P2D"])
def test_other_values_are_not_asked_for(value: str) -> None:
    assert interval_of(value) is None


def _mention(text: str, named: str, start: date | None, end: date | None) -> DateMention:
    span = Span.of(text, 0, len(text))
    at = text.index(named)
    when = When(text=text, start=start, end=end, precision="day", basis=None)
    return DateMention(span=span, named=Span.of(text, at, at + len(named)), kind="date", when=when)


def _timex(value: str, mod: str | None = None) -> Timex:
    return Timex(0, 1, "DATE", value, mod)


def test_when_a_value_is_right() -> None:
    june, early = (date(2017, 6, 1), date(2017, 6, 30)), (date(2017, 6, 1), date(2017, 6, 10))
    assert is_right("June", _timex("2017-06"), _mention("June", "June", *june))
    assert not is_right("June", _timex("2017-05"), _mention("June", "June", *june))
    assert not is_right("June", _timex("2017-06"), _mention("June", "June", *early))
    assert is_right("early June", _timex("2017-06"), _mention("early June", "early June", *early))
    assert is_right("June", _timex("2017-06", "START"), _mention("June", "June", *early))
    assert not is_right("June", _timex("2017-06"), _mention("June", "June", None, None))


def test_one_open_side_is_measured_on_the_other() -> None:
    since = _mention("since June", "June", date(2017, 6, 1), date(2017, 6, 20))
    assert is_right("since June", _timex("2017-06"), since)
    assert not is_right("since June", _timex("2017"), since)
    before = _mention("before June", "June", None, date(2017, 5, 31))
    assert is_right("before June", _timex("2017-06"), before)
    assert not is_right("until June", _timex("2017-06"), _mention("until June", "June", None, date(2017, 5, 31)))


def test_what_is_not_found_is_wrong() -> None:
    tally = Tally()
    tally.add(Story("a", "on Friday", None, (Timex(3, 9, "DATE", "2017-06-16", None),)), [])
    figures = tally.figures(1)
    assert (figures["value_right"], figures["value_right_found"], figures["span_f1"]) == (0.0, None, 0.0)
