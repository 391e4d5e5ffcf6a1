import pytest
from trees import tree

from corroborate.read.certainty import Certainty, certainty
from corroborate.read.encoder import document


def put(rows: str, word: str, cues: tuple[tuple[str, str], ...] = ()) -> Certainty:
    doc = tree(rows)
    return certainty(next(t for t in doc if t.text == word), None, cues)


PLAIN = """
Jets jet NNS nsubj 2
bombed bomb VBD ROOT 0
Tor Tor NNP obj 2
"""
NOT = """
Jets jet NNS nsubj 4
did do VBD aux 4
not not RB advmod 4
bomb bomb VB ROOT 0
Tor Tor NNP obj 4
"""
MAY = """
Jets jet NNS nsubj 4
may may MD aux 4
have have VB aux 4
bombed bomb VBN ROOT 0
Tor Tor NNP obj 4
"""
REPORTEDLY = """
Jets jet NNS nsubj 3
reportedly reportedly RB advmod 3
bombed bomb VBD ROOT 0
Tor Tor NNP obj 3
"""
APPEAR = """
Jets jet NNS nsubj 2
appear appear VBP ROOT 0
to to TO mark 5
have have VB aux 5
bombed bomb VBN xcomp 2
Tor Tor NNP obj 5
"""
NO_CIVILIANS = """
No no DT det 2
civilians civilian NNS nsubj:pass 4
were be VBD aux:pass 4
killed kill VBN ROOT 0
"""
FAILED = """
Jets jet NNS nsubj 2
failed fail VBD ROOT 0
to to TO mark 4
bomb bomb VB xcomp 2
Tor Tor NNP obj 4
"""
IF = """
If if IN mark 4
Tor Tor NNP nsubj:pass 4
were be VBD aux:pass 4
bombed bomb VBN advcl 8
, , , punct 8
many many JJ nsubj 8
would would MD aux 8
flee flee VB ROOT 0
"""
IF_OR = """
If if IN mark 4
they they PRP nsubj:pass 4
were be VBD aux:pass 4
forced force VBN advcl 10
or or CC cc 7
were be VBD aux:pass 7
killed kill VBN conj 4
this this DT nsubj 10
would would MD aux 10
end end VB ROOT 0
"""
NEITHER = """
Neither neither CC cc:preconj 2
Jets jet NNS nsubj 6
nor nor CC cc 4
guns gun NNS conj 2
are be VBP aux 6
targeting target VBG ROOT 0
Tor Tor NNP obj 6
"""
SHOULD = """
Inspectors inspector NNS nsubj:pass 4
should should MD aux 4
be be VB aux:pass 4
allowed allow VBN ROOT 0
"""
SHOULD_BE_SAID = """
It it PRP nsubj:pass 4
should should MD aux 4
be be VB aux:pass 4
noted note VBN ROOT 0
that that IN mark 7
Tor Tor NNP nsubj:pass 7
fell fall VBD ccomp 4
"""
STOP = """
Shell shell VB ROOT 0
the the DT det 3
bridge bridge NN obj 1
"""


@pytest.mark.parametrize(
    ("rows", "word", "modality", "polarity", "hedges"),
    [
        (PLAIN, "bombed", "asserted", "affirmed", []),
        (NOT, "bomb", "asserted", "negated", []),
        (MAY, "bombed", "speculated", "affirmed", ["may"]),
        (REPORTEDLY, "bombed", "hedged", "affirmed", ["reportedly"]),
        (APPEAR, "bombed", "hedged", "affirmed", ["appear"]),
        (NO_CIVILIANS, "killed", "asserted", "negated", []),
        (FAILED, "bomb", "asserted", "negated", []),
        (IF, "bombed", "speculated", "affirmed", ["If"]),
        (IF, "flee", "speculated", "affirmed", ["would"]),
        (IF_OR, "killed", "speculated", "affirmed", ["If"]),
        (NEITHER, "targeting", "asserted", "negated", []),
        (SHOULD, "allowed", "speculated", "affirmed", ["should"]),
        (SHOULD_BE_SAID, "fell", "asserted", "affirmed", []),
        (STOP, "Shell", "speculated", "affirmed", []),
    ],
)
def test_how_it_is_put(rows: str, word: str, modality: str, polarity: str, hedges: list[str]) -> None:
    found = put(rows, word)
    assert (found.modality, found.polarity, [h.text for h in found.hedges]) == (modality, polarity, hedges)


def test_the_precedence_of_the_words() -> None:
    said, denied, guessed = ("asserts",), ("denies",), ("speculates",)
    assert put(PLAIN, "bombed", said).modality == "reported"
    assert put(REPORTEDLY, "bombed", said).modality == "reported"
    assert put(MAY, "bombed", said).modality == "speculated"
    assert put(PLAIN, "bombed", guessed).modality == "speculated"
    assert (put(PLAIN, "bombed", denied).modality, put(PLAIN, "bombed", denied).polarity) == ("denied", "negated")
    assert (put(NOT, "bomb", denied).modality, put(NOT, "bomb", denied).polarity) == ("denied", "affirmed")
    assert put(PLAIN, "bombed", ("thinks",)).modality == "reported"


def test_what_lies_beyond_the_voice_s_words_does_not_count() -> None:
    doc = tree(APPEAR)
    assert certainty(doc[4], frozenset({2, 3, 4, 5}), ("asserts",)).hedges == ()


@pytest.mark.parametrize(
    ("rows", "word", "happened", "flags"),
    [
        (PLAIN, "bombed", -1.2, ("certainty_unsure",)),
        (PLAIN, "bombed", 0.4, ()),
        (NOT, "bomb", -2.0, ()),
        (MAY, "bombed", -1.2, ()),
    ],
)
def test_where_the_trained_reading_contradicts_the_grammar_it_is_flagged(
    rows: str, word: str, happened: float, flags: tuple[str, ...]
) -> None:
    doc = tree(rows)
    trigger = next(t for t in doc if t.text == word)
    document.register()
    doc.user_data["happened"] = {trigger.i: happened}
    assert certainty(trigger, None, ()).flags == flags
