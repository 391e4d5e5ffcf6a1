from dataclasses import replace

import pytest

from corroborate.knowledge.gazetteer import Entry, Gazetteer, PlaceKind, city_radius
from corroborate.knowledge.placenames import place_key
from corroborate.knowledge.sphere import distance_km
from corroborate.model import Place
from corroborate.read.where.find import find_places
from docs import plain


def entry(number: int, name: str, lat: float, lon: float, country: str, people: int, kind: PlaceKind = "city") -> Entry:
    radius = city_radius(people) if kind == "city" else 300.0
    return Entry(
        id=str(number), name=name, lat=lat, lon=lon, radius_km=radius, country=country, admin1="04", population=people,
        kind=kind,
    )  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.of(
        [
            (entry(1, "Ar Raqqah", 35.95, 39.0, "SY", 530_000), ["Raqqa"]),
            (entry(2, "Tadmur", 34.56, 38.28, "SY", 51_000), ["Palmyra"]),
            (entry(3, "Palmyra", 42.0, -75.0, "US", 3_500), []),
            (entry(4, "Damascus", 33.5, 36.3, "SY", 1_500_000), []),
            (entry(5, "Syria", 35.0, 38.0, "SY", 17_000_000, "country"), []),
            (entry(6, "Springfield", 39.8, -89.6, "US", 110_000), []),
            (entry(7, "Springfield", 42.1, -72.6, "US", 150_000), []),
            (entry(8, "Hamam", 41.0, 29.0, "TR", 12_000), []),
            (entry(9, "Ma‘dān", 35.75, 39.6, "SY", 0), []),
        ]
    )


