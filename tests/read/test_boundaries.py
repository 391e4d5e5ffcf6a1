from spacy.tokens import Doc
from trees import tree

from corroborate.read.attribution.cues import cues
from corroborate.read.segment.boundaries import is_stripped, missed

FILL = "\n\n" + "\n".join(["rain rain NN ROOT 0"] * 1 + ["fell fall VBD dep 1"] * 70)
TOLD = """
Rebels rebel NNS nsubj 2
left leave VBD ccomp 4
Orlov Orlov NNP nsubj 4
told tell VBD ROOT 0
Tass Tass NNP iobj 4
Ana Ana NNP nsubj 8
Berg Berg NNP flat 6
echoed echo VBD ccomp 4
it it PRP obj 8
"""


def outlets(doc: Doc) -> list[tuple[int, int]]:
    return [(token.idx, token.idx + len(token)) for token in doc if token.text == "Tass"]


def test_a_name_behind_the_agency_that_was_told_begins_a_sentence() -> None:
    # The sentence must not be the first, or hold enough before the verb: something must have been said.
    doc = tree("Snow snow NN nsubj 2\nfell fall VBD ROOT 0\n\n" + TOLD.strip() + FILL)
    assert is_stripped(doc)
    assert missed(doc, cues(), outlets) == [doc.text.index("Ana")]


def test_text_with_punctuation_is_left_alone() -> None:
    doc = tree(TOLD.strip() + "\n. . . punct 4")
    assert not is_stripped(doc)
    assert missed(doc, cues(), outlets) == []


def test_a_capital_on_a_word_of_grammar_begins_a_sentence() -> None:
    doc = tree(
        """
Rebels rebel NNS nsubj 2
left leave VBD ROOT 0
on on IN case 4
Sunday Sunday NNP obl 2
According accord VBG case 8
to to IN fixed 5
the the DT det 8
mayor mayor NN obl 10
two two CD nsubj 10
died die VBD dep 2
""".strip()
        + FILL
    )
    assert doc.text.index("According") in missed(doc, cues(), outlets)
