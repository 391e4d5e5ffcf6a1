import pytest
from spacy.tokens import Doc
from trees import tree

from corroborate.knowledge.parties import Parties
from corroborate.read.event.find import find_events
from corroborate.read.mentions import EventMention
from corroborate.read.who import find_parties

PARTIES = Parties.load()


def events(text: str) -> list[EventMention]:
    doc: Doc = tree(text)
    found = find_events(doc, PARTIES, find_parties(doc, PARTIES))
    for mention in found:
        for span in (
            mention.trigger,
            mention.clause,
            *mention.event.actors,
            *mention.event.targets,
            *mention.event.instruments,
        ):
            assert doc.text[span.start : span.end] == span.text
        assert mention.clause.covers(mention.trigger)
    return found


def one(text: str) -> EventMention:
    found = events(text)
    assert len(found) == 1, [m.trigger.text for m in found]
    return found[0]


def who(mentions: object) -> list[tuple[str, str | None]]:
    return [(m.text, m.party) for m in mentions]  # type: ignore[attr-defined]


STRIKES = """
44 44 CD nummod 2
civilians civilian NNS nsubj:pass 4
were be VBD aux:pass 4
killed kill VBN ROOT 0
in in IN case 7
US US NNP compound 7
strikes strike NNS obl 4
on on IN case 9
Ratla Ratla NNP nmod 7
"""


def test_a_killing_and_its_strike_are_one_event() -> None:
    found = one(STRIKES)
    assert (found.event.type, found.event.mode) == ("ASSAULT", "aerial")
    assert who(found.event.actors) == [("US", "us")]
    assert who(found.event.targets) == [("44 civilians", None)]
    assert found.clause.text == "44 civilians were killed in US strikes on Ratla"


def test_the_same_as_a_reduced_relative() -> None:
    found = one(
        STRIKES.replace("nsubj:pass 4", "ROOT 0")
        .replace("were be VBD aux:pass 4\n", "who who WP nsubj:pass 4\n")
        .replace("killed kill VBN ROOT 0", "killed kill VBN acl:relcl 2")
    )
    assert who(found.event.targets) == [("44 civilians", None)]
    assert who(found.event.actors) == [("US", "us")]
    assert found.clause.text.startswith("44 civilians")


@pytest.mark.parametrize(("shot", "act"), [("him", 1), ("someone", 1), ("8-year-old", 1), ("it", 0), ("film", 0)])
def test_who_is_shot_may_stand_for_people(shot: str, act: int) -> None:
    found = events(f"Guards guard NNS nsubj 2\nshot shoot VBD ROOT 0\n{shot} {shot} PRP obj 2\n")
    assert [mention.event.mode for mention in found] == ["firearms"] * act


def test_harm_that_names_nobody_has_no_actor() -> None:
    found = one(STRIKES.replace("US US NNP compound 7", "heavy heavy JJ amod 7"))
    assert found.event.actors == ()


def test_a_subject_after_its_verb_is_not_laid_the_deed_to() -> None:
    found = one(
        """
killed kill VBD ROOT 0
the the DT det 3
army army NN nsubj 1
civilians civilian NNS nsubj 1
"""
    )
    assert found.event.actors == ()
    assert any("does not say who" in reason for reason in found.why)


def test_active_passive_and_the_killing_that_follows() -> None:
    found = one(
        """
Syrian Syrian JJ amod 2
warplanes warplane NNS nsubj 3
bombed bomb VBD ROOT 0
a a DT det 5
school school NN obj 3
, , , punct 7
killing kill VBG advcl 3
33 33 CD nummod 9
people people NNS obj 7
"""
    )
    assert (found.event.type, found.event.mode) == ("ASSAULT", "aerial")
    assert who(found.event.actors) == [("Syrian warplanes", "sy.mil")]
    assert who(found.event.targets) == [("a school", None), ("33 people", None)]
    assert [span.text for span in found.event.instruments] == ["Syrian warplanes"]
    assert found.clause.text == "Syrian warplanes bombed a school, killing 33 people"


