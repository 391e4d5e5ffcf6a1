from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import DAY, claim, document, figure, hop, post, renamed, span
from corroborate.link.shared import shared_texts
from corroborate.model import Claim, Cluster, Document, Incident, Segment
from corroborate.weigh import weigh


def weighed(documents: list[Document], claims: list[Claim]) -> Incident:
    cluster = Cluster(claims=tuple(found.id for found in claims), aggregate=False)
    return weigh([cluster], documents, claims, shared_texts(documents))[0]


def counted(documents: list[Document], claims: list[Claim]) -> tuple[int, int]:
    count = weighed(documents, claims).independent_origins
    return (count.shown, count.possible)


def said(incident: Incident) -> str:
    return " ".join(sentence for origin in incident.origins for sentence in origin.because)


DISPATCH = (
    "An air strike on the market of Kelva killed 44 people on Wednesday morning as farmers from the valley were "
    "selling their first crop of the year, and the dead lay in the street until noon."
)


def test_an_agency_dispatch_printed_by_two_outlets_under_different_bylines_is_one() -> None:
    a, b = document("a", DISPATCH), document("b", DISPATCH, author="Staff writer")
    agency = hop("Northwire", "agency")
    claims = [claim(a, chain=(agency,), voice="own"), claim(b)]
    assert counted([a, b], claims) == (1, 1)
    incident = weighed([a, b], claims)
    assert incident.origins[0].name == "Northwire"
    assert "print the same words" in said(incident)


def test_two_outlets_that_cite_one_agency_are_one() -> None:
    a = document("a", "Northwire reports 44 dead in Kelva.")
    b = document("b", "In Kelva 44 were killed, according to Northwire.")
    agency = hop("Northwire", "agency")
    assert counted([a, b], [claim(a, chain=(agency,)), claim(b, chain=(agency,))]) == (1, 1)


def test_an_officer_cited_by_two_outlets_is_one() -> None:
    a = document("a", "General Ivo Marat told Northwire that 44 died in Kelva.")
    b = document("b", "Marat said that 44 had died in Kelva.")
    one = claim(a, chain=(hop("Northwire", "agency"), hop("Ivo Marat")), cue="told")
    two = claim(b, chain=(hop("Marat"),), cue="said")
    incident = weighed([a, b], [one, two])
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (1, 1)
    assert incident.origins[0].name == "Ivo Marat"
    assert "short form" in said(incident)


def test_an_outlet_that_cites_another_is_not_independent_of_whom_that_one_cites() -> None:
    a = document("a", "Dr Lena Osk, who runs the clinic, said 44 died in Kelva.", outlet="Valley Post")
    b = document("b", "The Valley Post reports that 44 died in Kelva.")
    one, two = claim(a, chain=(hop("Lena Osk"),)), claim(b, chain=(hop("Valley Post", "outlet"),))
    assert counted([a, b], [one, two]) == (1, 1)


def test_outlets_that_cite_each_other_are_one() -> None:
    a = document("a", "The Harbour Sun reports 44 dead in Kelva.", outlet="Valley Post")
    b = document("b", "In Kelva 44 died, says the Valley Post.", outlet="Harbour Sun")
    one, two = claim(a, chain=(hop("Harbour Sun", "outlet"),)), claim(b, chain=(hop("Valley Post", "outlet"),))
    assert counted([a, b], [one, two]) == (1, 1)


def test_an_echo_is_no_second_origin() -> None:
    text = "Ivo Marat said that 44 died in Kelva. Petr Olin echoed these claims, telling Northwire of 44 dead."
    source = document("a", text)
    one = claim(source, "Ivo Marat said that 44 died in Kelva", chain=(hop("Ivo Marat"),), cue="said")
    two = claim(source, "44 dead", chain=(hop("Northwire", "agency"), hop("Petr Olin")), cue="telling")
    incident = weighed([source], [one, two])
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (1, 1)
    assert "an echo has not seen it" in said(incident)


def test_an_echo_of_somebody_who_is_not_there_is_possible_only() -> None:
    a = document("a", "Petr Olin echoed claims that 44 died in Kelva.")
    b = document("b", "Fighting went on; the Kelva clinic counted 44 dead.")
    c = document("c", "The Dorm Relief Group has 44 names of dead in Kelva.")
    claims = [
        claim(a, chain=(hop("Petr Olin"),), cue="echoed"),
        claim(b, chain=(hop("Kelva clinic", "organisation"),)),
        claim(c, chain=(hop("Dorm Relief Group", "organisation"),)),
    ]
    assert counted([a, b, c], claims) == (2, 3)


