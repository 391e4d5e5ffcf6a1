import pytest

from corroborate.knowledge.gazetteer import Entry, Gazetteer, PlaceKind
from corroborate.read.where.resolve import Asked, resolve


def entry(
    number: int, name: str, lat: float, lon: float, where: str, people: int, kind: PlaceKind = "city", seat: int = 0
) -> Entry:
    country, _, admin1 = where.partition(".")
    return Entry(
        id=str(number), name=name, lat=lat, lon=lon, radius_km=300.0 if kind != "city" else 5.0, country=country,
        admin1=admin1, population=people, kind=kind, seat=seat,
    )  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.of(
        [
            (entry(1, "Paris", 48.85, 2.35, "FR.11", 2_100_000, seat=2), []),
            (entry(2, "Paris", 33.66, -95.55, "US.TX", 25_000), []),
            (entry(3, "Paris", 36.3, -88.3, "US.TN", 10_000), []),
            (entry(4, "Texas", 31.5, -98.0, "US.TX", 29_000_000, "state"), []),
            (entry(5, "Tennessee", 35.8, -86.4, "US.TN", 6_900_000, "state"), []),
            (entry(6, "Clarksville", 33.61, -95.05, "US.TX", 3_000), []),
            (entry(7, "Clarksville", 36.53, -87.36, "US.TN", 160_000), []),
            (entry(8, "Raqqa", 35.95, 39.0, "SY.04", 220_000), []),
            (entry(9, "Raqqa", 36.0, 39.1, "SY.04", 900_000, "state"), []),
            (entry(10, "Raqqa", 36.0, 39.1, "SY.04", 600_000, "county"), []),
        ]
    )


def found(text: str, gazetteer: Gazetteer, *names: str, area: str | None = None, home: str = "") -> list[str | None]:
    asked = [Asked(text.index(n), text.index(n) + len(n), n, area) for n in names]  # type: ignore[arg-type]
    results = resolve(text, asked, gazetteer, frozenset([home]) if home else frozenset())
    return [one.entry.id if one is not None and one.is_sure else None for one in results]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A fire broke out in Paris on Monday.", "1"),
        ("A fire broke out in Paris, Texas, on Monday.", "2"),
        ("A fire broke out in Paris, TX on Monday.", "2"),
        ("A fire broke out in Paris, Tenn., on Monday.", "3"),
        ("A fire broke out in Paris, Henry County, Tenn., on Monday.", "3"),
        ("A fire broke out in Paris Texas on Monday", "2"),
    ],
)
def test_what_the_words_say_decides_between_namesakes(text: str, wanted: str, gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer, "Paris") == [wanted]


def test_said_once_it_holds_for_the_document(gazetteer: Gazetteer) -> None:
    text = "Paris, Texas, was calm. Later Paris slept."
    asked = [Asked(0, 5, "Paris"), Asked(30, 35, "Paris")]
    assert [one.entry.id for one in resolve(text, asked, gazetteer) if one] == ["2", "2"]


def test_namesakes_are_told_apart_by_each_other(gazetteer: Gazetteer) -> None:
    text = "The road from Paris to Clarksville runs through Tennessee"
    assert found(text, gazetteer, "Paris", "Clarksville", "Tennessee") == ["3", "7", "5"]


@pytest.mark.parametrize(("area", "wanted"), [(None, "8"), ("state", "9"), ("county", "10")])
def test_a_city_and_the_divisions_of_its_name(area: str | None, wanted: str, gazetteer: Gazetteer) -> None:
    assert found("shells fell on Raqqa in Syria", gazetteer, "Raqqa", area=area) == [wanted]


def test_a_division_is_found_by_another_form_of_its_name() -> None:
    places = Gazetteer.of(
        [
            (entry(1, "Idlib", 35.93, 36.63, "SY.12", 128_000), ["Idleb"]),
            (entry(2, "Idlib", 35.86, 36.63, "SY.12", 440_000, "state"), []),
            (entry(3, "Manbij", 36.53, 37.95, "SY.09", 99_000), []),
            (entry(4, "Manbij District", 36.5, 38.0, "SY.09", 200_000, "county"), []),
        ]
    )
    assert found("strikes in Idleb province in Syria", places, "Idleb", area="state") == ["2"]
    assert found("strikes in Manbij district in Syria", places, "Manbij", area="county") == ["4"]


def test_a_name_that_the_gazetteer_lacks_has_no_place(gazetteer: Gazetteer) -> None:
    text = "from Ratla to Raqqa in Syria"
    assert found(text, gazetteer, "Ratla", "Raqqa") == [None, "8"]


def test_a_town_in_a_country_never_spoken_of_is_a_stranger_unless_its_neighbours_are_named() -> None:
    places = Gazetteer.of(
        [
            (entry(1, "Zarqan", 29.8, 52.7, "IR.07", 32_000), []),
            (entry(2, "Shiraz", 29.6, 52.5, "IR.07", 1_500_000), []),
            (entry(3, "Fasa", 28.9, 53.6, "IR.07", 110_000), []),
            (entry(4, "Syria", 35.0, 38.0, "SY", 17_000_000, "country"), []),
        ]
    )
    assert found("Syrian and Turkish forces shelled Zarqan in Syria", places, "Zarqan") == [None]
    assert found("Turkish goods go from Shiraz by Fasa to Zarqan", places, "Shiraz", "Fasa", "Zarqan")[0] == "2"


