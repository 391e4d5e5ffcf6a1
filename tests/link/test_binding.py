"""What people decided binds the linking, whatever comes later and in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented import reporting
from claim_builders import DAY, claim, document, figure, on
from corroborate.link import Linked, Linking, link
from corroborate.model import Binding, Claim, Decision, DecisionKind, Document, Ruling

_KINDS: dict[Binding, DecisionKind] = {"together": "same", "apart": "not_same", "pinned": "accept"}


def ruling(binds: Binding, *sides: tuple[str, ...], number: int = 0) -> Ruling:
    decision = Decision(
        id=f"j_{number}", by="N. N.", at=datetime(2031, 4, 1, tzinfo=UTC), what=_KINDS[binds],
        on=tuple(side[0] for side in sides), why="test", supersedes=None, changes=(),
    )  # fmt: skip
    return Ruling(decision=decision, sides=sides, binds=binds)


def report(number: int, at: str = "Kelva", dead: int = 44, day: int = 0) -> tuple[Document, Claim]:
    text = f"An air strike on {at} killed {dead} people, witness {number} said."
    when = DAY + timedelta(days=day)
    source = document(f"r{number}", text, published=when)
    return source, claim(source, at=at, when=on(when), figures=(figure(text, str(dead), dead),))


REPORTS = [
    *(report(number) for number in range(4)),
    *(report(number, at="Dormen", dead=7) for number in range(4, 7)),
    *(report(number, day=2, dead=9) for number in range(7, 9)),
]
# One document of two claims that stand for one event, so that a decision may have to take an account apart.
_TEXT = "An air strike on Kelva killed 44 people. Rescuers in Kelva also counted 44 dead."
_BOTH = document("both", _TEXT)
_TWO = (
    claim(_BOTH, "An air strike on Kelva killed 44 people", figures=(figure(_TEXT, "44", 44),)),
    claim(_BOTH, "Rescuers in Kelva also counted 44 dead", figures=(figure(_TEXT, "44", 44),), mode=None),
)
DOCUMENTS = [*(one for one, _ in REPORTS), _BOTH]
CLAIMS = [*(one for _, one in REPORTS), *_TWO]
IDS = [one.id for one in CLAIMS]


def groups(linked: Linked) -> set[frozenset[str]]:
    return {frozenset(cluster.claims) for cluster in linked.clusters}


def together(linked: Linked, a: str, b: str) -> bool:
    return any({a, b} <= group for group in groups(linked))


def test_two_claims_that_a_person_held_apart_are_apart() -> None:
    assert together(link(DOCUMENTS, CLAIMS), IDS[0], IDS[1])
    linked = link(DOCUMENTS, CLAIMS, [ruling("apart", (IDS[0],), (IDS[1],))])
    assert not together(linked, IDS[0], IDS[1])


def test_claims_of_one_account_are_taken_apart() -> None:
    a, b = (one.id for one in _TWO)
    assert together(link(DOCUMENTS, CLAIMS), a, b)
    assert not together(link(DOCUMENTS, CLAIMS, [ruling("apart", (a,), (b,))]), a, b)


def test_claims_that_nothing_else_would_join_are_joined_by_a_person() -> None:
    assert not together(link(DOCUMENTS, CLAIMS), IDS[0], IDS[4])
    assert together(link(DOCUMENTS, CLAIMS, [ruling("together", (IDS[0],), (IDS[4],))]), IDS[0], IDS[4])


def test_two_reviewed_incidents_are_proposed_and_not_joined() -> None:
    linked = link(DOCUMENTS, CLAIMS, [ruling("pinned", (IDS[0], IDS[1])), ruling("pinned", (IDS[2], IDS[3]), number=1)])
    assert together(linked, IDS[0], IDS[1])
    assert not together(linked, IDS[1], IDS[2])
    assert any("reviewed" in one.because[0] for one in linked.proposals)
    said = linked.proposals[0]
    assert {said.a, said.b} <= {*IDS}


def test_what_a_person_said_is_not_the_same_is_not_proposed() -> None:
    rulings = [
        ruling("pinned", (IDS[0], IDS[1])),
        ruling("pinned", (IDS[2], IDS[3]), number=1),
        ruling("apart", (IDS[0],), (IDS[2],), number=2),
    ]
    linked = link(DOCUMENTS, CLAIMS, rulings)
    joined = {cluster.claims for cluster in linked.clusters if IDS[0] in cluster.claims}
    assert all(IDS[2] not in claims for claims in joined)
    assert not any({one.a, one.b} == {IDS[0], IDS[2]} for one in linked.proposals)


SIDE = st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True).map(tuple)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=3),
    st.lists(st.tuples(SIDE, SIDE), max_size=2),
    st.lists(SIDE, max_size=2),
)
def test_not_the_same_is_never_undone(
    apart: list[tuple[tuple[str, ...], tuple[str, ...]]],
    joined: list[tuple[tuple[str, ...], tuple[str, ...]]],
    pinned: list[tuple[str, ...]],
) -> None:
    rulings = [ruling("together", *sides, number=i) for i, sides in enumerate(joined)]
    rulings += [ruling("pinned", side, number=10 + i) for i, side in enumerate(pinned)]
    rulings += [ruling("apart", *sides, number=20 + i) for i, sides in enumerate(apart)]
    linked = link(DOCUMENTS, CLAIMS, rulings)
    for one, other in apart:
        assert not any(a != b and together(linked, a, b) for a, b in product(one, other))
    assert len([key for cluster in linked.clusters for key in cluster.claims]) == len(
        {key for cluster in linked.clusters for key in cluster.claims}
    )


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, len(DOCUMENTS) - 1), st.booleans())
def test_the_order_of_arrival_changes_nothing(random: object, cut: int, ruled: bool) -> None:
    rulings = (
        [ruling("apart", (IDS[0],), (IDS[1],)), ruling("together", (IDS[2],), (IDS[5],), number=1)] if ruled else []
    )
    expected = link(DOCUMENTS, CLAIMS, rulings)
    order = list(DOCUMENTS)
    random.shuffle(order)  # type: ignore[attr-defined]
    linking = Linking()
    for part in (order[:cut], order[cut:]):
        ids = {one.id for one in part}
        linking.add(part, [one for one in CLAIMS if one.document in ids])
        linking.linked()
    assert linking.linked(rulings) == expected


def test_a_decision_that_is_withdrawn_leaves_no_trace() -> None:
    linking = Linking()
    linking.add(DOCUMENTS, CLAIMS)
    before = linking.linked()
    linking.linked([ruling("apart", (_TWO[0].id,), (_TWO[1].id,))])
    assert linking.linked() == before


def test_an_incident_keeps_its_founder_when_later_reports_join() -> None:
    linking = Linking()
    linking.add(DOCUMENTS[:2], CLAIMS[:2])
    (founder,) = {cluster.founder for cluster in linking.linked().clusters}
    late = replace(
        DOCUMENTS[2],
        published=replace(DOCUMENTS[2].published, start=DAY + timedelta(days=1), end=DAY + timedelta(days=1)),
    )  # type: ignore[type-var]
    linking.add([late], [CLAIMS[2]])
    (cluster,) = linking.linked().clusters
    assert cluster.founder == founder
    assert len(cluster.claims) == 3


def test_every_pair_of_a_reviewed_incident_stays_together() -> None:
    side = (IDS[0], IDS[4], IDS[7])
    linked = link(DOCUMENTS, CLAIMS, [ruling("pinned", side)])
    assert all(together(linked, a, b) for a, b in combinations(side, 2))


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4), st.booleans())
def test_reports_added_bit_by_bit_are_linked_as_all_at_once(random: Random, parts: int, ruled: bool) -> None:
    # So many that the rarity of their words counts, and changes with what is added.
    documents, claims = reporting(400)
    rulings = [ruling("apart", (claims[0].id,), (claims[5].id,)), ruling("together", (claims[9].id,), (claims[99].id,))]
    expected = link(documents, claims, rulings if ruled else ())
    order = random.sample(documents, k=len(documents))
    cuts = [0, *sorted(random.sample(range(1, len(order)), k=parts)), len(order)]
    linking = Linking()
    for low, high in pairwise(cuts):
        ids = {one.id for one in order[low:high]}
        linking.add(order[low:high], [one for one in claims if one.document in ids])
        linking.linked(rulings if random.random() < 0.3 else ())
    assert linking.linked(rulings if ruled else ()) == expected
