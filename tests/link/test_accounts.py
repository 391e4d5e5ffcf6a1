"""What one document tells of one event, and names of places that only one of two reports lets resolve."""

from dataclasses import replace
from datetime import timedelta

from claim_builders import DAY, claim, document, figure, on, place
from corroborate.link import link
from corroborate.link.conflict import same_area
from corroborate.link.features import read_claim
from corroborate.model import Claim, Place

ACT = "Gunmen attacked Kelva on Wednesday. "


def _open(words: str, name: str) -> Place:
    """Return a place whose name the gazetteer did not settle."""
    return replace(place(words, name), gazetteer_id=None, lat=None, lon=None, precision_km=None, country=None)


def _joined(*claims: Claim, documents: tuple[object, ...]) -> bool:
    clusters = link(documents, claims).clusters  # type: ignore[arg-type]
    return any({one.id for one in claims} <= set(cluster.claims) for cluster in clusters)


def test_the_toll_in_the_sentence_after_an_act_is_that_of_the_act() -> None:
    source = document("a", ACT + "31 people were killed, the mayor said.")
    act = claim(source, "Gunmen attacked Kelva on Wednesday", mode="firearms")
    toll = claim(source, "31 people were killed", mode=None, undated=True, figures=(figure(source.text, "31", 31),))
    assert _joined(act, toll, documents=(source,))


def test_a_toll_of_another_place_is_not_that_of_the_act_before() -> None:
    source = document("a", ACT + "31 people were killed in Dormen, the mayor said.")
    act = claim(source, "Gunmen attacked Kelva on Wednesday", mode="firearms")
    killed = (figure(source.text, "31", 31),)
    toll = claim(source, "31 people were killed in Dormen", at="Dormen", mode=None, undated=True, figures=killed)
    assert not _joined(act, toll, documents=(source,))


def test_a_village_that_one_report_leaves_open_is_the_one_of_its_name() -> None:
    a, b = document("a", "A rocket hit a yard in Kelva."), document("b", "In the north a rocket struck Kelva.")
    left_open = replace(claim(a), places=(_open(a.text, "Kelva"),))
    assert _joined(left_open, claim(b), documents=(a, b))


def test_two_places_of_one_name_that_are_both_known_stay_two() -> None:
    a, b = document("a", "A rocket hit a yard in Kelva."), document("b", "In the north a rocket struck Kelva.")
    elsewhere = replace(place(b.text, "Kelva"), gazetteer_id="x:9", lat=45.0, lon=3.0)
    assert not _joined(claim(a), replace(claim(b), places=(elsewhere,)), documents=(a, b))


def test_a_denial_right_after_an_act_is_of_the_act() -> None:
    text = "Drones struck Kelva on Wednesday. The ministry denied that drones had struck Kelva."
    source = document("a", text, published=DAY + timedelta(days=2))
    act = claim(source, "Drones struck Kelva on Wednesday", mode="drone")
    denial = claim(source, "drones had struck Kelva", mode="drone", undated=True, modality="denied", polarity="negated")
    other = claim(source, "drones had struck Kelva", mode="drone", undated=True, ordinal=1)
    assert _joined(act, denial, documents=(source,))
    assert not _joined(act, other, documents=(source,))


def test_the_same_few_dead_of_one_place_told_twice_in_a_document_are_the_same() -> None:
    text = "A drone hit a clinic in Kelva. Three people were killed. Much later, crews found three bodies in Kelva."
    source = document("a", text)
    first = claim(source, "Three people were killed", mode=None, figures=(figure(text, "Three", 3),))
    again = claim(
        source, "crews found three bodies in Kelva", mode=None, undated=True, figures=(figure(text, "three", 3),)
    )
    other = replace(again, when=on(DAY - timedelta(days=5)))
    assert _joined(first, again, documents=(source,))
    assert not _joined(first, other, documents=(source,))


def test_two_villages_of_one_name_with_one_toll_on_one_day_are_one() -> None:
    text = "Government forces killed 43 people in Kelva."
    a, b = document("a", text), document("b", text.replace("Government", "Army"))
    elsewhere = replace(place(b.text, "Kelva"), gazetteer_id="x:9", lat=45.0, lon=3.0)
    one, other = (claim(d, figures=(figure(d.text, "43", 43),)) for d in (a, b))
    assert _joined(one, replace(other, places=(elsewhere,)), documents=(a, b))
    later = replace(other, places=(elsewhere,), when=on(DAY - timedelta(days=1)))
    assert not _joined(one, later, documents=(a, b))


def test_a_town_that_is_left_open_is_as_wide_as_the_one_of_its_name() -> None:
    a, b = document("a", "Jets bombed Sarrat."), document("b", "Jets bombed Sarrat province.")
    city, province = claim(a, at="Sarrat"), claim(b, at="Sarrat province")
    left_open = replace(city, places=(_open(a.text, "Sarrat"),))
    no_city = replace(province, places=(replace(place(b.text, "Sarrat province"), name="Sarrat"),))
    assert same_area(read_claim(left_open, a), read_claim(city, a))
    assert not same_area(read_claim(left_open, a), read_claim(no_city, b))
