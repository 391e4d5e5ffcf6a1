from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corroborate.read.encoder.chain import allowed, best, decode, marginals, openings, padded, spans

LABELS = ["O", "B-cue", "I-cue", "B-source", "I-source"]


def brute_force(emissions: np.ndarray, table: np.ndarray) -> tuple[list[int], np.ndarray]:
    n, k = emissions.shape
    top, total, by_label = (-np.inf, []), 0.0, np.zeros((n, k))
    for path in product(range(k), repeat=n):
        score = sum(emissions[i, label] for i, label in enumerate(path))
        score += sum(table[a, b] for a, b in pairwise(path))
        if score > top[0]:
            top = (score, list(path))
        total += np.exp(score)
        for i, label in enumerate(path):
            by_label[i, label] += np.exp(score)
    return top[1], by_label / total


@pytest.mark.parametrize("seed", range(5))
def test_the_best_chain_and_its_probabilities_are_those_of_trying_them_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = allowed(LABELS, random.normal(size=(5, 5)).astype(np.float32))
    rows = [random.normal(size=(n, 5)).astype(np.float32) for n in (5, 3, 1)]
    batch, lengths = padded(rows)
    chosen, probable = best(batch, lengths, table), marginals(batch, lengths, table)
    for k, row in enumerate(rows):
        path, expected = brute_force(row, table)
        assert chosen[k, : len(row)].tolist() == path
        np.testing.assert_allclose(probable[k, : len(row)], expected, atol=1e-4)


@given(st.integers(0, 10_000), st.integers(1, 40))
def test_no_span_continues_what_did_not_begin(seed: int, n: int) -> None:
    emissions = np.random.default_rng(seed).normal(size=(1, n, 5)).astype(np.float32) * 3
    emissions[:, 0] += openings(LABELS)
    found = [LABELS[i] for i in best(emissions, np.array([n]), allowed(LABELS))[0]]
    for before, label in zip(["O", *found], found, strict=False):
        assert label[0] != "I" or before[2:] == label[2:]


def test_spans_are_read_off_labels() -> None:
    assert list(spans(["B-cue", "I-cue", "B-cue", "O", "B-source", "I-source"])) == [
        (0, 2, "cue"),
        (2, 3, "cue"),
        (4, 6, "source"),
    ]
    assert list(spans(["O", "I-cue", "I-source"])) == [(1, 2, "cue"), (2, 3, "source")]
    assert list(spans([])) == []


def test_chains_of_any_length_are_decoded_in_their_order_and_alone() -> None:
    random = np.random.default_rng(3)
    table = allowed(LABELS, random.normal(size=(5, 5)).astype(np.float32))
    rows = [random.normal(size=(n, 5)).astype(np.float32) for n in (3, 40, 0, 1, 5, 22, 4)]
    together = decode(rows, LABELS, table, sure=True)
    for row, (chosen, sure) in zip(rows, together, strict=True):
        assert len(chosen) == len(sure) == len(row)
        ((alone, probable),) = decode([row], LABELS, table, sure=True)
        assert chosen.tolist() == alone.tolist()
        np.testing.assert_allclose(sure, probable, atol=1e-5)
        if len(row):
            assert LABELS[chosen[0]][0] != "I"
