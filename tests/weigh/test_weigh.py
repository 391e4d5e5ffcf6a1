from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from claim_builders import DAY, claim, document, figure, hop, on, span
from corroborate.errors import CorroborateError
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Cluster, Document, Harm, Incident, Link, Range
from corroborate.weigh import weigh


def weighed(*claims: tuple[Document, Claim], **chosen: Any) -> Incident:
    cluster = Cluster(claims=tuple(found.id for _, found in claims), aggregate=False)
    documents = list({source.id: source for source, _ in claims}.values())
    return weigh([cluster], documents, [found for _, found in claims], (), **chosen)[0]


def told(name: str, by: str, number: float | None, *, high: float | None = None, **more: Any) -> tuple[Document, Claim]:
    published = more.pop("published", DAY)
    party, kind = more.pop("party", None), more.pop("voice_kind", "organisation")
    counted = {key: more.pop(key) for key in ("measure", "who", "bound") if key in more}
    source = document(name, f"{by} said 44 died in Kelva.", published=published)
    figures = (figure(source.text, "44", number, high, **counted),) if number is not None else ()
    return source, claim(source, chain=(hop(by, kind, party),), figures=figures, **more)


def test_the_range_goes_from_the_lowest_to_the_highest() -> None:
    incident = weighed(told("a", "Kelva clinic", 41), told("b", "Relief Group", 44), told("c", "Valley Monitor", 52))
    assert incident.harm == {"unspecified": Harm(killed=Range(min=41, max=52))}


def test_at_least_has_no_maximum_unless_another_report_bounds_it() -> None:
    least = told("a", "Kelva clinic", 300, bound="at_least")
    assert weighed(least).harm["unspecified"].killed == Range(min=300, max=None)
    assert weighed(least, told("b", "Relief Group", 350)).harm["unspecified"].killed == Range(min=300, max=350)
    assert weighed(least, told("b", "Relief Group", 280)).harm["unspecified"].killed == Range(min=280, max=None)


@pytest.mark.parametrize(
    ("low", "high", "bound", "expected"),
    [
        (120, None, "more_than", Range(min=121, max=None)),
        (None, 20, "up_to", Range(min=0, max=20)),
        (None, 10, "less_than", Range(min=0, max=9)),
        (24, 60, "vague", Range(min=24, max=60)),
    ],
)
def test_bounds_are_kept(low: float | None, high: float | None, bound: str, expected: Range) -> None:
    source = document("a", "The Kelva clinic said 44 died.")
    found = claim(
        source,
        chain=(hop("Kelva clinic", "organisation"),),
        figures=(figure(source.text, "44", low, high, bound=bound),),
    )
    assert weighed((source, found)).harm["unspecified"].killed == expected


def test_parts_of_a_total_stand_in_their_own_groups() -> None:
    source = document("a", "The clinic said 44 people died, including six children.")
    figures = (figure(source.text, "44", 44), figure(source.text, "six", 6, who="children"))
    harm = weighed((source, claim(source, figures=figures))).harm
    assert harm["unspecified"].killed == Range(min=44, max=44)
    assert harm["children"].killed == Range(min=6, max=6)


def test_a_part_of_the_same_people_is_no_rival_figure() -> None:
    source = document("a", "The clinic said 300 civilians died, 200 of them in one strike.")
    whole = figure(source.text, "300", 300, who="civilians")
    figures = (whole, replace(figure(source.text, "200", 200, who="civilians"), part_of=span(source.text, "300")))
    assert weighed((source, claim(source, figures=figures))).harm["civilians"].killed == Range(min=300, max=300)


def test_denied_negated_and_supposed_figures_do_not_enter() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44),
        told("b", "Army press office", 0, modality="denied", polarity="negated"),
        told("c", "Ivo Marat", 90, modality="speculated"),
    )
    assert incident.harm["unspecified"].killed == Range(min=44, max=44)


def test_the_later_figure_of_a_source_takes_the_place_of_its_earlier_one() -> None:
    incident = weighed(told("a", "Kelva clinic", 12), told("b", "Kelva clinic", 44, published=DAY + timedelta(days=1)))
    assert incident.harm["unspecified"].killed == Range(min=44, max=44)
    assert not incident.contradictions