def test_two_institutions_of_one_side_are_two_and_both_marked() -> None:
    a = document("a", "The defence ministry of Syria said 44 died in Kelva.")
    b = document("b", "Syria's foreign ministry put the dead of Kelva at 44.")
    one = claim(a, chain=(hop("Syrian defence ministry", "organisation", "sy.mod"),))
    two = claim(b, chain=(hop("Syrian foreign ministry", "organisation", "sy.mfa"),))
    incident = weighed([a, b], [one, two])
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (2, 2)
    assert sorted(str(origin.party) for origin in incident.origins) == ["sy.mfa", "sy.mod"]
    assert all("speaks for a party" in " ".join(origin.because) for origin in incident.origins)
    assert incident.grade is not None
    assert incident.grade.value == "weak"


def test_two_spokesmen_of_one_institution_are_one() -> None:
    a = document("a", "Karl Benn of the ministry said 44 died in Kelva.")
    b = document("b", "Anton Weiss put the dead of Kelva at 44.")
    one, two = (
        claim(a, chain=(hop("Karl Benn", "person", "sy.mod"),)),
        claim(b, chain=(hop("Anton Weiss", "person", "sy.mod"),)),
    )
    incident = weighed([a, b], [one, two])
    assert incident.independent_origins.shown == 1
    assert "both speak for one institution" in said(incident)


def test_two_lawmakers_are_two() -> None:
    a, b = document("a", "Karl Benn said 44 died in Kelva."), document("b", "Anton Weiss put the dead of Kelva at 44.")
    one, two = (
        claim(a, chain=(hop("Karl Benn", "person", "sy.parl"),)),
        claim(b, chain=(hop("Anton Weiss", "person", "sy.parl"),)),
    )
    assert counted([a, b], [one, two]) == (2, 2)


def test_unnamed_activists_are_possible_only() -> None:
    a, b = (
        document("a", "Activists said 44 died in Kelva."),
        document("b", "The clinic of Kelva says it took in 44 dead."),
    )
    one = claim(a, chain=(hop("activists", "unnamed"),))
    two = claim(b, chain=(hop("Kelva clinic", "organisation"),))
    assert counted([a, b], [one, two]) == (1, 2)
    assert counted([a], [one]) == (1, 1)


def test_a_post_quoted_in_an_article_is_the_poster() -> None:
    a = post("a", "44 dead in Kelva, I saw the trucks.", author="Mira Toll", handle="miratoll")
    b = document("b", "A resident, @miratoll, wrote of 44 dead in Kelva.")
    c = document("c", "Mira Toll told us that 44 died in Kelva.")
    claims = [
        claim(a, chain=(hop("Mira Toll", "post"),)),
        claim(b, chain=(hop("@miratoll", "post"),)),
        claim(c, chain=(hop("Mira Toll", "person"),)),
    ]
    assert counted([a, b, c], claims) == (1, 1)


def test_the_same_outlet_twice_is_one_and_two_outlets_are_possibly_two() -> None:
    a = document("a", "An air strike on Kelva killed 44.", outlet="Valley Post")
    b = document("b", "Dead of Kelva: 44 were hit at noon.", outlet="Valley Post")
    c = document("c", "Warplanes came to Kelva and 44 people died.", outlet="Harbour Sun")
    assert counted([a, b], [claim(a), claim(b)]) == (1, 1)
    assert counted([a, b, c], [claim(a), claim(b), claim(c)]) == (1, 2)


def test_a_reporter_who_saw_it_is_an_origin() -> None:
    a = document("a", "Our reporter saw 44 bodies in Kelva.", outlet="Valley Post")
    b = document("b", "The Kelva clinic took in 44 dead.", outlet="Harbour Sun")
    one, two = claim(a, basis="witness"), claim(b, chain=(hop("Kelva clinic", "organisation"),))
    assert counted([a, b], [one, two]) == (2, 2)


def test_what_a_document_says_beside_its_source_rests_on_the_source() -> None:
    text = "An air strike on Kelva killed 44. The Kelva clinic said it took in 44 dead."
    source = document("a", text)
    lead = claim(source, "An air strike on Kelva killed 44")
    named = claim(source, "it took in 44 dead", chain=(hop("Kelva clinic", "organisation"),))
    assert counted([source], [lead, named]) == (1, 1)