def test_two_adjectives_are_two_actors() -> None:
    found = one(
        """
Russian Russian JJ amod 4
and and CC cc 3
Syrian Syrian JJ conj 1
jets jet NNS nsubj 5
shelled shell VBD ROOT 0
Idlib Idlib NNP obj 5
"""
    )
    assert who(found.event.actors) == [("Russian", "ru.mil"), ("Syrian jets", "sy.mil")]


def test_coordinated_events_have_their_own_clauses_and_share_the_subject() -> None:
    first, second = events(
        """
Turkish Turkish JJ amod 2
forces force NNS nsubj 3
withdrew withdraw VBD ROOT 0
from from IN case 6
the the DT det 6
area area NN obl 3
and and CC cc 8
released release VBD conj 3
30 30 CD nummod 10
prisoners prisoner NNS obj 8
"""
    )
    assert [m.event.type for m in (first, second)] == ["RETREAT", "RETREAT"]
    assert [m.event.mode for m in (first, second)] == ["withdraw", "release"]
    assert who(first.event.actors) == who(second.event.actors) == [("Turkish forces", "tr.mil")]
    assert first.clause.text == "Turkish forces withdrew from the area"
    assert second.clause.text == "released 30 prisoners"


def test_forced_to_flee_is_one_displacement_with_its_actor() -> None:
    found = one(
        """
The the DT det 2
SDF SDF NNP nsubj 3
forced force VBD ROOT 0
160 160 CD nummod 6
000 000 CD nummod 6
civilians civilian NNS obj 3
to to TO mark 8
flee flee VB xcomp 3
Raqqa Raqqa NNP obj 8
"""
    )
    assert found.event.type == "DISPLACE"
    assert who(found.event.actors) == [("SDF", "sdf")] or who(found.event.actors) == [("The SDF", "sdf")]
    assert who(found.event.targets) == [("160 000 civilians", None)]
    assert found.clause.text == "The SDF forced 160 000 civilians to flee Raqqa"


def test_a_light_verb_gives_the_actor_of_its_noun() -> None:
    found = one(
        """
Houthis Houthis NNPS nsubj 2
launched launch VBD ROOT 0
a a DT det 5
missile missile NN compound 5
attack attack NN obj 2
on on IN case 7
Riyadh Riyadh NNP nmod 5
"""
    )
    assert (found.trigger.text, found.event.type, found.event.mode) == ("attack", "ASSAULT", "heavy-weapons")
    assert who(found.event.actors) == [("Houthis", "houthis")]


def test_a_nominal_event_with_its_arguments() -> None:
    found = one(
        """
the the DT det 2
killing killing NN ROOT 0
of of IN case 5
three 3 CD nummod 5
medics medic NNS nmod 2
by by IN case 7
gunmen gunman NNS nmod 2
"""
    )
    assert (found.event.type, found.event.mode) == ("ASSAULT", "firearms")
    assert who(found.event.actors) == [("gunmen", None)]
    assert who(found.event.targets) == [("three medics", None)]
    assert (
        found.clause.text == "killing of three medics by gunmen"
        or found.clause.text == "the killing of three medics by gunmen"
    )


def test_the_harmed_are_never_the_actors() -> None:
    found = events(
        "Civilians civilian NNS nsubj 2\ninjured injure VBD ROOT 0\nand and CC cc 4\n"
        "damages damage NNS obj 2\ncaused cause VBD conj 2"
    )
    assert [who(m.event.actors) for m in found] == [[]]
    assert who(found[0].event.targets) == [("Civilians", None)]


def test_two_sides_of_a_clash_are_not_the_actors_of_what_it_led_to() -> None:
    found = events(
        "Clashes clash NNS nsubj 6\nbetween between IN case 3\nHamas Hamas NNP nmod 1\nand and CC cc 5\n"
        "Fatah Fatah NNP conj 3\nkilled kill VBD ROOT 0\nten 10 CD nummod 8\npeople people NNS obj 6"
    )
    assert [who(m.event.actors) for m in found] == [[]]


