from hypothesis import given
from hypothesis import strategies as st

from corroborate.link.cluster import average_linkage

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(-80, 120).map(lambda weight: weight / 10),
)
BANS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), max_size=8)


def grouped(
    weights: dict[tuple[int, int], float], bans: set[tuple[int, int]] = frozenset(), size: int = 8
) -> list[tuple[int, ...]]:  # type: ignore[assignment]
    return average_linkage(range(size), weights, lambda a, b: (a, b) in bans, threshold=2.0, unscored=0.0)


def test_one_bad_link_does_not_merge_two_groups() -> None:
    first = {(0, 1): 8.0, (0, 2): 8.0, (1, 2): 8.0}
    second = {(3, 4): 8.0, (3, 5): 8.0, (4, 5): 8.0}
    for weight in (7.0, 9.0, 17.0):
        assert grouped({**first, **second, (2, 3): weight}, size=6) == [(0, 1, 2), (3, 4, 5)]


def test_a_vague_reading_joins_by_what_it_says_and_is_no_bridge() -> None:
    group = {(0, 1): 6.0, (0, 2): 6.0, (1, 2): 6.0}
    assert average_linkage(
        range(4), {**group, (2, 3): 4.0}, lambda a, b: False, threshold=2.0, unscored=0.0, vague=frozenset({3})
    ) == [(0, 1, 2, 3)]
    apart = {(0, 1): 6.0, (2, 3): 6.0, (0, 4): 4.0, (1, 4): 4.0, (2, 4): 4.0, (3, 4): 4.0}
    groups = average_linkage(range(5), apart, lambda a, b: False, threshold=2.0, unscored=0.0, vague=frozenset({4}))
    assert not any({0, 2} <= set(found) for found in groups)


def test_a_ban_holds_for_whole_groups() -> None:
    assert grouped({(0, 1): 9.0, (1, 2): 8.0, (0, 2): 8.0}, {(0, 2)}, size=3) == [(0, 1), (2,)]


@given(PAIRS, BANS)
def test_no_group_holds_a_banned_pair_and_each_position_is_in_one(
    weights: dict[tuple[int, int], float], bans: set[tuple[int, int]]
) -> None:
    groups = grouped(weights, bans)
    assert sorted(position for group in groups for position in group) == list(range(8))
    assert not any((a, b) in bans for group in groups for a in group for b in group)


@given(PAIRS)
def test_groups_of_two_and_more_reach_the_threshold(weights: dict[tuple[int, int], float]) -> None:
    for group in grouped(weights):
        if len(group) == 2:
            assert weights.get((group[0], group[1]), 0.0) >= 2.0
