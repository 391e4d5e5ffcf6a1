import pytest

from corroborate.read.quantity.persons import find_persons
from docs import plain


@pytest.mark.parametrize(
    ("text", "name", "age", "sex", "status"),
    [
        ("Omar Haddad, 34, was killed in the strike.", "Omar Haddad", 34, None, "killed"),
        ("Her brother Omar Haddad was wounded.", "Omar Haddad", None, None, "injured"),
        ("The raid killed 11-year-old Lina Haddad, a girl from the village.", "Lina Haddad", 11, "female", "killed"),
        ("The blast claimed the life of 47-year-old Omar Haddad.", "Omar Haddad", 47, None, "killed"),
        ("Police arrested Omar Haddad on Monday.", "Omar Haddad", None, None, "detained"),
        ("Omar Haddad has been missing since then, his father said.", "Omar Haddad", None, "male", "missing"),
    ],
)
def test_a_named_victim(text: str, name: str, age: int | None, sex: str | None, status: str) -> None:
    (person,) = find_persons(plain(text, {name: "PERSON"}))
    assert (person.name, person.age, person.status, person.private) == (name, age, status, True)
    assert text[person.start : person.end] == person.text
    if sex:
        assert person.sex == sex


@pytest.mark.parametrize(
    "text",
    [
        "Omar Haddad said that five people were killed.",
        "Omar Haddad killed two men.",
        "Omar Haddad was charged with the killing.",
        "Omar Haddad visited the town where his cousin was killed.",
    ],
)
def test_who_speaks_or_acts_is_no_victim(text: str) -> None:
    assert find_persons(plain(text, {"Omar Haddad": "PERSON"})) == []


def test_who_holds_a_public_office_is_not_private() -> None:
    (person,) = find_persons(plain("General Omar Haddad was killed.", {"Omar Haddad": "PERSON"}))
    assert not person.private
