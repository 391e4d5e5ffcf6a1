from dataclasses import replace
from datetime import date, timedelta

import pytest

from claim_builders import DAY, claim, document, figure, hop
from corroborate.errors import CorroborateError
from corroborate.model import AllegedActor, Cluster, Harm, Incident, Range, When
from corroborate.weigh import weigh
from corroborate.weigh.check import Reference, check, read_references

HEAD = "event_id_cnty,event_date,time_precision,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,"
ACLED = f"""{HEAD}fatalities
ARD1,12 March 2031,1,Military Forces of Russia,Civilians (Ardania),Ardania,Dovrin,Kelva,35.01,38.01,1,41
ARD2,14 March 2031,2,Unidentified,Civilians (Ardania),Ardania,Dovrin,Kelva,35.01,38.01,1,4
ARD3,12 March 2031,1,Unidentified,Civilians (Ardania),Ardania,Sarrat,Dormen,35.90,38.90,1,41
"""


def rows(text: str) -> tuple[Reference, ...]:
    return read_references(text.encode(), "list.csv").rows


ABOUT_44 = Range(min=41, max=44)


def incident(killed: Range | None = ABOUT_44, **more: object) -> Incident:
    source = document("a", "The Kelva clinic said 44 died in Kelva.")
    told = claim(source, chain=(hop("Kelva clinic", "organisation"),), figures=(figure(source.text, "44", 44),))
    cluster = Cluster(claims=(told.id,), aggregate=False)
    made = weigh([cluster], [source], [told], ())[0]
    return replace(made, harm={"unspecified": Harm(killed=killed)} if killed else {}, **more)  # type: ignore[arg-type]


def said(found: Incident, text: str = ACLED) -> dict[str, dict[str, str]]:
    compared = check([found], rows(text))
    return {one.reference or "-": {f.field: f.agreement for f in one.fields} for one in compared}


def test_the_row_of_the_day_and_place_comes_first_and_a_far_place_is_none() -> None:
    found = said(incident())
    assert list(found) == ["ARD1", "ARD2"]
    assert found["ARD1"] == {"date": "agree", "place": "agree", "party": "missing", "killed": "agree"}
    assert found["ARD2"]["killed"] == "differ"


def test_each_field_says_why() -> None:
    russian = AllegedActor(name="Russian jets", party="ru.mil", claims=())
    actors = (russian,)
    (first, *_) = check([incident(Range(min=50, max=None), alleged_actors=actors)], rows(ACLED))
    fields = {field.field: field for field in first.fields}
    assert (fields["killed"].agreement, fields["killed"].ours, fields["killed"].theirs) == (
        "differ",
        "at least 50",
        "41",
    )
    assert "more than the list" in fields["killed"].why
    assert fields["party"].agreement == "agree"
    other = AllegedActor(name="US jets", party="us.mil", claims=())
    (first, *_) = check([incident(alleged_actors=(other,))], rows(ACLED))
    assert {field.field: field.agreement for field in first.fields}["party"] == "differ"


def test_no_row_far_in_time_and_the_reason_names_the_nearest() -> None:
    later = DAY + timedelta(days=40)
    when = When(text=None, start=later, end=later, precision="day", basis=None)
    (none,) = check([incident(when=when)], rows(ACLED))
    assert none.reference is None
    assert "ARD2, is 35 days away" in none.why


def test_without_a_day_the_number_of_dead_must_agree() -> None:
    assert list(said(incident(when=None))) == ["ARD1"]
    assert list(said(incident(None, when=None))) == ["-"]
    assert list(said(incident(when=None, where=None))) == ["-"]


def test_columns_of_ucdp_and_of_airwars() -> None:
    ucdp = (
        "id,date_prec,date_start,date_end,where_prec,where_coordinates,latitude,longitude,side_a,side_b,"
        "deaths_civilians,best,high,low\n"
        "7,2,2031-03-11 00:00:00.000,2031-03-13 00:00:00.000,2,Kelva town,35.2,38.1,Government of Syria,Civilians,"
        "40,43,50,40\n"
    )
    (row,) = rows(ucdp)
    assert (row.id, row.start, row.end, row.radius) == ("7", date(2031, 3, 11), date(2031, 3, 13), 25)
    assert (row.killed, row.civilians, row.parties) == ((40, 50), False, ("Government of Syria",))
    airwars = (
        "Unique Reference Code;Incident Date;Location;Belligerent;Civilians Killed Min;Civilians Killed Max\n"
        "X001;2031-03-12;Kelva;Russian Military;17;23\n"
    )
    (row,) = rows(airwars)
    assert (row.id, row.killed, row.civilians, row.place) == ("X001", (17, 23), True, "Kelva")


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    found = read_references(
        (ACLED + "x,y\nARD9,99 March,1,,,,,Kelva,35,38,1,4\nARD8,2031-03-12,1,,,,,Kelva,91,38,1,4\n").encode(), "l"
    )
    assert [row.id for row in found.rows] == ["ARD1", "ARD2", "ARD3"]
    assert [problem.code for problem in found.problems] == ["N651"] * 3
    assert [problem.detail.split(" ")[0].rstrip(":") for problem in found.problems] == ["5", "6", "7"]


def test_days_that_can_be_two_are_not_guessed() -> None:
    head = "date,place,killed\n"
    assert not rows(head + "03/04/2031,Kelva,4\n")
    assert [row.start for row in rows(head + "03/04/2031,Kelva,4\n25/04/2031,Kelva,4\n")] == [
        date(2031, 4, 3),
        date(2031, 4, 25),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E601"),
        (b"\xff\xfe\x00\x00", "E601"),
        (b"place,killed\nKelva,4\n", "E602"),
        (b"date,killed\n2031-03-12,4\n", "E602"),
    ],
)
def test_what_is_no_list_is_a_coded_error(data: bytes, code: str) -> None:
    with pytest.raises(CorroborateError, match=code):
        read_references(data, "list.csv")


def test_a_list_in_an_old_encoding_is_read() -> None:
    assert read_references("date,place,killed\n2031-03-12,Málva,4\n".encode("cp1252"), "l").rows[0].place == "Málva"