def test_a_copy_that_drops_the_source_rests_on_it() -> None:
    text = "The Kelva clinic said " + DISPATCH[0].lower() + DISPATCH[1:]
    a, b = document("a", text), document("b", DISPATCH)
    one, two = claim(a, chain=(hop("Kelva clinic", "organisation"),)), claim(b)
    assert counted([a, b], [one, two]) == (1, 1)


def test_whom_only_a_heading_names_is_the_voice_of_the_text() -> None:
    text = "UN inquiry says 44 died. The Commission of Inquiry said 44 died in Kelva."
    source = document("a", text, segments=(Segment(start=0, end=24, text=text[:24], kind="heading"),))
    top = claim(source, "44 died", chain=(hop("UN inquiry", "organisation"),))
    body = claim(source, "44 died in Kelva", chain=(hop("Commission of Inquiry", "organisation"),))
    incident = weighed([source], [top, body])
    assert incident.independent_origins.shown == 1
    assert "sums up its text" in said(incident)


def test_each_origin_says_in_which_words_it_stands() -> None:
    a = document("a", "Ivo Marat said that 44 died in Kelva.", outlet="Valley Post")
    incident = weighed([a], [claim(a, chain=(hop("Ivo Marat"),), cue="said")])
    assert incident.origins[0].because[0] == "in Valley Post (“Ivo Marat said”)"


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(random: object) -> None:
    a, b = document("a", DISPATCH), renamed(document("a", DISPATCH), "b", "Harbour Sun")
    c = document("c", "General Ivo Marat told the Harbour Sun that 12 died in Kelva.", published=DAY)
    d = document("d", "Activists said 44 died in Kelva.")
    claims = [
        claim(a, figures=(figure(a.text, "44", 44),)),
        claim(b, figures=(figure(b.text, "44", 44),)),
        claim(c, chain=(hop("Harbour Sun", "outlet"), hop("Ivo Marat")), figures=(figure(c.text, "12", 12),)),
        claim(d, chain=(hop("activists", "unnamed"),), figures=(figure(d.text, "44", 44),)),
    ]
    documents = [a, b, c, d]
    expected = weighed(documents, claims)
    random.shuffle(documents)  # type: ignore[attr-defined]
    random.shuffle(claims)  # type: ignore[attr-defined]
    found = weighed(documents, claims)
    assert found == expected
    assert 1 <= found.independent_origins.shown <= found.independent_origins.possible


def test_a_spokeswoman_and_her_institution_are_one_though_the_register_does_not_know_it() -> None:
    a = document(
        "a", "The Tarn Red Crescent said 44 died in Kelva. Its spokesman, Adil Maron, said the dead were farmers."
    )
    b = document("b", "44 died in Kelva, said Sana Idris, a spokeswoman for the Tarn Red Crescent.")
    claims = [
        claim(a, "The Tarn Red Crescent said 44 died in Kelva", chain=(hop("Tarn Red Crescent", "organisation"),)),
        claim(a, "the dead were farmers", chain=(hop("Adil Maron"),)),
        claim(b, chain=(hop("Sana Idris"),)),
    ]
    incident = weighed([a, b], claims)
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (1, 1)
    assert "“Sana Idris” speaks for Tarn Red Crescent" in said(incident)


def test_two_who_are_named_at_different_institutions_stay_two() -> None:
    a = document("a", "Karl Benn, director of the Kelva clinic, said 44 died in Kelva.")
    b = document("b", "44 died in Kelva, said Anton Weiss, head of the Dormen ambulance service.")
    assert counted([a, b], [claim(a, chain=(hop("Karl Benn"),)), claim(b, chain=(hop("Anton Weiss"),))]) == (2, 2)


def test_nameless_officials_of_a_named_institution_are_that_institution() -> None:
    a = document("a", "An official of the Kelva health department said that 44 died in Kelva.")
    b = document("b", "44 died in Kelva, another official at the Kelva health department said.")
    words = ("An official of the Kelva health department", "another official at the Kelva health department")
    one, two = (claim(d, chain=(hop(name, "unnamed"),)) for d, name in zip((a, b), words, strict=True))
    assert counted([a, b], [one, two]) == (1, 1)
    c = document("c", "Officials at the hospital said that 44 died in Kelva.")
    three = claim(c, chain=(hop("Officials at the hospital", "unnamed"),))
    assert counted([a, c], [one, three]) == (1, 2)


