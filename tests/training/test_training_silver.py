from corroborate.read.encoder import WEIGHTS
from training import silver, styles
from training.passage import ROOT, UNKNOWN, Passage

TEXT = "The army shelled Tor on Monday . Nine people died in the market , doctors said ."
WORDS = TEXT.split()


def news() -> Passage:
    starts = [1] + [0] * 6 + [UNKNOWN] + [0] * 9
    return Passage(list(WORDS), [True] * 17, [True] + [False] * 16, starts, attribution=["O"] * 17)


def test_news_is_given_tags_trees_and_the_starts_that_were_open() -> None:
    [[found, second]] = silver.parsed([[news(), news()]], WEIGHTS)
    assert found.heads == second.heads
    assert found.heads[WORDS.index("shelled")] == ROOT
    assert found.rels[WORDS.index("army")] == "nsubj"
    assert found.heads[WORDS.index("army")] == WORDS.index("shelled")
    assert found.names[WORDS.index("Tor")] in ("B-LOC", "B-PERSON", "B-ORG", "B-MISC")
    assert found.starts[7] == 1
    assert found.attribution == ["O"] * 17


def test_the_stripped_copy_keeps_the_tree_of_the_printed() -> None:
    [[found]] = silver.parsed([[news()]], WEIGHTS)
    bare = styles.stripped(found, split=True)
    assert "." not in bare.words
    shelled, army = bare.words.index("shelled"), bare.words.index("army")
    assert (bare.heads[shelled], bare.heads[army]) == (ROOT, shelled)
    assert bare.starts[bare.words.index("Nine")] == 1
