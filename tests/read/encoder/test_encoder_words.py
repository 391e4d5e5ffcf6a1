import numpy as np
import pytest
import spacy

from corroborate.read.encoder import WEIGHTS
from corroborate.read.encoder.boundaries import LONGEST_SENTENCE, crossed, probability, sentence_starts
from corroborate.read.encoder.document import entity_labels, proper, words_of
from corroborate.read.encoder.lemma import lemma
from corroborate.read.encoder.pieces import CASES, Pieces, case_of, plain


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("12", "no letters"),
        ("the", "lower"),
        ("Raqqa", "Title"),
        ("SDF", "UPPER"),
        ("al-Assad", "miXed"),
        ("U", "single capital"),
        ("a", "lower"),
        ("U.S.", "UPPER"),
    ],
)
def test_case_is_told_apart(word: str, case: str) -> None:
    assert CASES[case_of(word)] == case


def test_quotation_marks_have_one_spelling() -> None:
    assert [plain(word) for word in ("``", "’s", "“", "-LRB-", "Raqqa")] == ['"', "'s", '"', "(", "Raqqa"]


def test_every_word_has_a_piece() -> None:
    pieces = Pieces(WEIGHTS / "tokenizer.json")
    ids, offsets, cases = pieces.words(["Surovikin", "\u200b", "x" * 500])
    assert len(offsets) == 4
    assert (np.diff(offsets) >= 1).all()
    assert offsets[-1] == len(ids)
    assert len(cases) == 3


def test_paragraphs_begin_after_blank_lines_and_where_the_caller_says() -> None:
    tokens = spacy.blank("en").tokenizer("one two\nthree\n \nfour five")
    assert words_of(tokens).breaks.tolist() == [True, False, False, True, False]
    assert words_of(tokens, breaks=[4]).breaks.tolist() == [True, True, False, True, False]
    assert words_of(tokens, breaks=[0, 20, 99]).breaks.tolist() == [True, False, False, True, True]


def test_a_sentence_is_never_too_long_to_parse() -> None:
    boundary = np.full(1000, 0.01, np.float32)
    starts = sentence_starts(boundary, np.zeros(1000, np.bool_))
    assert np.diff([*np.flatnonzero(starts), 1000]).max() <= LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "expected"),
    [
        ("said", "VERB", "VBD", "say"),
        ("killed", "VERB", "VBN", "kill"),
        ("left", "VERB", "VBD", "leave"),
        ("left", "ADJ", "JJ", "left"),
        ("shot", "VERB", "VBN", "shoot"),
        ("found", "VERB", "VBD", "find"),
        ("wounded", "VERB", "VBN", "wound"),
        ("bombing", "NOUN", "NN", "bombing"),
        ("bombings", "NOUN", "NNS", "bombing"),
        ("children", "NOUN", "NNS", "child"),
        ("casualties", "NOUN", "NNS", "casualty"),
        ("was", "AUX", "VBD", "be"),
        ("n't", "PART", "RB", "not"),
        ("Raqqa", "PROPN", "NNP", "Raqqa"),
        ("airlifted", "VERB", "VBN", "airlift"),
    ],
)
def test_lemmas_heed_the_part_of_speech(word: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(word, upos, xpos) == expected


def test_names_come_before_things() -> None:
    names = ["B-ORG", "I-ORG", "O", "O", "O"]
    things = ["O", "B-WEAPON", "O", "B-PERSON", "B-WEAPON"]
    assert entity_labels(names, things) == ["B-ORG", "I-ORG", "O", "O", "B-WEAPON"]


def test_no_gap_is_crossed_where_no_arc_reaches_over() -> None:
    # Two sentences of two words: each second word hangs from the first, each first from the root.
    arcs = np.full((4, 5), -20, np.float32)
    for word, head in enumerate([0, 1, 0, 3]):
        arcs[word, head] = 5
    assert crossed(arcs).round(3).tolist() == [0, 1, 0, 1]
    arcs[2, 0], arcs[2, 1] = -20, 5
    assert crossed(arcs).round(3).tolist() == [0, 1, 1, 1]


def test_an_arc_over_the_gap_speaks_against_a_boundary() -> None:
    starts, over = np.array([0.4, 0.4], np.float32), np.array([0.0, 0.99], np.float32)
    free, held = probability(starts, over, np.array([1, 1, 0], np.float32))
    assert free > 0.5 > held
    assert np.allclose(probability(starts, over, None), 1 / (1 + np.exp(-0.4)))


def test_a_person_without_a_proper_noun_is_no_name() -> None:
    words = ["The", "director", "met", "Omar", "in", "raqqa", "suburbs"]
    upos = ["DET", "NOUN", "VERB", "PROPN", "ADP", "NOUN", "NOUN"]
    names = ["B-PERSON", "I-PERSON", "O", "B-PERSON", "O", "B-LOC", "I-LOC"]
    assert proper(names, words, upos) == ["O", "O", "O", "B-PERSON", "O", "B-LOC", "I-LOC"]
