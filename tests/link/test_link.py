from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import DAY, claim, document, figure, hop, on, place, post
from corroborate.link import Linked, link
from corroborate.model import Claim, Document, Segment


def groups(linked: Linked) -> set[frozenset[str]]:
    return {frozenset(cluster.claims) for cluster in linked.clusters}


def strike(name: str, text: str, number: int, words: str, **more: object) -> tuple[Document, Claim]:
    source = document(name, text)
    return source, claim(source, figures=(figure(text, words, number),), **more)  # type: ignore[arg-type]


def test_two_outlets_on_one_strike_are_one_incident_with_reasons() -> None:
    a = strike("a", "An air strike on Kelva killed 44 people.", 44, "44")
    b = strike("b", "Warplanes hit a market in Kelva, a hospital counting 41 dead.", 41, "41")
    linked = link([a[0], b[0]], [a[1], b[1]])
    assert groups(linked) == {frozenset({a[1].id, b[1].id})}
    assert len(linked.links) == 1
    said = " ".join(linked.links[0].because)
    assert "same village or quarter (Kelva)" in said
    assert "same day (2031-03-12)" in said
    assert linked.links[0].weight >= 2


def test_incidents_a_week_apart_in_one_village_stay_two() -> None:
    a = strike("a", "An air strike on Kelva killed 12 people.", 12, "12")
    later = DAY + timedelta(days=7)
    text = "An air strike on Kelva killed 12 people again."
    source = document("b", text, published=later)
    b = claim(source, figures=(figure(text, "12", 12),), when=on(later))
    assert groups(link([a[0], source], [a[1], b])) == {frozenset({a[1].id}), frozenset({b.id})}


def test_two_villages_on_one_day_stay_two() -> None:
    a = strike("a", "An air strike on Kelva killed 12 people.", 12, "12")
    b = strike("b", "An air strike on Dormen killed 12 people.", 12, "12", at="Dormen")
    assert len(groups(link([a[0], b[0]], [a[1], b[1]]))) == 2


def test_strikes_of_one_town_and_day_with_other_figures_are_not_merged() -> None:
    a = strike("a", "An air strike in Sarrat killed 30 people.", 30, "30", at="Sarrat")
    b = strike("b", "Jets bombed a bakery of Sarrat where three died.", 3, "three", at="Sarrat")
    assert len(groups(link([a[0], b[0]], [a[1], b[1]]))) == 2


def test_a_chain_whose_ends_cannot_be_one_event_is_not_merged() -> None:
    first = strike("a", "An air strike on Kelva killed 44 people.", 44, "44", when=on(DAY))
    middle = strike("b", "An air strike on Kelva killed 44 people there.", 44, "44", when=on(DAY + timedelta(days=1)))
    last = strike("c", "An air strike on Kelva killed 44 people then.", 44, "44", when=on(DAY + timedelta(days=2)))
    found = groups(link([first[0], middle[0], last[0]], [first[1], middle[1], last[1]]))
    assert not any({first[1].id, last[1].id} <= group for group in found)
    assert sorted(len(group) for group in found) == [1, 2]


def test_a_total_is_never_merged_with_an_act() -> None:
    act = strike("a", "An air strike on Sarrat killed 300 people.", 300, "300", at="Sarrat")
    text = "At least 300 civilians have been killed in Sarrat since 1 March."
    source = document("b", text)
    total = claim(
        source,
        at="Sarrat",
        when=on(date(2031, 3, 1), DAY, "open", "since 1 March"),
        figures=(figure(text, "At least 300", 300, None, bound="at_least"),),
    )
    linked = link([act[0], source], [act[1], total])
    assert groups(linked) == {frozenset({act[1].id}), frozenset({total.id})}
    assert {cluster.aggregate for cluster in linked.clusters} == {True, False}


def test_a_total_lists_the_act_that_it_contains() -> None:
    act = strike("a", "An air strike on Kelva killed 44 people.", 44, "44")
    text = "Some 300 people were killed in Sarrat province since 1 March."
    source = document("b", text)
    period = on(date(2031, 3, 1), DAY, "open", "since 1 March")
    total = claim(source, at="Sarrat province", when=period, figures=(figure(text, "300", 300, bound="about"),))
    clusters = link([act[0], source], [act[1], total]).clusters
    position = {cluster.claims: number for number, cluster in enumerate(clusters)}
    assert clusters[position[(total.id,)]].contains == (position[(act[1].id,)],)


def test_a_figure_that_travelled_is_shown_and_not_merged() -> None:
    province = "The inquiry says 300 civilians were killed by air strikes in Sarrat province since 1 March."
    city = "In just the first week of the assault at least 300 civilians were killed in Sarrat."
    a, b = document("a", province), document("b", city)
    since = on(date(2031, 3, 1), DAY, "open", "since 1 March")
    first = claim(a, at="Sarrat province", when=since, figures=(figure(province, "300", 300, who="civilians"),))
    week = on(date(2031, 3, 5), DAY, "week", "the first week")
    second = claim(
        b,
        at="Sarrat",
        when=week,
        figures=(figure(city, "at least 300", 300, None, who="civilians", bound="at_least"),),
    )
    linked = link([a, b], [first, second])
    assert groups(linked) == {frozenset({first.id}), frozenset({second.id})}
    assert all(cluster.aggregate for cluster in linked.clusters)
    relation = next(found for found in linked.links if {found.a, found.b} == {first.id, second.id})
    assert relation.weight < 2
    assert "same figure (300 killed), but different area" in relation.because[0]
    assert "period" in relation.because[0]


