"""The frames of attribution, each on a parse written by hand."""

from spacy.tokens import Doc
from spacy.vocab import Vocab
from trees import tree

from corroborate.read.attribution.cues import cues
from corroborate.read.attribution.joining import _is_of_another
from corroborate.read.attribution.patterns import readings
from corroborate.read.attribution.reading import Reading
from corroborate.read.grammar import syntax


def read(text: str) -> list[tuple[str | None, str, str]]:
    doc = tree(text)
    return [
        (
            _source(doc, r),
            doc[r.anchor].text,
            " | ".join(doc[slice(*syntax.trim(doc, a, b))].text for a, b in syntax.stretches(r.content, doc)),
        )
        for r in found(text)
    ]


def found(text: str) -> list[Reading]:
    return readings(tree(text), cues(), lambda token: token.text in ("Tass", "Reuters"))


def _source(doc, reading: Reading) -> str | None:  # type: ignore[no-untyped-def]
    return doc[slice(*syntax.noun_phrase(doc[reading.source]))].text if reading.source is not None else None


CLAUSE = """
The the DT det 2
ministry ministry NN nsubj 3
said say VBD ROOT 0
that that IN mark 7
rebels rebel NNS nsubj 7
had have VBD aux 7
fled flee VBN ccomp 3
. . . punct 3
"""


def test_a_reported_clause() -> None:
    assert read(CLAUSE) == [("The ministry", "said", "that rebels had fled")]


def test_the_one_who_is_told_is_a_hop_where_it_is_an_agency() -> None:
    (reading,) = found("""
Orlov Orlov NNP nsubj 2
told tell VBD ROOT 0
Tass Tass NNP iobj 2
that that IN mark 6
rebels rebel NNS nsubj 6
fled flee VBD ccomp 2
""")
    assert (reading.source, reading.via) == (0, (2,))


def test_according_to_gives_the_rest_of_the_clause() -> None:
    assert read("""
According accord VBG case 4
to to IN fixed 1
the the DT det 4
mayor mayor NN obl 8
, , , punct 8
five five CD nummod 7
people people NNS nsubj 8
died die VBD ROOT 0
""") == [("the mayor", "According", "five people died")]


def test_an_as_clause_gives_the_clause_that_it_stands_in() -> None:
    assert read("""
As as IN mark 3
Berg Berg NNP nsubj 3
noted note VBD advcl 6
, , , punct 6
rebels rebel NNS nsubj 6
fled flee VBD ROOT 0
""") == [("Berg", "noted", "rebels fled")]


def test_an_impersonal_passive_names_nobody() -> None:
    (reading,) = found("""
It it PRP expl 3
was be VBD aux:pass 3
reported report VBN ROOT 0
that that IN mark 6
rebels rebel NNS nsubj 6
fled flee VBD ccomp 3
""")
    assert (reading.source, reading.nobody) == (None, True)


def test_a_noun_of_saying_with_its_owner() -> None:
    assert read("""
The the DT det 2
army army NN nmod:poss 4
's 's POS case 2
claim claim NN nsubj 9
that that IN mark 7
rebels rebel NNS nsubj 7
fled flee VBD acl 4
was be VBD cop 9
false false JJ ROOT 0
""") == [("The army 's", "claim", "that rebels fled")]


def test_the_one_cited_is_the_source_and_the_one_who_cites_a_hop() -> None:
    (reading,) = found("""
Reuters Reuters NNP nsubj 2
reported report VBD ROOT 0
, , , punct 2
citing cite VBG advcl 2
medics medic NNS obj 4
, , , punct 2
that that IN mark 9
two two CD nsubj 9
died die VBD ccomp 2
""")
    assert (reading.source, reading.via) == (4, (0,))


def test_what_somebody_did_not_say_has_no_source() -> None:
    (reading,) = found("""
The the DT det 2
army army NN nsubj 5
did do VBD aux 5
not not RB advmod 5
confirm confirm VB ROOT 0
that that IN mark 8
rebels rebel NNS nsubj 8
fled flee VBD ccomp 5
""")
    assert reading.source is None
    assert reading.flags == ("not_said",)


def test_a_push_to_claim_a_town_says_nothing() -> None:
    assert (
        found("""
The the DT det 2
push push NN nsubj 6
to to TO mark 4
claim claim VB acl 2
Tor Tor NNP obj 4
failed fail VBD ROOT 0
""")
        == []
    )


def test_a_speaker_at_the_end_whose_comma_is_lost() -> None:
    assert read("""
Rebels rebel NNS nsubj 2
left leave VBD ROOT 0
the the DT det 4
regions region NNS obj 2
the the DT det 6
ministry ministry NN nsubj 7
said say VBD acl:relcl 4
. . . punct 2
""") == [("the ministry", "said", "Rebels left the regions")]


def test_a_complement_before_and_one_behind_are_doubtful() -> None:
    (reading,) = found("""
Rebels rebel NNS nsubj 2
fled flee VBD ccomp 4
Orlov Orlov NNP nsubj 4
told tell VBD ROOT 0
Berg Berg NNP nsubj 6
echoed echo VBD ccomp 4
claims claim NNS obj 6
""")
    assert reading.flags == ("two_complements",)


def test_a_sentence_with_a_speaker_alone_looks_back() -> None:
    rows = """
Rebels rebel NNS nsubj 2
fled flee VBD ROOT 0

Orlov Orlov NNP nsubj 2
told tell VBD ROOT 0
Tass Tass NNP iobj 2
"""
    assert read(rows) == [("Orlov", "told", "Rebels fled")]


def test_a_report_that_only_cites_another_has_no_content_to_ask_for_its_first_word():
    words = ["Six", "died", ".", "The", "agency", "reported", "the", "attack", "quoting", "the", "governor", "."]
    doc = Doc(Vocab(), words=words)
    cites = Reading(
        anchor=5, cue=(5, 6), source=8, content=frozenset(), does="asserts", rule="clause, own subject, citing",
        via=(4,), nobody=False, flags=(),
    )  # fmt: skip
    assert not _is_of_another(doc, doc[0:2], [cites])
