import pytest
from spacy.tokens import Doc
from trees import tree

from corroborate.knowledge.parties import Parties
from corroborate.model import PartyMention
from corroborate.read.who import find_parties, party_of_role

PARTIES = Parties.load()


def parties_of(doc: Doc) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.party) for mention in find_parties(doc, PARTIES)]


def test_a_state_that_is_only_a_place_is_no_party() -> None:
    doc = tree(
        """
The the DT det 2
SDF SDF NNP nsubj 3
fought fight VBD ROOT 0
in in IN case 5
Syria Syria NNP obl 3
against against IN case 7
Daesh Daesh NNP obl 3
"""
    )
    assert parties_of(doc) == [("SDF", "sdf"), ("Daesh", "islamic-state")]


def test_the_state_before_a_deed_is_whose_it_is() -> None:
    doc = tree(
        """
killed kill VBN ROOT 0
in in IN case 4
US US NNP compound 4
strikes strike NNS obl 1
"""
    )
    assert parties_of(doc) == [("US", "us")]


def test_a_backer_is_not_the_one_who_acts() -> None:
    doc = tree(
        """
Turkish Turkish JJ amod 4
- - , punct 3
backed back VBN amod 4
fighters fighter NNS nsubj 9
and and CC cc 8
US US NNP compound 7
backed back VBN amod 8
rebels rebel NNS conj 4
left leave VBD ROOT 0
"""
    )
    assert parties_of(doc) == []


def test_who_held_a_town_is_a_party_and_a_held_town_is_none() -> None:
    verb = tree("Daesh Daesh NNP nsubj 2\nheld hold VBD ROOT 0\nit it PRP obj 2")
    attribute = tree(
        "Daesh Daesh NNP compound 2\nheld hold VBN amod 3\nsuburbs suburb NNS nsubj 4\nburned burn VBD ROOT 0"
    )
    assert parties_of(verb) == [("Daesh", "islamic-state")]
    assert parties_of(attribute) == []


def test_a_stance_is_not_who_acts() -> None:
    doc = tree("anti-Taliban x JJ amod 2\nfighters fighter NNS nsubj 3\nleft leave VBD ROOT 0")
    assert parties_of(doc) == []
    behind = tree(
        "yesterday yesterday NN obl 5\nanti anti JJ amod 4\nTaliban x NNP compound 4\nfighters fighter NNS nsubj 5\n"
        "left leave VBD ROOT 0"
    )
    assert parties_of(behind) == []


def test_the_rebels_are_those_whom_the_text_calls_so() -> None:
    rest = "the the DT det 2\nrebels rebel NNS nsubj 3\nleft leave VBD ROOT 0"
    called = tree(f"M23 M23 NNP compound 2\nrebels rebel NNS nsubj 3\ncame come VBD ROOT 0\n\n{rest}")
    other = tree(f"Daesh Daesh NNP nsubj 2\ncame come VBD ROOT 0\n\n{rest}")
    beside = tree(
        "rebels rebel NNS nsubj 5\nand and CC cc 4\n21 21 CD nummod 4\nHezbollah x NNP conj 1\ndied die VBD ROOT 0\n\n"
        + rest
    )
    assert all(text != "rebels" for text, _ in parties_of(beside))
    assert ("rebels", "m23") in parties_of(called)
    assert parties_of(other) == [("Daesh", "islamic-state")]


COALITION = """
The the DT det 2
coalition coalition NN nsubj 3
denied deny VBD ROOT 0
it it PRP obj 3
"""


def after(first: str) -> Doc:
    return tree(f"{first.strip()}\n\n{COALITION.strip()}")


def test_the_coalition_is_the_one_named_before() -> None:
    doc = after(
        "ISIS ISIS NNP nsubj 5\nand and CC cc 4\nthe the DT det 4\n"
        "Saudi-led_coalition x NNP conj 1\nspoke speak VBD ROOT 0"
    )
    assert ("coalition", "coalition-yemen") in parties_of(doc)


def test_the_coalition_stays_open_where_two_were_named_or_none() -> None:
    two = after("NATO NATO NNP nsubj 4\nand and CC cc 3\nSaudi-led_coalition x NNP conj 1\nspoke speak VBD ROOT 0")
    assert all(text != "coalition" for text, _ in parties_of(two))
    assert parties_of(tree(COALITION)) == []