def test_a_post_of_an_organisation_and_its_own_page_are_one_voice_that_can_be_pointed_at() -> None:
    a = document("a", "At least 44 people were killed in Kelva.", outlet="Highland Casualty Watch")
    b = post("b", "Our note on Kelva: at least 44 killed.", author="Highland Casualty Watch", handle="hcwatch")
    c = document("c", "The mayor of Kelva, Lea Torm, spoke of 44 dead.")
    own, posted = claim(a), claim(b, chain=(hop("hcwatch", "post"),))
    assert counted([a, b], [own, posted]) == (1, 1)
    assert counted([a, b, c], [own, posted, claim(c, chain=(hop("Lea Torm"),))]) == (2, 2)


def test_a_handle_is_told_by_the_name_that_it_is_written_from() -> None:
    a = document("a", "@hcwatch wrote of 44 dead in Kelva.")
    b = document("b", "Highland Casualty Watch counts 44 dead in Kelva.")
    c = document("c", "Harbour Catch counts 44 dead in Kelva.")
    one = claim(a, chain=(hop("@hcwatch", "post"),))
    two = claim(b, chain=(hop("Highland Casualty Watch", "organisation"),))
    incident = weighed([a, b], [one, two])
    assert incident.independent_origins.shown == 1
    assert "“@hcwatch” is written from “Highland Casualty Watch”" in said(incident)
    assert counted([a, c], [one, claim(c, chain=(hop("Harbour Catch", "organisation"),))]) == (2, 2)


def test_the_colonel_is_the_colonel_of_the_text() -> None:
    a = document("a", "Colonel Ivo Marat said 44 died in Kelva. According to the colonel, the dead were farmers.")
    one = claim(a, "44 died in Kelva", chain=(hop("Ivo Marat"),))
    two = claim(a, "the dead were farmers", chain=(hop("colonel"),))
    assert counted([a], [one, two]) == (1, 1)


def test_what_an_outlet_tells_does_not_rest_on_who_denies_it() -> None:
    a = document("a", "An air strike killed 44 people in Kelva. The army denied that it struck Kelva.")
    told = claim(a, "An air strike killed 44 people in Kelva")
    denied = claim(
        a, "it struck Kelva", chain=(hop("Tarn army", "organisation"),), modality="denied", polarity="negated"
    )
    incident = weighed([a], [told, denied])
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (1, 2)
    assert incident.origins[0].claims == (denied.id,)


def test_an_outlet_whose_own_reporter_saw_it_is_an_origin_and_one_that_says_so_of_another_is_not() -> None:
    text = "A shell hit Kelva and killed 44 people, a Valley Post reporter at the scene saw."
    a, b = document("a", text, outlet="Valley Post"), document("b", text.replace("shell", "bomb"), outlet="Harbour Sun")
    c = document("c", "Lea Torm said that 44 people died in Kelva.")
    named = claim(c, chain=(hop("Lea Torm"),))
    assert counted([a, c], [claim(a), named]) == (2, 2)
    assert counted([a, b], [claim(a), claim(b)]) == (1, 1)
    d = document(
        "d", "A shell killed 44 people in Kelva. Lea Torm told a Valley Post reporter of it.", outlet="Valley Post"
    )
    assert counted([d, c], [claim(d), named]) == (1, 2)


def test_nameless_people_whom_two_outlets_have_from_one_agency_are_one() -> None:
    a, b = document("a", "Residents told Northwire of 44 dead."), document("b", "44 died, residents said to Northwire.")
    chain = (hop("Northwire", "agency"), hop("residents", "unnamed"))
    assert counted([a, b], [claim(a, chain=chain, at=None), claim(b, chain=chain, at=None)]) == (1, 1)


def test_users_of_one_platform_are_not_one_mouth() -> None:
    a = document("a", "44 killed in Kelva.", outlet="Telegram", author="Mira Toll")
    b = document("b", "In Kelva 44 are dead.", outlet="Telegram", author="Petr Olin")
    assert counted([a, b], [claim(a), claim(b)]) == (1, 2)


