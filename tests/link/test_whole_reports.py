"""Likeness of whole reports, from 64 documents on, where the rarity of terms speaks."""

from datetime import timedelta
from random import Random

import pytest

from claim_builders import DAY, claim, document, figure
from corroborate.link import Linked, Linking, link
from corroborate.model import Claim, Document

NAMES = ("Orsin", "Velda", "Marek", "Tiran", "Halma", "Sorel", "Brenna", "Kasim", "Lovis", "Dagny", "Ferro", "Junis")
MARGIN = "Ferry fares rise again this autumn, says the company"


def report(number: int, outlet: str, day: int, victim: str, age: int, words: str) -> tuple[Document, Claim]:
    text = f"{victim} Halvorsen-{number // 2}, {age}, was killed {words}. The family named no one.\n{MARGIN}\n"
    text = text if outlet == "The Ferry Post" else text.replace(MARGIN, "")
    source = document(f"r{number}", text, outlet=outlet, published=DAY + timedelta(days=day))
    return source, claim(source, at=None, undated=True, figures=(figure(text, "was killed", 1),))


def reports() -> list[tuple[Document, Claim]]:
    """Forty deaths, each in two outlets on following days; the first outlet has a line in its margin."""
    found = []
    for event in range(40):
        victim, age, day = f"{NAMES[event % 12]}{'abcd'[event // 12]}", 20 + event, 5 * event
        found.append(report(2 * event, "The Ferry Post", day, victim, age, "on the road to the quarry"))
        found.append(report(2 * event + 1, "Northern Wire", day + 1, victim, age, "by a shell, a neighbour said"))
    return found


def groups(linked: Linked) -> set[frozenset[str]]:
    return {frozenset(cluster.claims) for cluster in linked.clusters}


def test_reports_that_name_the_same_people_are_one_incident_and_no_others() -> None:
    told = reports()
    found = groups(link([document for document, _ in told], [claim for _, claim in told]))
    pairs = {frozenset({told[i][1].id, told[i + 1][1].id}) for i in range(0, len(told), 2)}
    assert found == pairs


def test_the_order_of_arrival_changes_nothing_where_rarity_and_repeated_lines_change() -> None:
    told = reports()
    whole = link([document for document, _ in told], [claim for _, claim in told])
    Random(7).shuffle(told)
    linking = Linking()
    for start in range(0, len(told), 11):
        part = told[start : start + 11]
        linking.add([document for document, _ in part], [claim for _, claim in part])
        linking.linked()
    grown = linking.linked()
    assert groups(grown) == groups(whole)
    assert grown.links == whole.links


@pytest.mark.parametrize("each_names_both", [True, False])
def test_like_reports_of_two_places_are_one_incident_only_where_each_names_the_place_of_the_other(
    each_names_both: bool,
) -> None:
    names = "Aldo Varnik, Mira Oszlan, Pell Garrow and Jory Tamblin"
    told = reports()
    for at, other, said in (
        ("Kelva", "Dormen", "died under shellfire"),
        ("Dormen", "Kelva", "lost their lives at dawn"),
    ):
        text = f"{names} {said} on the Sommer quay. {at} mourns. {f'{other} mourns. ' if each_names_both else ''}"
        source = document(at, text + "Warden Ulric Besson spoke to Hanno Drexel of the Lindqvist ferry.")
        told.append((source, claim(source, said, at=at, undated=True)))
    found = groups(link([document for document, _ in told], [claim for _, claim in told]))
    assert (frozenset({told[-2][1].id, told[-1][1].id}) in found) == each_names_both