def role(text: str) -> str | None:
    doc = Doc(tree("x x NN ROOT 0").vocab, words=text.split())
    return party_of_role(doc[:], PARTIES)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("the commander of Russia s active forces in Syria", "ru.mil"),
        ("a senior Syrian lawmaker", "sy.parl"),
        ("Russian defence ministry spokesman", "ru.mod"),
        ("spokesman for the SDF", "sdf"),
        ("Syrian army spokesman", "sy.mil"),
        ("Israeli officials", "il.gov"),
        ("US ambassador to Syria", "us.mfa"),
        ("a Daesh commander", "islamic-state"),
        # not enough in the text, somebody else's, or nobody's voice any more
        ("an army spokesman", None),
        ("a Syrian activist", None),
        ("a former Russian general", None),
        ("Syrian and Russian officials", None),
        ("leader of a US backed militia", None),
        ("a witness in Syria", None),
        ("a Syrian rebel commander", None),
        ("a Syrian commander", None),
        ("a major Syrian newspaper", None),
        ("Kurdish military and diplomatic officials", None),
        ("Iraqi Kurdish officials", None),
        ("a pro-Iranian militia leader", None),
        ("an anti-Taliban commander", None),
        ("a Syrian opposition spokesman", "syrian-opposition"),
        ("a Libyan opposition spokesman", None),
        ("Yemeni tribal leaders", None),
        ("the Iranian state news agency", "ir.media"),
        ("Iraqi justice minister", "iq.justice"),
        ("director of the Syrian Observatory for Human Rights", "sohr"),
    ],
)
def test_roles(text: str, party: str | None) -> None:
    assert role(text) == party


def test_a_seat_that_says_or_sends_is_its_government() -> None:
    said = tree("Damascus Damascus NNP nsubj 2\nblamed blame VBD ROOT 0\nrebels rebel NNS obj 2")
    struck = tree("Damascus Damascus NNP nsubj 2\nburned burn VBD ROOT 0")
    assert parties_of(said) == [("Damascus", "sy.gov")]
    assert parties_of(struck) == []


def test_the_regime_is_the_one_that_the_text_calls_so() -> None:
    rest = "the the DT det 2\nregime regime NN nsubj 3\nleft leave VBD ROOT 0"
    named = (
        "Assad Assad NNP compound 2\nregime regime NN nsubj 5\nand and CC cc 4\nHamas Hamas NNP conj 2\n"
        "met meet VBD ROOT 0"
    )
    assert ("regime", "sy.gov") in parties_of(tree(f"{named}\n\n{rest}"))
    assert parties_of(tree(rest)) == []


def test_the_international_coalition_is_the_one_named_before() -> None:
    rest = (
        "the the DT det 3\ninternational international JJ amod 3\ncoalition coalition NN nsubj 4\nleft leave VBD ROOT 0"
    )
    doc = tree(f"Saudi-led_coalition x NNP nsubj 2\nspoke speak VBD ROOT 0\n\n{rest}")
    assert ("coalition", "coalition-yemen") in parties_of(doc)


def test_a_headlines_coalition_is_the_one_named_before() -> None:
    rest = "As as IN mark 3\nCoalition x NNP nsubj 3\nhits hit VBZ ROOT 0\ntown town NN obj 3"
    doc = tree(f"Saudi-led_coalition x NNP nsubj 2\nspoke speak VBD ROOT 0\n\n{rest}")
    assert ("Coalition", "coalition-yemen") in parties_of(doc)
    assert all(text != "Coalition" for text, _ in parties_of(tree(rest)))
    other = rest.replace("As as IN mark", "Syrian x JJ amod")
    another = tree(f"Saudi-led_coalition x NNP nsubj 2\nspoke speak VBD ROOT 0\n\n{other}")
    assert all(text != "Coalition" for text, _ in parties_of(another))


def test_two_states_share_an_organ() -> None:
    text = "US and Turkish forces met"
    assert [(text[a:b], party) for a, b, party in PARTIES.find(text)] == [
        ("US", "us.mil"),
        ("Turkish forces", "tr.mil"),
    ]


def test_a_role_knows_the_short_names_of_its_document() -> None:
    doc = tree(
        "the the DT det 2\ndirector director NN ROOT 0\nof of IN case 5\nthe the DT det 5\nObservatory x NNP nmod 2"
    )
    assert party_of_role(doc[:], PARTIES) is None
    mention = PartyMention(start=20, end=31, text="Observatory", party="sohr")
    assert doc.text[20:31] == "Observatory"
    assert party_of_role(doc[:], PARTIES, [mention]) == "sohr"