def test_a_pronoun_that_could_not_be_told_is_one_of_those_who_are_named() -> None:
    a = document("a", "Lea Torm said 44 died in Kelva. She said that 12 were children.")
    one = claim(a, "44 died in Kelva", chain=(hop("Lea Torm"),))
    two = claim(a, "12 were children", voice="unresolved", flags=("pronoun_unresolved",))
    assert counted([a], [one, two]) == (1, 1)
    three = claim(a, "12 were children", voice="unresolved", flags=("speakers_disagree",))
    assert counted([a], [one, three]) == (1, 2)


def test_a_short_name_of_an_outlet_means_it_where_one_outlet_only_can_be_meant() -> None:
    a = document("a", "44 people were killed in Kelva.", outlet="Hill Courier")
    b = document("b", "The Courier reports 44 dead in Kelva.", outlet="Rim News")
    assert counted([a, b], [claim(a), claim(b, chain=(hop("Courier", "outlet"),))]) == (1, 1)


def test_an_agency_that_is_credited_in_the_last_words_is_the_origin() -> None:
    a = document("a", "Two bombs killed 44 people in Kelva.\n\n(Northwire)", outlet="Hill Courier")
    b = document("b", "44 people were killed in Kelva, according to Northwire.")
    assert counted([a, b], [claim(a, "Two bombs killed 44 people"), claim(b, chain=(hop("Northwire", "agency"),))]) == (
        1,
        1,
    )
    c = document("c", "Two bombs killed 44 people in Kelva.\n\n(Kelva)", outlet="Hill Courier")
    assert counted([c, b], [claim(c, "Two bombs killed 44 people"), claim(b, chain=(hop("Northwire", "agency"),))]) == (
        1,
        2,
    )


def test_who_passes_on_what_another_told_him_is_no_second_origin() -> None:
    a = document("a", "Nadim Orfal said that he had been told by the fire chief, Basel Hadi, that 44 died in Kelva.")
    b = document("b", "Basel Hadi said that 44 died in Kelva.")
    c = document("c", "Nadim Orfal met Basel Hadi and said that 44 died in Kelva.")
    told = claim(b, chain=(hop("Basel Hadi"),))
    assert counted([a, b], [claim(a, chain=(hop("Nadim Orfal"),)), told]) == (1, 1)
    assert counted([c, b], [claim(c, chain=(hop("Nadim Orfal"),)), told]) == (2, 2)


def test_a_name_that_stands_beside_the_cue_of_an_open_voice_is_taken_where_the_incident_knows_it() -> None:
    a = document("a", "Shells killed 44 people in Kelva, its chief, Moussa Tal, said.")
    b = document("b", "Moussa Tal spoke of 44 dead in Kelva.")
    c = document("c", "Gunmen killed 44 people in Kelva, the Valley Post reported.")
    d = document("d", "Gunmen killed 44 people in Kelva.", outlet="Valley Post")
    open_voice = claim(a, cue="said", voice="unresolved")
    assert counted([a, b], [open_voice, claim(b, chain=(hop("Moussa Tal"),))]) == (1, 1)
    assert counted([c, d], [claim(c, cue="reported", voice="unresolved"), claim(d)]) == (1, 1)


def test_a_post_is_told_by_its_first_words() -> None:
    a = document("a", "Selma Arik (@selma_arik): a shell killed 44 people in Kelva.", outlet="Postbox")
    b = document("b", "Selma Arik wrote that 44 died in Kelva.")
    c = document("c", "Lea Torm said that 44 died in Kelva.")
    named = [claim(b, chain=(hop("Selma Arik"),)), claim(c, chain=(hop("Lea Torm"),))]
    assert counted([a, b, c], [claim(a), *named]) == (2, 2)


def test_a_copy_that_leaves_out_the_name_of_its_source_rests_on_it() -> None:
    text = DISPATCH.removesuffix(".") + ", {} said."
    a = document("a", text.format("Basel Hadi, a rescue official,"))
    b, c = document("b", text.format("a rescue official")), document("c", text.format("a farmer"))
    words = "An air strike on the market of Kelva killed 44 people"
    named = replace(
        claim(a, words, chain=(hop("Basel Hadi"),), figures=(figure(a.text, "44", 44),)), cue=span(a.text, "said")
    )
    named = replace(named, source=replace(named.source, text="Basel Hadi, a rescue official"))  # type: ignore[type-var]
    told = [
        claim(d, words, chain=(hop(who, "unnamed"),), figures=(figure(d.text, "44", 44),))
        for d, who in ((b, "a rescue official"), (c, "a farmer"))
    ]
    assert counted([a, b], [named, told[0]]) == (1, 1)
    assert counted([a, c], [named, told[1]]) == (1, 2)