def test_what_an_outlet_makes_of_a_figure_later_takes_the_place_of_nothing() -> None:
    first = told("a", "Lea Torm", 19, voice_kind="person")
    later = document("c", "Lea Torm spoke of the dead. At least 19 died in Kelva.", published=DAY + timedelta(days=7))
    own = claim(later, "At least 19 died in Kelva", figures=(figure(later.text, "19", 19, bound="at_least"),))
    said = claim(later, "Lea Torm spoke of the dead", chain=(hop("Lea Torm"),))
    incident = weighed(first, (later, own), (later, said), told("b", "Petr Olin", 23, voice_kind="person"))
    assert incident.harm["unspecified"].killed == Range(min=19, max=23)
    (dispute,) = incident.contradictions
    assert {side.value for side in dispute.sides} == {"19 killed", "23 killed"}


def test_figures_that_cannot_both_hold_are_a_contradiction_with_sides() -> None:
    incident = weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 60, bound="at_least"))
    (dispute,) = incident.contradictions
    assert dispute.about == "figure"
    assert {(side.value, side.origins) for side in dispute.sides} == {
        ("44 killed", ("Kelva clinic",)),
        ("at least 60 killed", ("Relief Group",)),
    }


def test_figures_that_can_both_hold_are_none() -> None:
    assert not weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 40, bound="at_least")).contradictions
    assert not weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 40, bound="about")).contradictions


def test_different_sides_as_perpetrators_are_contested() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)),
        told("b", "Relief Group", 44, actors=("us.mil",)),
    )
    assert [dispute.about for dispute in incident.contradictions] == ["perpetrator"]
    assert incident.grade is not None
    assert incident.grade.value == "contested"
    assert incident.strike_status == "contested"
    assert {actor.party for actor in incident.alleged_actors} == {"ru.mil", "us.mil"}


def test_forces_of_one_side_are_no_contradiction() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)), told("b", "Relief Group", 44, actors=("ru.mod",))
    )
    assert not incident.contradictions


def test_a_denial_is_shown_against_what_is_told() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)),
        told(
            "b",
            "Russian defence ministry",
            None,
            party="ru.mod",
            actors=("ru.mil",),
            modality="denied",
            polarity="negated",
        ),
    )
    assert [dispute.about for dispute in incident.contradictions] == ["occurrence"]
    assert incident.grade is not None
    assert incident.grade.value == "contested"


def test_that_nobody_was_harmed_is_no_denial_of_the_strike() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)),
        told("b", "Russian defence ministry", 0, party="ru.mod", actors=("ru.mil",), polarity="negated"),
    )
    (dispute,) = incident.contradictions
    assert dispute.about == "occurrence"
    assert {side.value for side in dispute.sides} == {"people killed", "nobody killed"}
    assert incident.harm["unspecified"].killed == Range(min=44, max=44)
    assert incident.grade is not None
    assert incident.grade.value != "contested"
    assert any("whether civilians, or anybody, were harmed" in reason.sentence for reason in incident.grade.because)


def test_that_no_civilians_were_killed_is_a_claim_on_who_the_dead_were() -> None:
    denial = told("b", "Ivo Marat", 0, who="civilians", polarity="negated", voice_kind="person")
    (dispute,) = weighed(told("a", "Kelva clinic", 44), denial).contradictions
    assert dispute.about == "status"
    assert {side.value for side in dispute.sides} == {
        "no civilians killed",
        "people, not said to be belligerents, killed",
    }
    assert not weighed(told("a", "Kelva clinic", 44, who="belligerents"), denial).contradictions
    assert not weighed(told("a", "Ivo Marat", 44, voice_kind="person"), denial).contradictions


def test_a_part_that_is_told_in_a_sentence_of_its_own_is_no_second_total() -> None:
    source = document("a", "The clinic said 44 people died. Nine of the dead were students.")
    chain = (hop("Kelva clinic", "organisation"),)
    total = claim(source, "44 people died", chain=chain, figures=(figure(source.text, "44", 44),))
    nine = replace(figure(source.text, "Nine", 9), part_of=span(source.text, "44"))
    part = claim(source, "Nine of the dead were students", chain=chain, figures=(nine,))
    other = told("b", "Relief Group", 46)
    incident = weighed((source, total), (source, part), other)
    assert incident.harm["unspecified"].killed == Range(min=44, max=46)
    assert [side.value for dispute in incident.contradictions for side in dispute.sides] == ["44 killed", "46 killed"]
    alone = weighed((source, part))
    assert alone.harm["unspecified"].killed == Range(min=9, max=9)