def places(text: str, gazetteer: Gazetteer, *names: str, **labels: str) -> list[Place]:
    return find_places(plain(text, {**dict.fromkeys(names, "LOC"), **labels}), gazetteer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ar Raqqah", "Raqqa"),
        ("Rakka", "Ar-Raqqa"),
        ("al-Hamam", "al Hammam"),
        ("Deir ez-Zor", "Deir Ezzor"),
        ("Ma‘dān", "Maadan"),
        ("Ḩamāh", "Hama"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other) != ""


def test_different_names_have_different_keys() -> None:
    assert len({place_key(name) for name in ("Homs", "Hama", "Hamam", "Raqqa", "Aleppo")}) == 5


def test_a_namesake_gives_way_to_the_document_s_country(gazetteer: Gazetteer) -> None:
    text = "Syrian troops left Raqqa for Palmyra."
    raqqa, palmyra = places(text, gazetteer, "Raqqa", "Palmyra")
    assert (raqqa.gazetteer_id, palmyra.gazetteer_id) == ("1", "2")
    assert text[palmyra.start : palmyra.end] == palmyra.text == "Palmyra"


def test_a_city_and_its_country_side_by_side_are_two_places(gazetteer: Gazetteer) -> None:
    assert [p.name for p in places("strikes hit Raqqa Syria", gazetteer, "Raqqa", "Syria")] == [
        "Raqqa",
        "Syria",
    ]


def test_one_open_place_does_not_lose_the_others(gazetteer: Gazetteer) -> None:
    unknown, damascus = places("Syrian forces shelled Ratla from Damascus.", gazetteer, "Ratla", "Damascus")
    assert (unknown.name, unknown.gazetteer_id, unknown.lat, unknown.precision_km) == ("Ratla", None, None, None)
    assert damascus.gazetteer_id == "4"


def test_namesakes_that_cannot_be_told_apart_stay_open(gazetteer: Gazetteer) -> None:
    (place,) = places("He was seen in Springfield.", gazetteer, "Springfield")
    assert (place.lat, place.gazetteer_id) == (None, None)


def test_a_village_in_a_country_never_spoken_of_stays_open(gazetteer: Gazetteer) -> None:
    text = "Syrian troops in Damascus left Hamam and Palmyra."
    assert {p.name: p.country for p in places(text, gazetteer, "Damascus", "Hamam", "Palmyra")}["Palmyra"] == "SY"


def test_an_offset_has_a_point_an_honest_radius_and_gives_both_to_the_villages_put_there(gazetteer: Gazetteer) -> None:
    text = (
        "Syrian units left the localities of Tadia and al Hamam located 19 kilometers southwest of Raqqa and headed on"
    )
    tadia, hamam, offset = places(text, gazetteer, "Tadia", "Raqqa", Hamam="PERSON")
    assert offset.relation is not None
    assert (offset.relation.kind, offset.relation.bearing, offset.relation.km) == ("offset", 225.0, 19.0)
    assert offset.relation.of == ("Raqqa",)
    assert offset.lat is not None
    assert offset.lon is not None
    assert offset.lat < 35.95
    assert offset.lon < 39.0
    assert distance_km(offset.lat, offset.lon, 35.95, 39.0) == pytest.approx(19, abs=0.1)
    assert offset.precision_km is not None
    assert 7 < offset.precision_km < 19
    assert [(p.name, p.lat, p.relation) for p in (tadia, hamam)] == [
        ("Tadia", offset.lat, offset.relation),
        ("al Hamam", offset.lat, offset.relation),
    ]


def test_a_direction_in_miles_without_a_known_place_has_no_point(gazetteer: Gazetteer) -> None:
    (place,) = places("Syrian jets hit a post 10 miles north of Ratla.", gazetteer, "Ratla")
    assert place.relation is not None
    assert place.relation.km == pytest.approx(16.093)
    assert (place.lat, place.precision_km) == (None, None)


@pytest.mark.parametrize(
    ("text", "kind", "bearing"),
    [
        ("a camp near Raqqa", "near", None),
        ("on the outskirts of Raqqa", "near", None),
        ("in eastern Raqqa", "part_of", 90.0),
        ("a road south of Raqqa", "near", 180.0),
    ],
)
def test_relations(text: str, kind: str, bearing: float | None, gazetteer: Gazetteer) -> None:
    (place,) = places(f"Syrian jets bombed {text}.", gazetteer, "Raqqa")
    assert place.relation is not None
    assert (place.relation.kind, place.relation.bearing, place.relation.of) == (kind, bearing, ("Raqqa",))
    assert place.gazetteer_id is None  # it is not the city itself
    assert place.precision_km is not None
    assert place.precision_km >= city_radius(530_000) - 0.1


def test_between_two_places_lies_in_the_middle(gazetteer: Gazetteer) -> None:
    (place,) = places("Syrian jets hit the road between Raqqa and Palmyra.", gazetteer, "Raqqa", "Palmyra")
    assert place.relation is not None
    assert (place.relation.kind, place.relation.of) == ("between", ("Raqqa", "Palmyra"))
    assert place.lat == pytest.approx((35.95 + 34.56) / 2)
    assert place.precision_km is not None
    assert place.precision_km > distance_km(35.95, 39.0, 34.56, 38.28) / 2


def test_a_province_is_not_the_city_of_its_name(gazetteer: Gazetteer) -> None:
    (place,) = places("Strikes in Raqqa province in Syrian territory", gazetteer, "Raqqa")
    assert place.gazetteer_id is None
    assert place.precision_km is not None
    assert place.precision_km > 20


@pytest.fixture(scope="module")
def province() -> Gazetteer:
    """A province with its town of the same name, and sixteen towns around."""
    towns = [
        replace(
            entry(20 + 4 * row + column, f"Town {row} {column}", 35.5 + row * 0.2, 36.2 + column * 0.2, "SY", 0),
            admin1="12",
        )
        for row in range(4)
        for column in range(4)
    ]
    area = replace(entry(10, "Idlib", 35.8, 36.5, "SY", 440_000, "state"), admin1="12", radius_km=46.0)
    town = replace(entry(11, "Idlib", 35.93, 36.63, "SY", 128_000), admin1="12")
    syria = entry(5, "Syria", 35.0, 38.0, "SY", 17_000_000, "country")
    return Gazetteer.of([(place, []) for place in (*towns, area, town, syria)])


@pytest.mark.parametrize(
    ("text", "bearing", "name"),
    [
        ("in northern Idlib countryside", 0.0, "northern Idlib countryside"),
        ("in the northern suburbs of Idlib governorate", 0.0, "the northern suburbs of Idlib"),
        ("in the Idlib northern countryside", 0.0, "Idlib northern countryside"),
        ("in the north of Idlib province", 0.0, "in the north of Idlib"),
        ("in N. Idlib", 0.0, "N. Idlib"),
        ("in NW Idlib", 315.0, "NW Idlib"),
        ("in the north-western countryside of Idlib province", 315.0, "the north-western countryside of Idlib"),
    ],
)
def test_a_side_of_a_province(text: str, bearing: float, name: str, province: Gazetteer) -> None:
    (place,) = places(f"Jets struck villages {text}, Syrian activists said.", province, "Idlib")
    assert place.relation is not None
    assert (place.relation.kind, place.relation.bearing, place.relation.of) == ("part_of", bearing, ("Idlib",))
    assert place.name == name
    assert place.lat is not None
    assert place.lat > 35.95
    assert place.precision_km is not None
    assert place.precision_km < 46
    assert (place.where_prec, place.geo_precision) == (5, 3)


@pytest.mark.parametrize(
    ("text", "ucdp"),
    [
        ("in Idlib city", 1),
        ("in Idlib province", 4),
        ("in two villages in Idlib", 4),
        ("near Idlib", 2),
        ("in Syria", 6),
    ],
)
def test_the_code_of_how_exactly_a_place_is_known(text: str, ucdp: int, province: Gazetteer) -> None:
    (place,) = places(f"Jets struck a house {text}, Syrian activists said.", province, "Idlib", "Syria")
    assert place.where_prec == ucdp


def test_the_countryside_of_a_town_is_around_it(gazetteer: Gazetteer) -> None:
    text = "Shells fell on Maadan countryside near Raqqa, Syrian activists said."
    place, _ = places(text, gazetteer, "Maadan", "Raqqa")
    assert (place.name, place.text) == ("Maadan countryside", "Maadan")
    assert place.precision_km == pytest.approx(city_radius(0) + 10, abs=0.1)
    assert (place.where_prec, place.geo_precision) == (2, 2)


def test_an_apostrophe_parts_a_country_from_its_town_and_a_few_capitals_are_no_place(gazetteer: Gazetteer) -> None:
    found = places("An IED killed two in Syria's Raqqa.", gazetteer, "Syria's Raqqa", "IED")
    assert [(p.text, p.country) for p in found] == [("Syria", "SY"), ("Raqqa", "SY")]


@pytest.mark.parametrize(
    "text",
    ["The Syrian government spoke.", "A professor of Damascus University spoke.", "The U S backed militias spoke."],
)
def test_a_word_for_a_people_or_within_a_name_is_no_place(text: str, gazetteer: Gazetteer) -> None:
    assert places(text, gazetteer) == []


def test_a_person_s_last_name_and_a_feast_are_no_places(gazetteer: Gazetteer) -> None:
    text = "Abu Omar al-Hamam was seen in Hamam on the first day of Eid al-Adha. They knew nothing of Hamam, they said."
    doc = plain(text, {"Abu Omar al-Hamam": "PERSON", "Hamam": "LOC", "Eid al-Adha": "LOC"})
    found = find_places(doc, gazetteer)
    assert [(p.text, text[p.start - 3 : p.start]) for p in found] == [("Hamam", "in ")]


def test_a_document_without_words(gazetteer: Gazetteer) -> None:
    assert find_places(plain(""), gazetteer) == []


def test_a_place_is_named_by_what_it_is_called_elsewhere_and_without_what_describes_it(gazetteer: Gazetteer) -> None:
    doc = plain(
        "Syrian jets struck the old town of Sarmaya on Monday. Rockets fell on Sarmaya again and on Raqqa.",
        {"the old town of Sarmaya": "LOC", "Raqqa": "LOC"},
    )
    assert [p.text for p in find_places(doc, gazetteer)] == ["Sarmaya", "Sarmaya", "Raqqa"]


def test_a_suburb_of_a_town_is_named_by_itself(gazetteer: Gazetteer) -> None:
    text = "Syrian rockets hit the Damascus suburb of Ardana and posts in the suburbs of Damascus."
    found = places(text, gazetteer, "Damascus", "Ardana")
    assert [(p.name, p.relation is not None) for p in found][1:] == [
        ("Ardana", False), ("the suburbs of Damascus", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "entity", "wanted"),
    [
        ("Raids in Syrias Raqqa killed two.", "Syrias Raqqa", ["Syrias", "Raqqa"]),
        ("Raids in Syrian Raqqa killed two.", "Syrian Raqqa", ["Raqqa"]),
        (
            "Raids in Syrias eastern province of Raqqa killed two.",
            "Syrias eastern province of Raqqa",
            ["Syrias", "Raqqa"],
        ),
    ],
)
def test_a_country_beside_a_name_is_no_part_of_it(
    text: str, entity: str, wanted: list[str], gazetteer: Gazetteer
) -> None:
    found = places(text, gazetteer, entity)
    assert [p.text for p in found] == wanted
    assert found[-1].country == "SY"


@pytest.mark.parametrize(
    ("text", "ucdp"),
    [
        ("in Town 0 0 in Idlib", 4),
        ("in Ardana village in Idlib", 4),
        ("in Ardana in Idlib", 1),
        ("in Town 0 0 in Idlib city", 1),
    ],
)
def test_what_a_town_lies_in_is_its_province(text: str, ucdp: int, province: Gazetteer) -> None:
    found = places(
        f"Syrian jets struck a house {text} and left Syria.", province, "Town 0 0", "Ardana", "Idlib", "Syria"
    )
    assert next(p for p in found if p.text == "Idlib").where_prec == ucdp


@pytest.mark.parametrize(
    ("text", "ucdp"),
    [
        ("Raids on Idlib killed two. The jets flew over Idlib province.", 4),
        ("Raids on Idlib killed two. The jets flew over Idlib countryside.", 4),
        ("Raids on Idlib killed two. The jets flew over Town 0 0.", 4),
        ("Raids on Idlib killed two. The jets flew over Idlib province and left the centre of Idlib.", 4),
        ("Raids on Idlib killed two. The jets left Idlib city for the centre of Idlib in Idlib province.", 1),
        ("Raids near Idlib killed two. The jets flew over Idlib province.", 2),
        ("Raids on Idlib killed two. The jets flew over the ridge.", 1),
    ],
)
def test_a_bare_name_of_a_province_and_a_lesser_town_is_the_province_where_the_text_speaks_of_it(
    text: str, ucdp: int, province: Gazetteer
) -> None:
    found = places(f"{text} Syrian activists said so in Syria.", province, "Idlib", "Town 0 0", "Syria")
    assert found[0].where_prec == ucdp


def test_a_bare_name_of_a_city_that_most_of_its_province_lives_in_is_the_city() -> None:
    area = replace(entry(10, "Aleppo", 36.3, 37.3, "SY", 2_800_000, "state"), admin1="09", radius_km=76.0)
    town = replace(entry(11, "Aleppo", 36.2, 37.16, "SY", 2_000_000), admin1="09")
    found = places(
        "Raids on Aleppo killed two. The jets flew over Aleppo province, Syrian activists said.",
        Gazetteer.of([(area, []), (town, [])]),
        "Aleppo",
    )
    assert [p.where_prec for p in found] == [1, 4]


def test_a_direction_in_kilometres_without_of_is_from_the_town(gazetteer: Gazetteer) -> None:
    (place,) = places("Syrian jets hit a farm 20 km southern Raqqa city.", gazetteer, "Raqqa")
    assert place.relation is not None
    assert (place.relation.kind, place.relation.bearing, place.relation.km) == ("offset", 180.0, 20.0)


def test_what_a_row_of_villages_lies_in_is_the_town_with_what_is_around_it(gazetteer: Gazetteer) -> None:
    text = "Shells fell on the villages of Ardana, Beltin, Corva and Dorna in east and west Maadan, not Raqqa."
    found = places(text, gazetteer, "Ardana", "Beltin", "Corva", "Dorna", "Maadan", "Raqqa")
    assert [p.name for p in found[:5]] == ["Ardana", "Beltin", "Corva", "Dorna", "Maadan"]
    assert (found[4].lat, found[4].precision_km, found[4].relation) == (35.75, 13.0, None)


def test_a_place_and_the_side_of_another_named_as_one_are_two(gazetteer: Gazetteer) -> None:
    text = "Shells fell on the town of Palmyra, west of Raqqa."
    found = places(text, gazetteer, "the town of Palmyra, west of Raqqa")
    assert [place.name for place in found] == ["Palmyra", "west of Raqqa"]


def test_what_was_called_a_person_but_heads_a_bulletin_or_has_residents_is_a_place(gazetteer: Gazetteer) -> None:
    assert [p.name for p in places("Palmyra. Shells on the mill.", gazetteer, Palmyra="PERSON")] == ["Palmyra"]
    assert [p.name for p in places("The priest of Dunmor fled.", gazetteer, Dunmor="PERSON")] == ["Dunmor"]
    assert places("Dunmor. Shells on the mill.", gazetteer, Dunmor="PERSON") == []
    assert places("The wife of Dunmor fled.", gazetteer, Dunmor="PERSON") == []


def test_a_side_that_is_part_of_a_name_stays_in_it() -> None:
    gazetteer = Gazetteer.of(
        [
            (entry(1, "Sudan", 16.0, 30.0, "SD", 44_000_000, "country"), []),
            (entry(2, "South Sudan", 7.0, 30.0, "SS", 11_000_000, "country"), []),
            (entry(3, "Darfur", 13.0, 24.0, "SD", 9_000_000, "region"), []),
            (entry(4, "Oklahoma", 35.5, -97.0, "US", 3_900_000, "state"), []),
            (entry(5, "Oklahoma City", 35.47, -97.5, "US", 630_000), []),
        ]
    )
    found = places(
        "Two died in South Sudan, four in southern Sudan and one in southwest Oklahoma City.", gazetteer,
        "South Sudan", "Sudan", "Oklahoma City",
    )  # fmt: skip
    assert [place.name for place in found] == ["South Sudan", "southern Sudan", "southwest Oklahoma City"]
    assert found[0].gazetteer_id == "2"
    assert found[1].relation is not None
    assert found[1].country == "SD"
    assert found[2].relation is not None
    assert found[2].relation.of == ("Oklahoma City",)


def test_a_street_is_no_town_and_a_word_that_opens_a_sentence_no_village() -> None:
    gazetteer = Gazetteer.of(
        [
            (entry(1, "Center", 41.4, -81.6, "US", 500), []),
            (entry(2, "Man", 37.7, -81.9, "US", 800), []),
        ]
    )
    text = "Man dies on Center Street. The man was shot on Center Street."
    doc = plain(text, dict.fromkeys(("Man", "Center"), "LOC"))
    doc[7].pos_ = "NOUN"
    assert doc[7].text == "man"
    assert [(p.name, p.lat) for p in find_places(doc, gazetteer)] == [("Center Street", None)] * 2


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Talks between Damascus and Ankara went on, Syrian and Turkish envoys said.", ("Damascus", "Ankara"), 2),
        ("Talks between Syria and Damascus went on.", ("Syria", "Damascus"), 2),
        ("Shells hit the road between Damascus and Raqqa, Syrian activists said.", ("Damascus", "Raqqa"), 1),
    ],
)
def test_what_lies_between_two_states_or_far_cities_is_no_place(text: str, names: tuple[str, ...], wanted: int) -> None:
    known = Gazetteer.of(
        [
            (entry(1, "Raqqa", 35.95, 39.0, "SY", 530_000), []),
            (entry(4, "Damascus", 33.5, 36.3, "SY", 1_500_000), []),
            (entry(5, "Syria", 35.0, 38.0, "SY", 17_000_000, "country"), []),
            (entry(6, "Ankara", 39.9, 32.85, "TR", 3_500_000), []),
        ]
    )
    assert len(places(text, known, *names)) == wanted