def test_a_first_person_of_somebody_who_is_quoted_without_marks_is_no_reporter() -> None:
    a = document("a", "A bomb killed 44 people in Kelva. I saw it fall Lea Torm said.", outlet="Valley Post")
    b = document("b", "Petr Olin said that 44 died in Kelva.")
    c = document("c", "I saw the bomb that killed 44 people in Kelva.", outlet="Valley Post")
    told = claim(b, chain=(hop("Petr Olin"),))
    assert counted([a, b], [claim(a, "A bomb killed 44 people in Kelva"), told]) == (1, 2)
    assert counted([c, b], [claim(c), told]) == (2, 2)


def test_a_body_that_is_only_any_of_its_kind_is_not_pointed_at() -> None:
    a = document("a", "A monitoring group said that 44 died in Kelva.")
    b = document("b", "Petr Olin said that 44 died in Kelva.")
    group = claim(a, chain=(hop("monitoring group", "organisation"),))
    group = replace(group, source=replace(group.source, text="A monitoring group"))  # type: ignore[type-var]
    assert counted([a, b], [group, claim(b, chain=(hop("Petr Olin"),))]) == (1, 2)


def test_a_figure_echoed_by_somebody_is_no_second_origin() -> None:
    text = "Ivo Marat said that 44 died in Kelva. His words were echoed by minister Petr Olin, who said 44 had died."
    a = document("a", text)
    first = claim(a, "44 died in Kelva", chain=(hop("Ivo Marat"),), cue="said")
    second = claim(a, "44 had died", chain=(hop("Petr Olin"),))
    assert counted([a], [first, second]) == (1, 1)


def test_a_photographer_who_says_what_he_counted_makes_his_paper_a_witness() -> None:
    text = "A bomb killed 44 people in Kelva, a Valley Post photographer who counted the bodies said."
    a, b = document("a", text, outlet="Valley Post"), document("b", "Lea Torm said that 44 died in Kelva.")
    told = claim(a, chain=(hop("Valley Post photographer who counted the bodies"),))
    assert counted([a, b], [told, claim(b, chain=(hop("Lea Torm"),))]) == (2, 2)


def test_the_city_before_an_institution_does_not_make_it_another() -> None:
    a = document("a", "The central hospital of Kelva said it had 44 bodies.")
    b = document("b", "In Kelva 44 people died, the city's central hospital said.")
    claims = [
        claim(a, chain=(hop("central hospital of Kelva", "organisation"),)),
        claim(b, chain=(hop("city's central hospital", "organisation"),)),
    ]
    assert counted([a, b], claims) == (1, 1)


def test_what_a_page_says_of_its_earlier_version_is_its_own() -> None:
    a = document("a", "An earlier version of this article said that 44 died in Kelva. The rescue service counted 41.")
    old = claim(a, "44 died in Kelva", chain=(hop("earlier version of this article", "unnamed"),))
    old = replace(old, source=replace(old.source, text="An earlier version of this article"))  # type: ignore[type-var]
    new = claim(a, "The rescue service counted 41", chain=(hop("rescue service", "organisation"),))
    assert counted([a], [old, new]) == (1, 1)


def test_a_sentence_that_may_still_be_a_speakers_raises_nothing() -> None:
    a = document("a", "Lea Torm said that nine of them were students. Twenty others were hurt in Kelva.")
    told = claim(a, "nine of them were students", chain=(hop("Lea Torm"),), cue="said")
    unsure = replace(claim(a, "Twenty others were hurt in Kelva", voice="unresolved"), source=None)
    assert counted([a], [told, unsure]) == (1, 2)
    assert counted([a], [told, replace(unsure, flags=("content_unsure",))]) == (1, 1)


def test_a_body_whose_own_teams_counted_is_shown() -> None:
    a = document("a", "Our teams documented 44 people killed in Kelva.", outlet="Highland Casualty Network")
    b = document("b", "Lea Torm said that 44 died in Kelva.")
    assert counted([a, b], [claim(a), claim(b, chain=(hop("Lea Torm"),))]) == (2, 2)


