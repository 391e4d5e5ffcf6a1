"""The whole reader with the package's weights, on short texts of our own."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from documents import document

from corroborate.model import Claim, Document
from corroborate.read import READER_VERSION, Reader, ReadResult
from corroborate.settings import Settings


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def read(reader: Reader, made: Document) -> ReadResult:
    """Read and check what holds of every result."""
    result = reader.read(made)
    text = made.text
    spans = [s for claim in result.claims for s in _spans(claim)]
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert len({claim.id for claim in result.claims}) == len(result.claims)
    segments = result.document.segments
    assert all(a.end <= b.start for a, b in pairwise(segments))
    assert all(claim.source is None for claim in result.claims if claim.voice != "attributed")
    assert all(claim.chain for claim in result.claims)
    return result


def _spans(claim: Claim) -> list:  # type: ignore[type-arg]
    parts = [
        claim,
        claim.source,
        claim.cue,
        claim.basis,
        *claim.hedges,
        *claim.places,
        *claim.quantities,
        *claim.evidence,
    ]
    return [part for part in parts if part is not None]


def killed(result: ReadResult, low: int) -> Claim:
    found = [c for c in result.claims if any(q.measure == "killed" and q.low == low for q in c.quantities)]
    assert len(found) == 1, [c.text for c in result.claims]
    return found[0]


def test_an_agency_told_and_a_dateline(reader: Reader) -> None:
    text = (
        "BEIRUT (Reuters) - Shelling killed at least 12 people in Aleppo on Monday, doctor Samir Haddad told AFP.\n\n"
        "He said that 30 people were wounded.\n\nThe army denied that it had shelled the town."
    )
    result = read(reader, document(text, day=date(2017, 6, 13)))
    assert result.document.segments[0].kind == "dateline"
    claim = killed(result, 12)
    assert claim.source is not None
    assert (claim.source.name, claim.voice, claim.modality) == ("Samir Haddad", "attributed", "reported")
    assert [hop.name for hop in claim.chain] == ["The Valley Post", "Reuters", "Agence France-Presse", "Samir Haddad"]
    assert [q.bound for q in claim.quantities] == ["at_least"]
    hurt = next(c for c in result.claims if any(q.measure == "injured" for q in c.quantities))
    assert hurt.source is not None
    assert hurt.source.name == "Samir Haddad"
    denied = next(c for c in result.claims if c.modality == "denied")
    assert denied.polarity == "negated"
    assert denied.source is not None
    assert "army" in denied.source.text


def test_the_outlet_s_own_voice(reader: Reader) -> None:
    result = read(reader, document("Air strikes killed 7 civilians in Aleppo on Monday."))
    claim = killed(result, 7)
    assert (claim.voice, claim.modality, claim.source) == ("own", "asserted", None)
    assert [hop.name for hop in claim.chain] == ["The Valley Post"]


def test_nobody_named_is_not_the_outlet(reader: Reader) -> None:
    result = read(reader, document("It was reported that air strikes killed 7 civilians in Aleppo."))
    claim = killed(result, 7)
    assert (claim.voice, claim.source, claim.modality) == ("unresolved", None, "reported")
    assert "source_not_named" in claim.flags


def test_a_source_that_leans_on_nameless_ones(reader: Reader) -> None:
    text = "The Syrian Observatory for Human Rights said, citing activists, that air strikes killed 9 people in Aleppo."
    claim = killed(read(reader, document(text)), 9)
    assert [hop.party for hop in claim.chain] == [None, "sohr"]
    assert claim.basis is not None
    assert (claim.basis.text, claim.basis.kind) == ("activists", "activist")


def test_a_post_without_borders_speaks_for_itself(reader: Reader) -> None:
    text = (
        "The town has been under fire for weeks and the roads to the north are closed to all who want to leave it "
        "BREAKING 14 civilians killed in air strikes on Tor pic twitter com aB3dE5gH7j "
        "Nora Belan NoraBelan77 March 3 2018 "
        "The ministry said nothing about the strikes on that day and has not answered any question since then"
    )
    result = read(reader, document(text))
    (post,) = [s for s in result.document.segments if s.kind == "post"]
    assert post.post is not None
    assert (post.post.handle, post.post.date, post.post.links) == (
        "NoraBelan77", date(2018, 3, 3), ("https://pic.twitter.com/aB3dE5gH7j",),
    )  # fmt: skip
    assert post.text.startswith("BREAKING")
    claim = killed(result, 14)
    assert claim.source is not None
    assert (claim.source.kind, claim.source.name) == ("post", "Nora Belan")


def test_a_figure_without_an_event_is_a_state(reader: Reader) -> None:
    result = read(reader, document("The population of the town stood at around 40,000 before the war."))
    (claim,) = [c for c in result.claims if any(q.measure == "population" for q in c.quantities)]
    assert claim.event is not None
    assert claim.event.type == "STATE"


def test_a_person_s_role_holds_where_only_the_name_is_said_again(reader: Reader) -> None:
    text = (
        "Ivan Petrov, the commander of Russia's forces in Syria, said that rebels had left Aleppo. "
        "The convoy was hit on the road, Petrov told a news agency."
    )
    parties = {c.source.party for c in read(reader, document(text)).claims if c.source and c.source.kind == "person"}
    assert parties == {"ru.mil"}


def test_what_follows_while_some_may_argue_is_not_theirs(reader: Reader) -> None:
    text = "While some may argue that the account is not credible Ardanian jets bombed the town of Aleppo again"
    bombed = [c for c in read(reader, document(text)).claims if "bombed" in c.text and c.event is not None]
    assert bombed
    assert all(c.voice != "attributed" for c in bombed)


def test_no_problem_denies_nothing(reader: Reader) -> None:
    (claim,) = [c for c in read(reader, document("They had no problem shooting down a plane.")).claims if c.event]
    assert claim.polarity == "affirmed"


def test_who_is_counted_as_harmed_is_nobody_s_killer(reader: Reader) -> None:
    text = "31 villagers killed mostly women killed in Ardanian strikes on Tolma"
    result = read(reader, document(text))
    assert any(q.measure == "killed" and q.low == 31 for claim in result.claims for q in claim.quantities)
    actors = [a.text for claim in result.claims if claim.event for a in claim.event.actors]
    assert not any("villagers" in name for name in actors)


def test_a_war_s_place_is_not_where_its_date_puts_it(reader: Reader) -> None:
    text = "Aleppo lost most of its population, which prior to the conflict in Syria stood at around 90,000."
    (claim,) = [c for c in read(reader, document(text)).claims if any(q.measure == "population" for q in c.quantities)]
    assert [place.name for place in claim.places] == ["Aleppo"]


def test_a_page_s_tags_are_not_where_it_happened(reader: Reader) -> None:
    text = "Tags aid convoy Latakia Damascus Shelling killed 12 people in Idlib on Monday. Three more were wounded."
    result = read(reader, document(text))
    assert {place.name for claim in result.claims for place in claim.places} <= {"Idlib"}
    assert [place.name for place in killed(result, 12).places] == ["Idlib"]


def test_another_language_and_an_empty_text_are_left_unread(reader: Reader) -> None:
    german = replace(document("Luftangriffe töteten sieben Menschen."), language="de")
    assert reader.read(german) == ReadResult(german, ())
    empty = document(" \n")
    assert reader.read(empty).claims == ()


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    made = document("Air strikes killed 7 civilians in Aleppo, the ministry said. Two others were hurt, it added.")
    assert reader.read(made) == reader.read(made)


def test_the_version_names_the_weights() -> None:
    assert len(READER_VERSION.split("+")[1]) == 12


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("UN panel: 12 civilians dead in Tolma shelling", "UN panel"),
        ("Police: 12 people killed in Tolma market", "Police"),
        ("Twelve killed in Tolma blast: monitor", "monitor"),
        ("Twelve people killed in Tolma blast - Dovrin Governor", "Dovrin Governor"),
    ],
)
def test_a_headline_s_speaker_stands_beside_its_mark(reader: Reader, headline: str, name: str) -> None:
    made = document(f"{headline}\n\nThe town lies on a river and has a mill.", title=headline)
    claim = killed(read(reader, made), 12)
    assert claim.source is not None
    assert claim.source.text == name
    assert (claim.voice, claim.modality) == ("attributed", "reported")
    assert name not in claim.text


@pytest.mark.parametrize(
    "headline",
    [
        "Syria: 12 killed in strikes on market",
        "Raqqa: 12 killed in strikes on market",
        "Analysis: 12 killed in strikes on market",
        "The war in Raqqa: 12 killed in strikes",
        "12 killed in strikes on market - The Valley Post",
    ],
)
def test_a_place_or_a_topic_before_a_colon_says_nothing(reader: Reader, headline: str) -> None:
    made = document(f"{headline}\n\nThe town lies on a river and has a mill.", title=headline)
    assert killed(read(reader, made), 12).voice == "own"


@pytest.mark.parametrize(
    "text",
    [
        "The operation was aimed at capturing the town of Tolma.",
        "They launched a campaign with the aim of taking Tolma.",
        "The battle for the capture of Tolma goes on.",
        "The plan is to seize Tolma.",
    ],
)
def test_what_is_only_aimed_at_has_not_been_taken(reader: Reader, text: str) -> None:
    taken = [c for c in read(reader, document(text)).claims if c.event and c.event.type == "CONTROL"]
    assert [claim.modality for claim in taken] == ["speculated"]


def test_what_somebody_managed_to_take_has_been_taken(reader: Reader) -> None:
    (claim,) = read(reader, document("The army succeeded in capturing Tolma.")).claims
    assert claim.modality == "asserted"


def test_a_note_for_demonstration_is_no_protest(reader: Reader) -> None:
    assert not read(reader, document("This note was written for demonstration.")).claims
    (claim,) = read(reader, document("Hundreds joined the demonstration for peace in Tolma.")).claims
    assert claim.event is not None
    assert claim.event.type == "PROTEST"


def test_a_toll_by_itself_says_nothing(reader: Reader) -> None:
    claim = killed(read(reader, document("An earlier death toll had said that 12 people were killed.")), 12)
    assert claim.voice == "unresolved"


def test_what_a_relative_clause_tells_is_of_its_noun(reader: Reader) -> None:
    text = "The figure comes from the Dovrin commission of inquiry, which told the council that 12 people were killed."
    claim = killed(read(reader, document(text)), 12)
    assert claim.source is not None
    assert "commission" in claim.source.text


def test_an_agency_reports_where_no_marks_are_left(reader: Reader) -> None:
    text = "meridian wire reports from geneva that air strikes have killed 12 civilians in raqqa province"
    claim = killed(read(reader, document(text)), 12)
    assert claim.source is not None
    assert claim.source.name == "meridian wire"


def test_the_town_is_the_one_place_that_a_report_names(reader: Reader) -> None:
    text = "The central hospital of Raqqa said that it had received 29 bodies after the air strikes on the town."
    found = read(reader, document(text))
    assert ["Raqqa"] in [[place.name for place in claim.places] for claim in found.claims if claim.quantities]
    other = text.replace("the town.", "the road.")
    assert all(not claim.places for claim in read(reader, document(other)).claims if claim.quantities)


def test_a_person_with_an_agency_s_name_ends_no_heading(reader: Reader) -> None:
    text = "Shells killed 14 people in Raqqa on Monday, the head of the ambulance service, Petra Lund, told reporters."
    claim = killed(read(reader, document(text)), 14)
    assert claim.source is not None
    assert claim.source.name == "Petra Lund"


def test_an_officer_described_before_the_name_speaks_for_the_army(reader: Reader) -> None:
    said = "a spokesman for the Nigerian army, Major Tunde Bello, said."
    text = f"Forty insurgents were killed near Gwoza on Sunday, {said}"
    claim = killed(read(reader, document(text)), 40)
    assert claim.source is not None
    assert (claim.source.name, claim.source.party) == ("Tunde Bello", "ng.mil")


def test_a_body_s_whole_name_in_small_letters_is_the_body(reader: Reader) -> None:
    text = "the un commission of inquiry on syria said that air strikes have killed 12 civilians in raqqa province"
    claim = killed(read(reader, document(text)), 12)
    assert claim.source is not None
    assert claim.source.party == "coi-syria"


def test_where_a_hospital_is_that_speaks_is_not_where_it_happened(reader: Reader) -> None:
    text = "A strike hit a camp in Raqqa on Monday. Officials at Nasser Hospital said 12 people were killed."
    assert [place.name for place in killed(read(reader, document(text)), 12).places] == ["Raqqa"]


def test_the_police_of_a_town_speak_of_it_where_they_name_no_other(reader: Reader) -> None:
    claim = killed(read(reader, document("Police in Kirkuk said a bomb had killed 12 people.")), 12)
    assert [place.name for place in claim.places] == ["Kirkuk"]
    assert "place_from_context" in claim.flags
    claim = killed(read(reader, document("An envoy in Geneva said a bomb had killed 12 people.")), 12)
    assert claim.places == ()


def test_what_was_reported_by_nobody_happened_where_and_when_the_sentence_says(reader: Reader) -> None:
    claim = killed(read(reader, document("At least 20 people were reported killed on Tuesday in Raqqa.")), 20)
    assert [place.name for place in claim.places] == ["Raqqa"]
    assert claim.when is not None


def test_behind_a_quotation_and_its_speaker_the_text_tells_of_the_strike(reader: Reader) -> None:
    text = '"We pulled two of them out," said fireman Ihor Tkach after a missile killed 12 people in Raqqa on Monday.'
    assert killed(read(reader, document(text)), 12).voice == "own"


def test_who_puts_a_toll_at_a_figure_says_so(reader: Reader) -> None:
    text = "Souleymane Diarra, the army's spokesman, put the number of soldiers killed in Raqqa on Monday at 12."
    claim = killed(read(reader, document(text)), 12)
    assert claim.source is not None
    assert claim.source.name == "Souleymane Diarra"


def test_a_person_named_between_commas_right_before_the_verb_speaks(reader: Reader) -> None:
    text = "A mine killed 12 people, the head of the local fishermen's association, Yahya Suleiman, told Meridian Wire."
    claim = killed(read(reader, document(text)), 12)
    assert claim.source is not None
    assert claim.source.name == "Yahya Suleiman"


def test_who_survived_the_raid_tells_of_where_it_was(reader: Reader) -> None:
    text = "Halima Abdi, a nomad who survived the raid on Raqqa on Thursday, said that 12 people had been killed."
    assert [place.name for place in killed(read(reader, document(text)), 12).places] == ["Raqqa"]


def test_bodies_counted_after_a_strike_are_of_its_day(reader: Reader) -> None:
    text = "Our photographer counted 12 bodies under the arcade after a missile hit the market of Raqqa on Tuesday."
    claim = killed(read(reader, document(text)), 12)
    assert claim.when is not None
    assert [place.name for place in claim.places] == ["Raqqa"]


def test_a_count_of_bodies_takes_the_place_that_the_report_opens_with(reader: Reader) -> None:
    text = "Raqqa now: a strike on a minibus near the old bridge. I counted 12 bodies on the road."
    assert [place.name for place in killed(read(reader, document(text)), 12).places] == ["Raqqa"]


def test_a_street_is_told_with_the_town_that_the_report_opens_with(reader: Reader) -> None:
    text = "Raqqa this morning. Shells hit the queue on Tolma street and killed 12 people."
    assert "Raqqa" in [place.name for place in killed(read(reader, document(text)), 12).places]


def test_somebody_who_is_only_a_pronoun_can_be_shot(reader: Reader) -> None:
    found = read(reader, document("The council denied that its troops had shot anybody in Raqqa."))
    assert [claim.event.type for claim in found.claims if claim.event] == ["ASSAULT"]
    assert all(claim.event is None for claim in read(reader, document("He shot her film in Raqqa.")).claims)


def test_a_post_that_a_page_sets_in_quotation_marks_is_its_poster_s(reader: Reader) -> None:
    text = (
        "A bomb exploded in Raqqa on Tuesday.\n\n"
        "“Four people were killed by the bomb in Raqqa this morning. We carry on.” "
        "— Nora Belan (@norabelan) January 22, 2030\n\nThe street remained closed."
    )
    claim = killed(read(reader, document(text)), 4)
    assert claim.source is not None
    assert claim.source.name == "Nora Belan"


def test_arms_say_nothing(reader: Reader) -> None:
    text = (
        "Rockets fired at Kharkiv on Tuesday killed four people, the town's mayor, Ivo Tarenko, told the Orsa agency."
    )
    claims = reader.read(document(text)).claims
    assert claims
    assert {claim.chain[-1].name for claim in claims} == {"Ivo Tarenko"}
