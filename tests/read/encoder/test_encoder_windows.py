import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corroborate.read.encoder.windows import plan


@given(st.lists(st.integers(1, 12), max_size=300), st.integers(16, 60), st.integers(0, 12))
def test_every_word_is_believed_once_and_seen_with_its_window(sizes: list[int], limit: int, overlap: int) -> None:
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    windows = plan(offsets, limit, overlap)
    believed = [i for w in windows for i in range(w.mine, w.yours)]
    assert believed == list(range(len(sizes)))
    for w in windows:
        assert w.low <= w.mine <= w.yours <= w.high
        assert offsets[w.high] - offsets[w.low] <= limit


def test_a_short_text_is_one_window() -> None:
    assert [(w.low, w.high, w.mine, w.yours) for w in plan(np.arange(101))] == [(0, 100, 0, 100)]


def test_words_in_the_middle_of_a_long_text_have_context_on_both_sides() -> None:
    windows = plan(np.arange(1001))
    for before, after in itertools.pairwise(windows):
        assert before.high - before.yours >= 30
        assert after.mine - after.low >= 30