def test_an_official_of_a_state_without_a_name_is_nobody_in_particular() -> None:
    a = document("a", "A US official said that 44 died in Kelva.")
    b = document("b", "A Somali officer said that 44 had died in Kelva.")
    officer = claim(b, chain=(hop("Somali officer"),))
    claims = [
        claim(a, chain=(hop("US official", "unnamed"),)),
        replace(officer, source=replace(officer.source, text="A Somali officer")),  # type: ignore[type-var]
    ]
    assert counted([a, b], claims) == (1, 2)


def test_its_director_with_a_title_speaks_for_the_hospital() -> None:
    a = document("a", "Al-Awda Hospital in Kelva received 44 bodies, its director, Dr Ahmed Mansour, said.")
    b = document("b", "Al-Awda Hospital said that 44 were killed in Kelva.")
    claims = [
        claim(a, chain=(hop("Ahmed Mansour"),)),
        claim(b, chain=(hop("Al-Awda Hospital", "organisation"),)),
    ]
    assert counted([a, b], claims) == (1, 1)


def test_the_one_colonel_of_the_reports_is_meant_by_the_colonel() -> None:
    a = document("a", "Colonel Ivo Marat said that 44 died in Kelva.")
    b = document("b", "In Kelva 44 died, the colonel said.")
    told = claim(b, chain=(hop("colonel"),))
    told = replace(told, source=replace(told.source, text="the colonel"))  # type: ignore[type-var]
    assert counted([a, b], [claim(a, chain=(hop("Ivo Marat"),)), told]) == (1, 1)


def test_a_centre_that_documents_is_its_own_witness_and_a_paper_is_not() -> None:
    text = "A car bomb killed 44 people in Kelva."
    a, b = document("a", text, outlet="Hauran Documentation Centre"), document("b", text, outlet="Hauran Times")
    c = document("c", "Lea Torm said that 44 died in Kelva.")
    named = claim(c, chain=(hop("Lea Torm"),))
    assert counted([a, c], [claim(a), named]) == (2, 2)
    assert counted([b, c], [claim(b), named]) == (1, 2)


def test_the_prosecutors_of_a_region_are_its_office() -> None:
    a = document("a", "Prosecutors in the Kelva region said that 44 died.")
    b = document("b", "Prosecutors said that 44 died in Kelva.")
    named, bare = (
        claim(a, chain=(hop("Prosecutors in the Kelva region", "unnamed"),)),
        claim(b, chain=(hop("Prosecutors", "unnamed"),)),
    )
    assert weighed([a], [named]).origins[0].kind == "organisation"
    assert weighed([b], [bare]).origins[0].kind == "unnamed"


def test_an_agency_named_with_its_nouns_before_it_is_the_agency() -> None:
    a = document("a", "Ten guards died in Kelva, Sahara Wire reported.")
    b = document("b", "According to the news agency Sahara Wire, ten guards died in Kelva.")
    claims = [
        claim(a, chain=(hop("Sahara Wire", "agency"),)),
        claim(b, chain=(hop("news agency Sahara Wire", "agency"),)),
    ]
    assert counted([a, b], claims) == (1, 1)


def test_the_page_of_an_army_and_its_name_in_a_paper_are_one() -> None:
    a = post("a", "Two people were killed in Kelva.", author="Air Force of Ukraine", handle="airforce_ua")
    b = document("b", "Two people were killed in Kelva, the Ukrainian air force said.")
    told = claim(b, chain=(hop("Armed Forces of Ukraine", "organisation", "ua.mil"),))
    assert counted([a, b], [claim(a), told]) == (1, 1)


def test_the_ministry_in_a_capital_is_that_of_the_state() -> None:
    a = document("a", "The Turkish defence ministry said that 44 died in Kelva.")
    b = document("b", "In Kelva 44 died, according to the defence ministry in Ankara.")
    c = document("c", "In Kelva 44 died, according to the health ministry in Ankara.")
    turkish = claim(a, chain=(hop("Ministry of defence of Turkey", "organisation", "tr.mod"),))
    ankara = claim(b, chain=(hop("defence ministry in Ankara", "organisation"),))
    health = claim(c, chain=(hop("health ministry in Ankara", "organisation"),))
    assert counted([a, b], [turkish, ankara]) == (1, 1)
    assert counted([a, c], [turkish, health]) == (2, 2)