def test_a_hashtag_has_its_side_and_a_part_of_the_world_is_no_place(province: Gazetteer) -> None:
    text = "A mine killed two in southern #Idlib, Syrian activists said, as all over the Middle East."
    doc = plain(text, {"Idlib": "LOC", "Middle East": "LOC"})
    (place,) = find_places(doc, province)
    assert (place.name, place.relation is not None) == ("southern #Idlib", True)


def test_a_proper_name_that_ends_in_village_is_no_village_of_the_first_word() -> None:
    green = Gazetteer.of([(entry(1, "Green", 40.9, -81.5, "US", 25_000), [])])
    (place,) = places("US troops at the Green Village were shelled.", green, "Green")
    assert (place.name, place.lat) == ("Green Village", None)


def test_a_name_in_small_letters_is_told_by_what_lies_around_it(gazetteer: Gazetteer) -> None:
    doc = plain("Syrian shells hit raqqa outskirts on Monday.")
    doc[3].pos_ = "NOUN"
    (place,) = find_places(doc, gazetteer)
    assert (place.name, place.country) == ("raqqa outskirts", "SY")


def test_a_border_is_not_the_country_and_an_operation_no_town(gazetteer: Gazetteer) -> None:
    found = places("Near the Syria border, Operation Hamam went on in Syria.", gazetteer, "Syria", "Hamam")
    assert [(p.text, p.lat is None) for p in found] == [("Near the Syria", True), ("Syria", False)]


