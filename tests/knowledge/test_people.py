from datetime import date

import pytest

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.knowledge.people import Officials

PARTIES = Parties.load()


@pytest.mark.parametrize(
    ("name", "on", "party"),
    [
        ("Sergey Lavrov", date(2017, 6, 1), "ru.mfa"),
        ("Sergei Lavrov", None, "ru.mfa"),
        ("Lavrov", date(2003, 1, 1), None),
        ("John Kerry", date(2016, 10, 17), "us.mfa"),
        ("John Kerry", date(2017, 2, 1), None),
        ("John Kerry", None, None),
        ("Mark Rutte", date(2020, 1, 1), "nl.gov"),
        ("Mark Rutte", date(2025, 1, 1), "nato"),
        ("Mark Rutte", None, None),
        ("Rami Abdulrahman", None, "sohr"),
        ("Volodymyr Zelenskyy", date(2022, 3, 1), "ua.gov"),
        ("Ammar al Assad", date(2017, 6, 20), None),
        ("Nobody Known", None, None),
    ],
)
def test_for_whom_somebody_speaks_by_office(name: str, on: date | None, party: str | None) -> None:
    assert PARTIES.of_person(name, on) == party


def test_every_office_is_of_a_party_and_its_days_are_in_order() -> None:
    for party in Officials(lexicon("people")).parties():
        PARTIES.get(party)
    for person in lexicon("people")["person"]:
        for office in person["offices"]:
            assert not ("since" in office and "until" in office) or office["since"] < office["until"], person["names"]


def test_two_persons_of_one_name_are_an_error() -> None:
    office = [{"party": "un"}]
    twice = {"source": "", "person": [{"names": ["A B"], "offices": office}, {"names": ["A  B"], "offices": office}]}
    with pytest.raises(ValueError, match="the name of two persons"):
        Officials(twice)