def test_the_same_total_printed_twice_is_one() -> None:
    text = "The inquiry says 300 civilians were killed by air strikes in Sarrat province since 1 March, its chair said."
    a, b = document("a", text), document("b", text + " The war goes on.", published=DAY + timedelta(days=1))
    claims = [
        claim(
            source,
            at="Sarrat province",
            when=on(date(2031, 3, 1), end, "open", "since 1 March"),
            figures=(figure(text, "300", 300),),
        )
        for source, end in ((a, DAY), (b, DAY + timedelta(days=1)))
    ]
    linked = link([a, b], claims)
    assert groups(linked) == {frozenset(found.id for found in claims)}
    assert linked.clusters[0].aggregate


def test_the_area_of_a_total_is_the_place_after_its_figure() -> None:
    texts = (
        "In support of the assault on Sarrat, air strikes killed 300 civilians in Sarrat province since 1 March.",
        "Since 1 March air strikes have killed 300 civilians in Sarrat province.",
    )
    since = on(date(2031, 3, 1), DAY, "open", "since 1 March")
    documents = [document(name, text) for name, text in zip("ab", texts, strict=True)]
    names = (("Sarrat", "Sarrat province"), ("Sarrat province",))
    claims = [
        claim(
            source,
            when=since,
            figures=(figure(source.text, "300", 300),),
            places=tuple(place(source.text, name) for name in own),
        )
        for source, own in zip(documents, names, strict=True)
    ]
    assert groups(link(documents, claims)) == {frozenset(found.id for found in claims)}


def test_without_place_and_day_only_a_copy_joins_another_document() -> None:
    a = strike("a", "An air strike on Kelva killed 44 people, most of them women who had come to market.", 44, "44")
    other = strike("b", "A strike killed 44 people.", 44, "44", at=None, undated=True)
    copy = strike(
        "c",
        "An air strike on Kelva killed 44 people, most of them women who had come to market.",
        44,
        "44",
        at=None,
        undated=True,
    )
    linked = link([a[0], other[0], copy[0]], [a[1], other[1], copy[1]])
    assert groups(linked) == {frozenset({a[1].id, copy[1].id}), frozenset({other[1].id})}


def test_claims_of_one_document_on_one_event_group() -> None:
    text = (
        "An air strike hit Kelva and killed 44 people. Rescuers in Kelva also counted 44 dead. Shells fell on Dormen."
    )
    source = document("a", text)
    hit = claim(source, "An air strike hit Kelva")
    killed = claim(source, "killed 44 people", figures=(figure(text, "44", 44),), at=None)
    again = claim(
        source,
        "Rescuers in Kelva also counted 44 dead",
        chain=(hop("Rescuers", "organisation"),),
        figures=(figure(text, "44", 44),),
        mode=None,
    )
    other = claim(source, "Shells fell on Dormen", at="Dormen", mode="heavy-weapons")
    linked = link([source], [hit, killed, again, other])
    assert groups(linked) == {frozenset({hit.id, killed.id, again.id}), frozenset({other.id})}
    assert any("in one sentence or post" in found.because for found in linked.links)


def test_the_injured_of_the_next_sentence_are_of_the_same_act_unless_it_has_a_day_of_its_own() -> None:
    text = "A strike on Kelva killed 17 on 12 March. More than 30 others were wounded. Dormen was quiet."
    source = document("a", text)
    killed = claim(source, "A strike on Kelva killed 17", figures=(figure(text, "17", 17),), when=on(DAY))
    words, figures = "More than 30 others were wounded", (figure(text, "30", 30, measure="injured"),)
    hurt = claim(source, words, figures=figures, at=None, mode=None, undated=True)
    elsewhen = claim(source, words, figures=figures, at=None, mode=None, when=on(DAY - timedelta(9)))
    assert groups(link([source], [killed, hurt])) == {frozenset({killed.id, hurt.id})}
    assert frozenset({killed.id, elsewhen.id}) not in groups(link([source], [killed, elsewhen]))


def test_two_strikes_in_one_document_with_their_own_figures_stay_two() -> None:
    text = "A first strike on Kelva killed 12. A second strike on Kelva killed 7."
    source = document("a", text)
    one = claim(source, "A first strike on Kelva killed 12", figures=(figure(text, "12", 12),))
    two = claim(source, "A second strike on Kelva killed 7", figures=(figure(text, "7", 7),))
    assert len(groups(link([source], [one, two]))) == 2


def test_speech_opinion_and_supposition_make_no_incident() -> None:
    text = "The plan is unjust. Kelva could be bombed. Bombings go on."
    source = document("a", text)
    opinion = claim(source, "The plan is unjust", kind="STATE", mode=None, at=None, undated=True)
    guess = claim(source, "Kelva could be bombed", modality="speculated")
    bare = claim(source, "Bombings go on", at=None, undated=True)
    assert link([source], [opinion, guess, bare]).clusters == ()