def test_a_crash_is_no_assault() -> None:
    assert (
        events(
            "The the DT det 2\nplane plane NN nsubj 3\ncrashed crash VBD ROOT 0\nkilling kill VBG advcl 3\n"
            "12 12 CD nummod 6\npeople people NNS obj 4"
        )
        == []
    )


def test_a_missile_is_an_instrument_and_its_make_no_actor() -> None:
    found = one(
        """
A a DT det 3
Russian Russian JJ amod 3
missile missile NN nsubj 4
hit hit VBD ROOT 0
a a DT det 6
house house NN obj 4
"""
    )
    assert found.event.actors == ()
    assert [span.text for span in found.event.instruments] == ["A Russian missile"]


def test_words_of_other_senses_are_no_events() -> None:
    deal = events("They they PRP nsubj 2\nstruck strike VBD ROOT 0\na a DT det 4\ndeal deal NN obj 2")
    assert [m.event.type for m in deal] == ["SUPPORT"]
    for text in (
        "He he PRP nsubj 2\nshot shoot VBD ROOT 0\na a DT det 4\nfilm film NN obj 2",
        "It it PRP nsubj 2\ntargets target VBZ ROOT 0\nan a DT det 4\naudience audience NN obj 2",
        "Firms firm NNS nsubj 2\nfired fire VBD ROOT 0\nten 10 CD nummod 4\nworkers worker NNS obj 2",
        (
            "We we PRP nsubj:pass 3\nwere be VBD aux:pass 3\nstruck strike VBN ROOT 0\n"
            "by by IN case 6\nits its PRP$ nmod:poss 6\nbeauty beauty NN obl:agent 3"
        ),
        "They they PRP nsubj 2\nsaid say VBD ROOT 0\nso so RB advmod 2",
    ):
        assert events(text) == [], text


def test_taking_and_holding_a_place() -> None:
    found = one(
        "Rebels rebel NNS nsubj 2\nseized seize VBD ROOT 0\nthe the DT det 4\ntown town NN obj 2\n"
        "from from IN case 6\nHamas Hamas NNP obl 2"
    )
    assert found.event.type == "CONTROL"
    assert who(found.event.actors) == [("Rebels", None)]
    assert who(found.event.targets) == [("Hamas", "hamas")]


def test_a_population_is_a_state() -> None:
    found = one(
        "Its its PRP$ nmod:poss 2\npopulation population NN nsubj 3\nstood stand VBD ROOT 0\n"
        "at at IN case 6\naround around RB advmod 6\n220 220 CD obl 3\n000 000 CD nummod 6"
    )
    assert found.event.type == "STATE"
    assert found.clause.text == "Its population stood at around 220 000"


def test_a_pronoun_is_a_party_only_where_one_was_the_subject() -> None:
    named = (
        "Hamas Hamas NNP nsubj 2\nleft leave VBD ROOT 0\nGaza Gaza NNP obj 2\n\n"
        "They they PRP nsubj 2\nbombed bomb VBD ROOT 0\na a DT det 4\nmarket market NN obj 2"
    )
    assert who(events(named)[-1].event.actors) == [("They", "hamas")]
    two = named.replace("Gaza Gaza NNP obj 2", "Hezbollah Hezbollah NNP obj 2")
    assert who(events(two)[-1].event.actors) == []  # nobody is named


def test_a_plain_strike_follows_what_the_text_is_about() -> None:
    work = "Unions union NNS nsubj 2\nbegan begin VBD ROOT 0\na a DT det 4\nstrike strike NN obj 2"
    assert [(m.event.type, m.event.mode) for m in events(work)] == [("PROTEST", "strike")]


def test_a_verbal_act_is_marked_as_possible_attribution() -> None:
    found = one("Hamas Hamas NNP nsubj 2\naccused accuse VBD ROOT 0\nIsrael Israel NNP obj 2")
    assert (found.event.type, found.event.mode) == ("ACCUSE", "allege")
    assert who(found.event.targets) == [("Israel", "il")]
    assert any("attribution" in reason for reason in found.why)
