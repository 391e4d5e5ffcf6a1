"""What stands out is found in what was weighed: clashes, one mouth in several outlets, a figure told in two ways."""

from dataclasses import replace
from datetime import date

import samples

from corroborate.model import Contradiction, Origin, OriginCount, Side
from corroborate.publish.holdings import Holdings
from corroborate.publish.standouts import accounts, disputed, inner_clashes, printed_often, told_elsewhere, travelled

HELD = samples.holdings()
TEXT = "At least 300 people were killed there, and dozens were hurt."


def test_the_claims_of_one_voice_are_one_account_with_all_its_figures() -> None:
    claims = HELD.claims_in(HELD.incidents[0])
    told = accounts(claims)
    assert sorted(claim.id for account in told for claim in account.claims) == sorted(claim.id for claim in claims)
    for account in told:
        assert len({(c.document, c.voice, c.modality, c.polarity) for c in account.claims}) == 1
        assert {(q.measure, q.low) for q in account.figures} == {
            (q.measure, q.low) for c in account.claims for q in c.quantities
        }


def test_a_clash_with_a_figure_of_another_incident_is_no_disagreement_of_its_own_accounts() -> None:
    incident = HELD.incidents[0]
    assert disputed(HELD) == (incident,)
    foreign = Contradiction(
        about="place",
        sides=(
            Side(value="here", claims=incident.claims[:1], origins=("a",)),
            Side(value="there", claims=("c_elsewhere",), origins=("b",)),
        ),
        claims=(incident.claims[0], "c_elsewhere"),
    )
    alone = replace(incident, contradictions=(foreign,))
    assert list(inner_clashes(alone)) == []
    assert told_elsewhere(alone) == (foreign,)
    assert told_elsewhere(incident) == ()
    assert disputed(replace(HELD, incidents=(alone,))) == ()


def test_one_origin_counts_as_printed_often_by_its_outlets_not_by_its_documents() -> None:
    documents = [samples.document(f"n{n}", outlet, TEXT, date(2031, 5, n)) for n, outlet in enumerate("aab", 1)]
    own = samples.document("own", "Monitor", TEXT, date(2031, 5, 1))
    origin = Origin(name="Monitor", kind="organisation", party=None, documents=(), claims=())

    def held(*some: int, kind: str = "organisation") -> Holdings:
        printed = replace(origin, kind=kind, documents=tuple(documents[n].id for n in some))  # type: ignore[arg-type]
        count = OriginCount(shown=1, possible=1)
        incident = replace(HELD.incidents[0], claims=(), origins=(printed,), independent_origins=count)
        return Holdings.of(documents, (), (), (incident,))

    documents.append(own)
    assert printed_often(held(0, 1)) == ()
    assert printed_often(held(0, 3)) == ()
    assert printed_often(held(0, 2, kind="unnamed")) == ()
    (printed,) = printed_often(held(2, 1, 0))
    assert [one.outlet for one in printed.documents] == ["a", "b"]


def telling(name: str, day: int, words: str, low: float, *, bound: str = "exact"):
    text = f"{words} people were killed there."
    held = samples.document(name, name, text, date(2031, 5, day), name)
    figure = samples.quantity(text, words, measure="killed", who=None, low=low, high=None, bound=bound)
    return held, samples.claim(held, text[:-1], quantities=(figure,))


def of_two_places(*told) -> Holdings:
    """One incident a telling; each but the first has a contradiction on the place with the one before it."""
    incidents = []
    for n, (_, claim) in enumerate(told):
        sides = [Side(value=str(i), claims=(told[i][1].id,), origins=()) for i in (n - 1, n) if i >= 0]
        clash = Contradiction(
            about="place", sides=tuple(sides), claims=tuple(key for one in sides for key in one.claims)
        )
        found = (clash,) if n else ()
        incidents.append(replace(HELD.incidents[0], id=f"i_{n}", claims=(claim.id,), origins=(), contradictions=found))
    return Holdings.of((held for held, _ in told), (claim for _, claim in told), (), incidents)


def test_a_figure_that_is_told_of_several_places_is_one_path_in_order_of_publication() -> None:
    told = [telling("late", 9, "300", 300), telling("first", 3, "300", 300), telling("last", 11, "At least 300", 300)]
    (path,) = travelled(of_two_places(*told))
    assert [one.claim.document for one in path.told] == [told[n][0].id for n in (1, 0, 2)]
    assert [one.incident.id for one in path.told if one.incident] == ["i_1", "i_0", "i_2"]


def test_vague_words_and_other_figures_do_not_travel() -> None:
    assert travelled(of_two_places(telling("a", 1, "300", 300), telling("b", 2, "200", 200))) == ()
    vague = [telling(name, 1, "Dozens of", 24, bound="vague") for name in "ab"]
    assert travelled(of_two_places(*vague)) == ()
