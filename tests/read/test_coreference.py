"""Who "he", "she", "they" and "the officer" are, on parses written by hand."""

from spacy.tokens import Doc, Span
from trees import tree

from corroborate.knowledge.parties import Parties
from corroborate.model import Source
from corroborate.read.attribution.sources import Named, Sources
from corroborate.read.who import find_parties

PARTIES = Parties.load()


def with_people(rows: str, *runs: tuple[int, int]) -> Doc:
    doc = tree(rows)
    doc.ents = [Span(doc, low, high, label="PERSON") for low, high in runs]
    return doc


def resolve(doc: Doc, *heads: int) -> list[Named]:
    sources = Sources(doc, PARTIES, find_parties(doc, PARTIES))
    return [sources.resolve(doc[head], None, (0, len(doc))) for head in heads]


def names(doc: Doc, *heads: int) -> list[str | None]:
    return [named.source.name if named.source else None for named in resolve(doc, *heads)]


SPOKE = """
Ana Ana NNP nsubj 3
Berg Berg NNP flat 1
spoke speak VBD ROOT 0

Berg Berg NNP nsubj 2
left leave VBD ROOT 0

{pronoun} x PRP nsubj 2
said say VBD ROOT 0
"""


def test_a_short_name_is_given_in_full() -> None:
    assert names(with_people(SPOKE.format(pronoun="She"), (0, 2), (3, 4)), 3) == ["Ana Berg"]


def test_a_pronoun_after_the_last_speaker_is_that_speaker() -> None:
    doc = with_people(SPOKE.format(pronoun="He"), (0, 2), (3, 4))
    assert names(doc, 3, 5) == ["Ana Berg", "Ana Berg"]


def test_a_pronoun_with_a_rival_subject_in_between_is_nobody() -> None:
    doc = with_people(
        """
Berg Berg NNP nsubj 2
spoke speak VBD ROOT 0

Orlov Orlov NNP nsubj 2
left leave VBD ROOT 0

He he PRP nsubj 2
said say VBD ROOT 0
""",
        (0, 1),
        (2, 3),
    )
    assert names(doc, 0, 4) == ["Berg", None]
    assert resolve(doc, 0, 4)[1].flags == ("pronoun_unresolved",)


def test_a_pronoun_does_not_take_a_person_of_the_other_sex() -> None:
    doc = with_people(
        """
Mrs Mrs NNP nmod:desc 2
Berg Berg NNP nsubj 3
spoke speak VBD ROOT 0

He he PRP nsubj 2
said say VBD ROOT 0
""",
        (1, 2),
    )
    assert names(doc, 1, 3) == ["Berg", None]


def test_a_name_that_fits_two_persons_stays_as_written() -> None:
    doc = with_people(
        """
Ana Ana NNP nsubj 3
Berg Berg NNP flat 1
left leave VBD ROOT 0

Tom Tom NNP nsubj 3
Berg Berg NNP flat 1
stayed stay VBD ROOT 0

Berg Berg NNP nsubj 2
said say VBD ROOT 0
""",
        (0, 2),
        (3, 5),
        (6, 7),
    )
    (named,) = resolve(doc, 6)
    assert named.source is not None
    assert (named.source.name, named.flags) == ("Berg", ("name_ambiguous",))


def test_the_officer_is_the_one_person_called_so() -> None:
    doc = with_people(
        """
Ana Ana NNP nsubj 6
Berg Berg NNP flat 1
, , , punct 5
an a DT det 5
officer officer NN appos 1
left leave VBD ROOT 0

The the DT det 2
officer officer NN nsubj 3
said say VBD ROOT 0
""",
        (0, 2),
    )
    assert names(doc, 7) == ["Ana Berg"]


def test_an_agency_described_with_a_name_is_not_the_agency_named_before() -> None:
    doc = tree("""
SANA SANA NNP nsubj 2
reported report VBD ROOT 0

the the DT det 3
children child NNS compound 3
agency agency NN nsubj 5
UNICEF UNICEF NNP appos 3
said say VBD ROOT 0
""")
    first, second = resolve(doc, 0, 4)
    assert first.source is not None
    assert first.source.kind == "agency"
    assert second.source is not None
    assert second.source.party != first.source.party


def kind(rows: str, head: int) -> tuple[str, str | None]:
    (named,) = resolve(tree(rows), head)
    source = named.source
    assert isinstance(source, Source)
    return source.kind, source.party


def test_kinds() -> None:
    assert kind("many many JJ nsubj 2\nsay say VBP ROOT 0", 0)[0] == "unnamed"
    assert kind("activists activist NNS nsubj 2\nsay say VBP ROOT 0", 0)[0] == "unnamed"
    assert kind("video video NN nsubj 2\nshows show VBZ ROOT 0", 0)[0] == "recording"
    assert kind("The the DT det 2\nnewspaper newspaper NN nsubj 3\nsaid say VBD ROOT 0", 1)[0] == "outlet"
    assert kind("Reuters Reuters NNP nsubj 2\nsaid say VBD ROOT 0", 0) == ("agency", "reuters")
    assert kind("the the DT det 2\nSDF SDF NNP nsubj 3\nsaid say VBD ROOT 0", 1) == ("organisation", "sdf")


def test_i_is_nobody_by_itself() -> None:
    (named,) = resolve(tree("I I PRP nsubj 2\nthink think VBP ROOT 0"), 0)
    assert (named.source, named.flags) == (None, ("first_person",))


def test_a_person_and_a_body_side_by_side_without_a_comma_are_nobody() -> None:
    doc = with_people(
        """
Ana Ana NNP nsubj 5
Berg Berg NNP flat 1
the the DT det 4
council council NN appos 1
said say VBD ROOT 0
""",
        (0, 2),
    )
    assert resolve(doc, 0)[0].flags == ("speakers_disagree",)


def test_a_person_with_an_office_behind_is_that_person() -> None:
    doc = with_people(
        """
Ana Ana NNP nsubj 6
Berg Berg NNP flat 1
a a DT det 5
Syrian Syrian JJ amod 5
lawmaker lawmaker NN appos 1
said say VBD ROOT 0
""",
        (0, 2),
    )
    assert names(doc, 0) == ["Ana Berg"]


def test_one_person_under_two_spellings_is_one_person() -> None:
    rows = """
Muhammad Muhammad NNP nsubj 3
Hassan Hassan NNP flat 1
spoke speak VBD ROOT 0

Mohammed Mohammed NNP nsubj 3
Hasan Hasan NNP flat 1
left leave VBD ROOT 0
"""
    assert names(with_people(rows, (0, 2), (3, 5)), 0, 3) == ["Muhammad Hassan", "Muhammad Hassan"]


def test_a_government_is_called_by_its_seat() -> None:
    rows = "Moscow Moscow NNP nsubj 2\ndenied deny VBD ROOT 0\nit it PRP obj 2"
    doc = with_people(rows)
    sources = Sources(doc, PARTIES, [], lambda name: name == "Moscow")
    named = sources.resolve(doc[0], None, (0, 3))
    assert named.source is not None
    assert (named.source.text, named.source.party) == ("Moscow", "ru.gov")
    elsewhere = Sources(doc, PARTIES, []).resolve(doc[0], None, (0, 3))
    assert elsewhere.source is not None
    assert elsewhere.source.party is None
