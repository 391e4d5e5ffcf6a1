from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corroborate.read.encoder.trees import are_trees, projective, trees


def is_tree(heads: list[int]) -> bool:
    for start in range(1, len(heads) + 1):
        seen, at = set(), start
        while at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at - 1]
    return sum(head == 0 for head in heads) == 1


def is_projective(heads: list[int]) -> bool:
    arcs = [(min(h, d), max(h, d)) for d, h in enumerate(heads, 1)]
    return not any(a < c < b < d for (a, b), (c, d) in product(arcs, arcs))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(0, 10_000))
def test_every_sentence_becomes_a_tree_with_one_root(sizes: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, n + 1)).astype(np.float32) for n in sizes]
    for n, heads in zip(sizes, trees(scores), strict=True):
        assert len(heads) == n
        assert is_tree(heads.tolist())


@pytest.mark.parametrize("seed", range(6))
def test_the_projective_tree_is_the_best_of_them_all(seed: int) -> None:
    n = 4
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    scores[np.arange(n), np.arange(n) + 1] = -1e9
    candidates = [h for h in product(range(n + 1), repeat=n) if is_tree(list(h)) and is_projective(list(h))]
    top = max(candidates, key=lambda heads: sum(scores[d, h] for d, h in enumerate(heads)))
    assert projective(scores[None], np.array([n]))[0].tolist() == list(top)


def test_a_tree_that_is_found_word_by_word_is_kept_even_where_its_arcs_cross() -> None:
    heads = [3, 4, 0, 3]
    scores = np.zeros((4, 5), np.float32)
    scores[np.arange(4), heads] = 5
    assert not is_projective(heads)
    assert trees([scores])[0].tolist() == heads


def test_cycles_and_second_roots_are_seen() -> None:
    rows = np.array([[2, 0, 2], [2, 1, 0], [0, 0, 1], [2, 3, 1], [0, 9, 9]])
    assert are_trees(rows, np.array([3, 3, 3, 3, 1])).tolist() == [True, False, False, False, True]