def test_civilians_above_all_who_are_counted_are_a_contradiction() -> None:
    (dispute,) = weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 60, who="civilians")).contradictions
    assert {side.value for side in dispute.sides} == {"44 killed in all", "60 civilians killed"}
    assert not weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 40, who="civilians")).contradictions


def test_belligerents_enter_no_range_of_others() -> None:
    harm = weighed(told("a", "Kelva clinic", 44), told("b", "Ivo Marat", None, high=30, bound="up_to")).harm
    assert set(harm) == {"unspecified"}
    fighters = told("c", "Ivo Marat", 30, who="belligerents", voice_kind="person")
    harm = weighed(told("a", "Kelva clinic", 44), fighters).harm
    assert harm["unspecified"].killed == Range(min=44, max=44)
    assert harm["belligerents"].killed == Range(min=30, max=30)


def test_the_rule_of_the_ranges_can_be_chosen() -> None:
    claims = (
        told("a", "Kelva clinic", 41),
        told("b", "Relief Group", 44),
        told("c", "Valley Monitor", 52),
        told("d", "Lea Torm", 44, voice_kind="person"),
    )
    assert weighed(*claims, ranges="lowest").harm["unspecified"].killed == Range(min=41, max=41)
    assert weighed(*claims, ranges="low_best_high").harm["unspecified"].killed == Range(min=41, max=52, best=44)
    with pytest.raises(CorroborateError, match="E501"):
        weighed(*claims, ranges="highest_wins")


def test_one_voice_that_tells_and_denies_does_not_contradict_others() -> None:
    source = document("a", "Ivo Marat said the strike on Kelva hit a store. He said it did not hit homes.")
    hit = claim(source, "the strike on Kelva hit a store", chain=(hop("Ivo Marat"),))
    spared = claim(source, "it did not hit homes", chain=(hop("Ivo Marat"),), polarity="negated")
    assert weighed((source, hit), (source, spared)).contradictions == ()


def test_civilians_or_belligerents() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, who="civilians"), told("b", "Army press office", 44, who="belligerents")
    )
    assert [dispute.about for dispute in incident.contradictions] == ["status"]


def test_two_independent_origins_and_a_named_party_are_fair() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)), told("b", "Relief Group", 44, actors=("ru.mil",))
    )
    assert incident.grade is not None
    assert incident.grade.value == "fair"
    assert incident.strike_status == "likely"
    every = {found for reason in incident.grade.because for found in reason.claims}
    assert every <= set(incident.claims)
    assert "Kelva clinic and Relief Group" in incident.grade.because[0].sentence


def test_parties_and_the_unnamed_lift_no_grade() -> None:
    incident = weighed(
        told("a", "Kelva clinic", 44, actors=("ru.mil",)),
        told("b", "Syrian defence ministry", 44, party="sy.mod", actors=("ru.mil",)),
        told("c", "activists", 44, voice_kind="unnamed", actors=("ru.mil",)),
    )
    assert incident.independent_origins.shown == 2
    assert incident.independent_origins.possible == 3
    assert incident.grade is not None
    assert incident.grade.value == "weak"
    assert incident.strike_status == "single_source"


def test_an_enemys_word_does_not_confirm_and_ones_own_does() -> None:
    enemy = told("a", "US command", 44, party="us.mil", actors=("ru.mil",))
    own = told("b", "Russian defence ministry", 44, party="ru.mod", actors=("ru.mil",))
    by_enemy, by_self = weighed(enemy), weighed(own)
    assert by_enemy.grade is not None
    assert by_enemy.grade.value == "weak"
    assert by_self.grade is not None
    assert by_self.grade.value == "confirmed"
    assert by_self.strike_status == "declared"


def test_a_strike_owned_without_harm_to_civilians_is_declared_and_not_confirmed() -> None:
    own = told("b", "Russian defence ministry", 44, party="ru.mod", actors=("ru.mil",), who="belligerents")
    incident = weighed(own)
    assert incident.strike_status == "declared"
    assert incident.grade is not None
    assert incident.grade.value == "weak"


def test_belligerents_only_by_two_others_than_the_perpetrator_is_discounted() -> None:
    one = told("a", "Kelva clinic", 44, who="belligerents", actors=("ru.mil",))
    two = told("b", "Relief Group", 44, who="belligerents")
    alone, both = weighed(one), weighed(one, two)
    assert alone.grade is not None
    assert alone.grade.value == "weak"
    assert both.grade is not None
    assert both.grade.value == "discounted"


