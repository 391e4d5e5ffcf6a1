import pytest

from training.passage import ROOT, UNKNOWN, Passage
from training.polnear import silver_starts
from training.styles import hyphens_joined, stripped, without_commas, without_quotes


def sentence() -> Passage:
    # "We don't, " he said . Then the U.S.-led force left .
    words = ['"', "We", "do", "n't", ",", '"', "he", "said", ".", "Then", "U.S.", "forces", "left", "."]
    heads = [3, 3, 3, 7, 3, 3, 7, ROOT, 7, 12, 11, 12, ROOT, 12]
    starts = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    return Passage(
        words,
        [True] * 14,
        [mark == 1 for mark in starts],
        starts,
        upos=["PUNCT" if not word[0].isalpha() else "X" for word in words],
        heads=heads,
        rels=[
            "punct",
            "nsubj",
            "aux",
            "ccomp",
            "punct",
            "punct",
            "nsubj",
            "root",
            "punct",
            "advmod",
            "amod",
            "nsubj",
            "root",
            "punct",
        ],
        attribution=["B-content", *["I-content"] * 5, "B-source", "B-cue", *["O"] * 6],
    )


def test_stripping_keeps_trees_starts_and_spans() -> None:
    found = stripped(sentence(), split=False)
    assert found.words == ["We", "don", "t", "he", "said", "Then", "U S", "forces", "left"]
    assert found.starts == [1, 0, 0, 0, 0, 1, 0, 0, 0]
    assert found.breaks == [True, False, False, False, False, True, False, False, False]
    assert found.heads == [2, 2, 4, 4, ROOT, 8, 7, 8, ROOT]
    assert found.attribution == ["B-content", "I-content", "I-content", "B-source", "B-cue", "O", "O", "O", "O"]


def test_split_words_go_with_their_first_part() -> None:
    found = stripped(sentence(), split=True)
    at = found.words.index("S")
    assert found.words[at - 1] == "U"
    assert (found.rels[at], found.heads[at]) == ("goeswith", at - 1)
    assert found.heads[at - 1] == found.words.index("forces")
    assert found.starts[at] == 0


def test_a_head_that_is_gone_hands_its_words_on() -> None:
    passage = Passage(
        ["a", "-", "b"], [True] * 3, [True, False, False], [1, 0, 0], heads=[ROOT, 0, 1], rels=["root", "x", "y"]
    )
    assert stripped(passage, split=False).heads == [ROOT, 0]


def test_quotation_marks_go_and_apostrophes_stay() -> None:
    words = ["‘", "Go", "’", "the", "boys", "'", "dog", "”"]
    upos = ["PUNCT", "VERB", "PUNCT", "DET", "NOUN", "PART", "NOUN", "PUNCT"]
    passage = Passage(words, [True] * 8, [True] + [False] * 7, [1] + [0] * 7, upos=list(upos))
    assert without_quotes(passage).words == ["Go", "the", "boys", "'", "dog"]


def test_hyphens_are_joined_only_where_no_space_stands() -> None:
    passage = Passage(
        ["coal", "-", "fired", "plants", "-", "old"],
        [False, False, True, True, True, True],
        [True] + [False] * 5,
        [1] + [0] * 5,
    )
    assert hyphens_joined(passage).words == ["coal-fired", "plants", "-", "old"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["It", "fell", ".", "They", "ran"], [1, 0, 0, 1, 0]),
        (["“", "Go", ".", "”", "They", "ran"], [1, 0, 0, UNKNOWN, 1, 0]),
        (["said", "Mr.", "Haddad"], [1, 0, UNKNOWN]),
        (["It", "fell", ".", "again"], [1, 0, 0, UNKNOWN]),
    ],
)
def test_silver_starts_say_only_what_punctuation_settles(words: list[str], expected: list[int]) -> None:
    assert silver_starts(words, [True] + [False] * (len(words) - 1)) == expected


def test_commas_and_quotation_marks_go_and_full_stops_stay() -> None:
    found = without_commas(sentence())
    assert found.words == ["We", "do", "n't", "he", "said", ".", "Then", "U.S.", "forces", "left", "."]
    assert found.attribution[:4] == ["B-content", "I-content", "I-content", "B-source"]
    assert found.starts[6] == 1


def test_what_is_known_of_an_event_stays_with_its_word() -> None:
    passage = Passage(["It", ",", "U.S.", "fell"], [True] * 4, [True] + [False] * 3, [1, 0, 0, 0])
    passage.happened = [None, None, None, 3.0]
    assert stripped(passage, split=True).happened == [None, None, None, 3.0]