def test_a_suburb_of_a_city_named_as_one_with_it_is_itself_and_what_describes_a_town_is_passed_over(
    gazetteer: Gazetteer,
) -> None:
    text = "Syrian rockets hit the Damascus suburb of Ardana near the rebel-held city of Raqqa."
    found = places(text, gazetteer, "Damascus suburb of Ardana", "Raqqa")
    assert [p.name for p in found][1:] == ["Ardana", "near the rebel-held city of Raqqa"]
    assert found[-1].relation is not None


@pytest.mark.parametrize(
    ("entity", "wanted"),
    [
        ("the northern Syrian city of Raqqa", ["Raqqa"]),
        ("the Damascus suburb of Ardana", ["Damascus suburb", "Ardana"]),
        ("Beltin village of Raqqa", ["Beltin", "Raqqa"]),
        ("the Assyrian village of Ardana", ["Ardana"]),
    ],
)
def test_a_name_with_what_describes_it_is_taken_apart(entity: str, wanted: list[str], gazetteer: Gazetteer) -> None:
    assert [p.name for p in places(f"Shells fell in {entity}, activists said.", gazetteer, entity)] == wanted


def test_a_building_told_by_its_town_is_in_the_town(gazetteer: Gazetteer) -> None:
    assert [p.name for p in places("A bomb went off in a Raqqa cafe.", gazetteer, "a Raqqa cafe")] == ["Raqqa"]
    assert [p.name for p in places("Raqqa bus station, Monday.", gazetteer, "Raqqa bus station")] == ["Raqqa"]
    assert [p.name for p in places("A bomb hit the Raqqa road.", gazetteer, "the Raqqa road")] == ["Raqqa road"]