def test_only_denials_get_no_grade() -> None:
    assert weighed(told("b", "Army press office", None, modality="denied", polarity="negated")).grade is None


def test_the_source_stays_unjudged_whatever_the_information() -> None:
    two = weighed(told("a", "Kelva clinic", 44), told("b", "Relief Group", 44), scheme="source_information")
    one = weighed(told("a", "Kelva clinic", 44), scheme="source_information")
    none = weighed(told("a", "activists", 44, voice_kind="unnamed"), scheme="source_information")
    assert [found.grade.value for found in (two, one, none) if found.grade] == ["F1", "F3", "F6"]


def test_a_letter_that_a_person_set_leads_the_grade_and_moves_no_figure() -> None:
    told_by = [told("a", "Kelva clinic", 44), told("b", "Relief Group", 44)]
    rated = {"relief group": "B", "kelva clinic": "D", "nobody here": "A"}
    found = weighed(*told_by, scheme="source_information", reliability=rated).grade
    assert found is not None
    assert found.value == "B1"
    assert found.because[0].sentence == "A person rates the reliability of Relief Group B."
    denied = told("c", "Army press office", None, modality="denied", polarity="negated")
    against = weighed(told_by[0], denied, scheme="source_information", reliability={"army press office": "A"}).grade
    assert against is not None
    assert against.value.startswith("F")


def test_an_unknown_scheme_is_a_coded_error() -> None:
    with pytest.raises(CorroborateError, match="E501"):
        weighed(told("a", "Kelva clinic", 44), scheme="stars")


def test_every_word_of_a_scheme_is_defined() -> None:
    for scheme in lexicon("grades")["schemes"].values():
        values = {rule["value"] for rule in scheme["rules"]}
        assert values == set(scheme["words"])
        assert scheme["rules"][-1]["all"] == []


def test_place_and_day_are_the_most_precise_and_null_where_accounts_clash() -> None:
    near = told("a", "Kelva clinic", 44)
    coarse = told("b", "Relief Group", 44, at="Sarrat", when=on(DAY - timedelta(days=3), DAY, "week"))
    agreed = weighed(near, coarse)
    assert agreed.where is not None
    assert agreed.where.name == "Kelva"
    assert agreed.when is not None
    assert agreed.when.start == DAY
    clash = weighed(near, told("c", "Valley Monitor", 44, at="Dormen", when=on(DAY + timedelta(days=1))))
    assert (clash.where, clash.when) == (None, None)
    assert {dispute.about for dispute in clash.contradictions} == {"day", "place"}


def test_a_travelled_figure_is_shown_on_the_later_account() -> None:
    since = on(date(2031, 3, 1), DAY, "open", "since 1 March")
    first = told("a", "Inquiry", 300, at="Sarrat province", when=since)
    week = on(date(2031, 3, 5), DAY, "week", "the first week")
    second = told(
        "b", "Valley Monitor", 300, at="Sarrat", when=week, bound="at_least", published=DAY + timedelta(days=5)
    )
    clusters = [Cluster(claims=(found.id,), aggregate=True) for _, found in (first, second)]
    low, high = sorted((first[1].id, second[1].id))
    link = Link(a=low, b=high, weight=-1.0, because=("same figure (300 killed), but different area",))
    incidents = weigh(clusters, [first[0], second[0]], [first[1], second[1]], (), (link,))
    by_claim = {incident.claims[0]: incident for incident in incidents}
    assert by_claim[first[1].id].contradictions == ()
    later = by_claim[second[1].id]
    assert {dispute.about for dispute in later.contradictions} == {"place", "day"}
    place = next(dispute for dispute in later.contradictions if dispute.about == "place")
    assert {side.value for side in place.sides} == {
        "300 killed: Sarrat province (within 90 km)",
        "300 killed: Sarrat (within 12 km)",
    }


def test_an_incident_that_contains_others_names_them() -> None:
    first, second = told("a", "Inquiry", 300), told("b", "Kelva clinic", 44)
    clusters = [
        Cluster(claims=(first[1].id,), aggregate=True, contains=(1,)),
        Cluster(claims=(second[1].id,), aggregate=False),
    ]
    incidents = weigh(clusters, [first[0], second[0]], [first[1], second[1]], ())
    total = next(incident for incident in incidents if incident.aggregate)
    act = next(incident for incident in incidents if not incident.aggregate)
    assert total.contains == (act.id,)