def test_a_report_published_before_the_day_is_of_another_event() -> None:
    early = document("a", "An air strike on Kelva killed 44 people.", published=DAY - timedelta(days=9))
    first = claim(early, figures=(figure(early.text, "44", 44),), undated=True)
    late = strike("b", "An air strike on Kelva killed 44 people.", 44, "44")
    assert len(groups(link([early, late[0]], [first, late[1]]))) == 2


def test_what_stands_in_one_post_is_one_event() -> None:
    source = post("a", "They bombed the market of Kelva. 23 dead.", author="Mira Toll", handle="miratoll")
    hit = claim(source, "They bombed the market of Kelva")
    dead = claim(source, "23 dead", figures=(figure(source.text, "23", 23),), undated=True)
    assert groups(link([source], [hit, dead])) == {frozenset({hit.id, dead.id})}


def test_a_heading_goes_with_the_figure_that_it_sums_up() -> None:
    text = "Three dead at Kelva. Shelling in Kelva killed three farmers."
    heading = Segment(start=0, end=19, text=text[:19], kind="heading")
    source = document("a", text, segments=(heading,))
    top = claim(source, "Three dead at Kelva", figures=(figure(text, "Three", 3),), undated=True, mode=None)
    body = claim(source, "Shelling in Kelva killed three farmers", figures=(figure(text, "three", 3),))
    assert groups(link([source], [top, body])) == {frozenset({top.id, body.id})}


def test_a_claim_that_nobody_was_killed_joins_the_strike_that_it_is_told_of() -> None:
    a = strike("a", "An air strike on Kelva killed 19 people.", 19, "19")
    text = "No civilians were killed by the air strike on Kelva."
    source = document("b", text)
    none = claim(
        source, chain=(hop("Ivo Marat"),), polarity="negated", figures=(figure(text, "No", 0, who="civilians"),)
    )
    assert groups(link([a[0], source], [a[1], none])) == {frozenset({a[1].id, none.id})}


def test_many_strikes_with_one_figure_and_no_day_are_a_total_but_not_on_a_village() -> None:
    for name, total in (("Sarrat", True), ("Kelva", False)):
        text = f"Air strikes killed 300 people around {name}."
        source = document("a", text)
        found = claim(source, at=name, undated=True, figures=(figure(text, "300", 300),))
        assert [cluster.aggregate for cluster in link([source], [found]).clusters] == [total]


def test_the_dead_of_a_war_are_a_total() -> None:
    text = "Over 470,000 people were killed around Sarrat."
    source = document("a", text)
    found = claim(source, at="Sarrat", undated=True, figures=(figure(text, "470,000", 470_000),))
    assert [cluster.aggregate for cluster in link([source], [found]).clusters] == [True]


def test_a_post_quoted_later_is_dated_by_the_post() -> None:
    a = strike("a", "An air strike on Kelva killed 44 people.", 44, "44")
    text = "44 killed in a strike on Kelva"
    segment = replace(post("b", text, author="Mira Toll", handle="miratoll").segments[0])
    late = document("b", text, published=DAY + timedelta(days=60), segments=(segment,))
    quoted = claim(late, chain=(hop("Mira Toll", "post"),), figures=(figure(text, "44", 44),), undated=True)
    assert groups(link([a[0], late], [a[1], quoted])) == {frozenset({a[1].id, quoted.id})}


def test_a_town_and_its_province_are_not_one_area() -> None:
    text = "Some 300 civilians have been killed in Sarrat since 1 March."
    claims, documents = [], []
    for name, radius in (("a", 8.0), ("b", 80.0)):
        source = document(name, text.replace("Some", "Some" if name == "a" else "About"))
        where = replace(place(text, "Sarrat"), precision_km=radius)
        period = on(date(2031, 3, 1), DAY, "open", "since 1 March")
        claims.append(claim(source, when=period, figures=(figure(source.text, "300", 300),), places=(where,)))
        documents.append(source)
    assert len(groups(link(documents, claims))) == 2


def test_nothing_in_is_nothing_out() -> None:
    assert link([], []) == Linked(links=(), clusters=(), shared=())


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(random: object) -> None:
    pairs = [
        strike("a", "An air strike on Kelva killed 44 people.", 44, "44"),
        strike("b", "Warplanes hit Kelva, a hospital counting 41 dead.", 41, "41"),
        strike("c", "An air strike on Kelva killed 44 people then.", 44, "44", when=on(DAY + timedelta(days=2))),
        strike("d", "An air strike on Dormen killed 5 people.", 5, "5", at="Dormen"),
        strike("e", "An air strike on Kelva killed 44 people there.", 44, "44", when=on(DAY + timedelta(days=1))),
    ]
    documents, claims = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    expected = link(documents, claims)
    random.shuffle(documents)  # type: ignore[attr-defined]
    random.shuffle(claims)  # type: ignore[attr-defined]
    assert link(documents, claims) == expected