def test_a_namesake_in_a_country_that_only_acts_gives_way_to_the_company_of_the_other_places() -> None:
    places = Gazetteer.of(
        [
            (entry(1, "Ardan", 34.6, 38.3, "SY.11", 51_000), ["Melmyra"]),
            *((entry(n, "Melmyra", 40.0 + n, -75.0 - n, f"US.{n}", 7_000), []) for n in range(2, 8)),
            (entry(8, "Raqqa", 35.95, 39.0, "SY.04", 220_000), []),
            (entry(9, "Damascus", 33.5, 36.3, "SY.13", 1_500_000, seat=2), []),
        ]
    )
    text = "U.S. jets and U.S. backed units struck Raqqa as Syrian troops went from Damascus to Melmyra in May."
    assert found(text, places, "Raqqa", "Damascus", "Melmyra") == ["8", "9", "1"]
    # Nothing else is named: which of the American ones is meant stays open.
    assert found("The fair in Melmyra was a success", places, "Melmyra") == [None]


def test_an_outlet_s_own_country_counts_for_what_it_writes_of_home() -> None:
    places = Gazetteer.of(
        [
            (entry(1, "Halden", 36.2, 37.2, "SY.09", 60_000), []),
            (entry(2, "Halden", 59.1, 11.4, "NO.01", 25_000), []),
        ]
    )
    assert found("The council of Halden met on Monday", places, "Halden", home="NO") == ["2"]
    text = "Syrian and Russian jets struck Halden, Syrian activists said in Syria."
    assert found(text, places, "Halden", home="NO") == ["1"]


def test_a_town_and_the_division_around_it_too_close_to_call_are_the_division() -> None:
    town = entry(1, "Qun", 33.12, 35.82, "SY.14", 36_000)
    around = entry(2, "Qun", 33.2, 35.85, "SY.14", 300_000, "state")
    other = entry(3, "Raqqa", 35.95, 39.0, "SY.04", 220_000)
    places = Gazetteer.of([(town, ["Qunaitra"]), (around, ["Qunaitra"]), (other, [])])
    assert found("shelling in Qunaitra province in Syria", places, "Qunaitra", area="state") == ["2"]
    assert found("Syrian troops left Raqqa for Qunaitra", places, "Raqqa", "Qunaitra")[1] in ("1", "2")


def test_nothing_asked() -> None:
    assert resolve("no place here", [], Gazetteer.of([])) == []


def test_a_village_is_no_large_city_and_a_division_abroad_no_neighbour() -> None:
    known = Gazetteer.of(
        [
            (entry(1, "Cairo", 30.06, 31.25, "EG.11", 9_000_000, seat=2), ["Al Qahirah"]),
            (entry(2, "Raqqa", 35.95, 39.0, "SY.04", 530_000), []),
            (entry(3, "Damascus", 33.5, 36.3, "SY.13", 1_500_000, seat=2), []),
            (entry(4, "Jura", 46.7, 5.6, "FR.27", 250_000, "county"), ["Joura"]),
        ]
    )
    text = "Syrian jets left Raqqa and Damascus and bombed Al-Qahirah village and al-Joura."
    assert found(text, known, "Raqqa", "Damascus", "Al-Qahirah", "al-Joura") == ["2", "3", None, None]


def test_in_a_text_on_several_states_a_capital_s_name_is_the_capital() -> None:
    known = Gazetteer.of(
        [
            (entry(1, "Cairo", 30.06, 31.25, "EG.11", 9_000_000, seat=2), []),
            (entry(2, "Cairo", 42.3, -74.0, "US.NY", 1_400), []),
            (entry(3, "New York", 42.0, -74.9, "US.NY", 19_000_000, "state"), []),
            (entry(4, "Moscow", 55.75, 37.6, "RU.48", 10_000_000, seat=2), []),
            (entry(5, "Syria", 35.0, 38.0, "SY", 17_000_000, "country"), []),
        ]
    )
    states = "Syria, Iran, Russia, Turkey, Jordan, Qatar and Iraq"
    text = f"In New York, envoys of {states} spoke of the Moscow and Cairo groups."
    assert found(text, known, "New York", "Moscow", "Syria", "Cairo") == ["3", "4", "5", "1"]


def test_whose_city_it_is_may_be_said_before_its_name() -> None:
    known = Gazetteer.of(
        [
            (entry(1, "Tripoli", 32.9, 13.2, "LY.77", 1_300_000, seat=2), []),
            (entry(2, "Tripoli", 34.4, 35.8, "LB.09", 230_000), []),
        ]
    )
    assert found("Jets flew in from west of the Lebanese city of Tripoli.", known, "Tripoli") == ["2"]
    assert found("Jets flew in from west of the city of Tripoli.", known, "Tripoli") == ["1"]
