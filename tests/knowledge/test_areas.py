import pytest

from corroborate.knowledge.areas import Areas, uncapitalised

WORDS = "and then the men went down to the river with all that they could carry in the night because it was cold "


def named(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.area.country, m.area.states) for m in Areas().find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The U.S. and Syria", [("U.S.", "US", ()), ("Syria", "SY", ())]),
        ("from Augusta, Ga. to Pike County", [("Ga.", "US", ("GA",))]),
        ("in Rapides Parish on Monday", [("Rapides Parish", "US", ("LA",))]),
        ("West Virginia is not Virginia", [("West Virginia", "US", ("WV",)), ("Virginia", "US", ("VA",))]),
        ("in Ontario, Scotland and England", [("Ontario", "CA", ("08",)), ("Scotland", "GB", ("SCT",)),
                                              ("England", "GB", ("ENG",))]),
        ("they came to us in march", []),
    ],
)  # fmt: skip
def test_areas_named_in_a_text(text: str, wanted: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = named(text)
    assert [one for one in found if one[0] != "Pike County"] == wanted


def test_a_county_of_many_states_may_lie_in_each() -> None:
    ((_, country, states),) = named("near Pike County")
    assert country == "US"
    assert {"KY", "OH", "GA"} <= set(states)


def test_a_paragraph_without_capitals_is_read_all_the_same() -> None:
    text = f"Title: Evening\n\n{WORDS * 2}of syria\n\n{WORDS}"
    (span,) = uncapitalised(text)
    assert text[span[0] : span[1]] == f"{WORDS * 2}of syria"
    assert [country for _, country, _ in named(text)] == ["SY"]