def test_army_is_short_for_the_army_that_the_register_names() -> None:
    a = document("a", "Four militants were killed in Kelva, the Philippine army said.")
    b = document("b", "Four militants were killed in Kelva, said army spokeswoman Colonel Ana Reyes.")
    army = claim(a, chain=(hop("Armed forces of the Philippines", "organisation", "ph.mil"),))
    army = replace(army, source=replace(army.source, text="the Philippine army"))  # type: ignore[type-var]
    reyes = claim(b, chain=(hop("Ana Reyes"),))
    reyes = replace(reyes, source=replace(reyes.source, text="army spokeswoman Colonel Ana Reyes"))  # type: ignore[type-var]
    assert counted([a, b], [army, reyes]) == (1, 1)


def test_a_report_that_quotes_only_who_is_an_origin_elsewhere_is_no_second_account() -> None:
    a = document("a", "The Kelva Rights League said that 44 died in Kelva.", outlet="Valley Post")
    b = document("b", "In Kelva 44 died. The names are known, the Kelva Rights League said.", outlet="Harbour Sun")
    league = hop("Kelva Rights League", "organisation")
    told = claim(a, "44 died in Kelva", chain=(league,), cue="said")
    own, other = claim(b, "In Kelva 44 died"), claim(b, "The names are known", chain=(league,), cue="said")
    cluster = Cluster(claims=(told.id, own.id), aggregate=False)
    (incident,) = weigh([cluster], [a, b], [told, own, other], [])
    assert (incident.independent_origins.shown, incident.independent_origins.possible) == (1, 1)
    assert {found for origin in incident.origins for found in origin.claims} == {told.id, own.id}


def quoting(name: str, quoted: str) -> tuple[int, int]:
    """Return the counts of a report in its own words that quotes one voice alone, beside a spokesman's word."""
    a = document("a", "General Ivo Marat said that 44 died in Kelva.", outlet="Valley Post")
    b = document("b", f"In Kelva 44 died. “{quoted},” said {name}.", outlet="Harbour Sun")
    told = claim(a, "44 died in Kelva", chain=(hop("Ivo Marat"),), cue="said")
    own, other = claim(b, "In Kelva 44 died"), claim(b, quoted, chain=(hop(name),), cue="said")
    cluster = Cluster(claims=(told.id, own.id), aggregate=False)
    count = weigh([cluster], [a, b], [told, own, other], [])[0].independent_origins
    return count.shown, count.possible


def test_the_only_quoted_voice_of_a_report_counts_where_it_speaks_of_what_it_lived_through() -> None:
    assert quoting("Asa Renn", "My brother was the groom") == (2, 2)
    assert quoting("Asa Renn", "She had lost two sons") == (2, 2)
    assert quoting("Asa Renn", "The war will go on") == (1, 2)
    assert quoting("Asa Renn", "I think that the war will go on") == (1, 2)


def test_its_director_is_the_hospital_named_before() -> None:
    a = document("a", "Olav Renn, director of Kelva Hospital, said 44 died in Kelva.", outlet="Valley Post")
    b = document("b", "Bodies lay in Kelva Hospital. In Kelva 44 died, its director said.", outlet="Harbour Sun")
    one = claim(a, "44 died in Kelva", chain=(hop("Olav Renn"),), cue="said")
    two = claim(b, "In Kelva 44 died", chain=(hop("its director"),), cue="said")
    assert counted([a, b], [one, two]) == (1, 1)


def test_a_spokesman_of_the_army_is_its_voice_and_an_official_of_it_is_not() -> None:
    for who, expected in (("An army spokesman", (1, 1)), ("An army official", (1, 2))):
        a = document("a", "The army said 44 died in Kelva.", outlet="Valley Post")
        b = document("b", f"{who} said 44 died in Kelva.", outlet="Harbour Sun")
        one = claim(a, chain=(hop("army", "organisation"),), cue="said")
        two = claim(b, chain=(hop(who),), cue="said")
        two = replace(two, source=replace(two.source, name=who.partition(" ")[2]))
        assert counted([a, b], [one, two]) == expected


def test_who_repeats_a_ministry_s_statement_is_an_echo() -> None:
    text = "The war ministry said 44 died in Kelva. Petr Olin repeated the ministry's statement, saying 44 had died."
    source = document("a", text)
    one = claim(source, "44 died in Kelva", chain=(hop("war ministry", "organisation"),), cue="said")
    two = claim(source, "44 had died", chain=(hop("Petr Olin"),), cue="saying")
    assert counted([source], [one, two]) == (1, 1)
