from dataclasses import replace
from datetime import timedelta

from claim_builders import DAY, document
from corroborate.link.shared import shared_texts

TEXT = (
    "Three shells struck the bakery in the old town shortly after dawn, the governor's office said. "
    "Rescue teams pulled the wounded out of the rubble while the queue that had formed before sunrise scattered. "
    "A baker who gave only his first name said that the oven was still warm when they came back for the flour. "
    "The road to the river stayed closed all day and no aid convoy could pass the last checkpoint before nightfall."
)
OTHER = (
    "Prices of bread rose again in the capital this week as the harvest failed in the eastern plain for the second "
    "year. Traders blamed the closed road and the cost of fuel, while the ministry promised imports by sea before the "
    "winter sets in and asked households to keep no more than they need for a month."
)


def test_a_copy_is_found_with_its_stretch_and_direction() -> None:
    a, b = document("a", TEXT), document("b", "By our staff. " + TEXT, published=DAY + timedelta(days=1))
    (found,) = shared_texts([b, a])
    assert (found.a, found.b, found.earlier) == ("d_a", "d_b", "d_a")
    assert found.share_a == 1.0
    assert a.text[found.a_start : found.a_end] == b.text[found.b_start : found.b_end]


def test_an_edited_copy_is_found() -> None:
    edited = (
        TEXT.replace("shortly after dawn", "at daybreak")
        .replace("all day", "until evening")
        .replace("A baker", "One man")
    )
    (found,) = shared_texts([document("a", TEXT), document("b", edited)])
    assert found.share_b > 0.5
    assert found.earlier is None


def test_an_excerpt_in_another_text_is_found() -> None:
    excerpt = (
        "A baker who gave only his first name said that the oven was still warm when they came back for the flour."
    )
    (found,) = shared_texts([document("a", TEXT), document("b", OTHER + " " + excerpt + " " + OTHER[:200])])
    assert "the oven was still warm" in TEXT[found.a_start : found.a_end]
    assert found.share_b < 0.5


def test_a_short_post_quoted_in_full_is_found() -> None:
    words = "Market in Kelva hit, dozens under the rubble"
    (found,) = shared_texts([document("a", words), document("b", "One post read: " + words)])
    assert found.share_a == 1.0


def test_other_texts_share_nothing() -> None:
    rewritten = (
        "The governor's office reported that a bakery in the old town had been shelled at sunrise. People had been "
        "waiting for bread; many ran into nearby streets as rescuers searched for survivors."
    )
    assert shared_texts([document("a", TEXT), document("b", OTHER), document("c", rewritten)]) == ()


def test_documents_without_a_date_have_no_direction() -> None:
    a, b = document("a", TEXT), replace(document("b", TEXT), published=None)
    assert shared_texts([a, b])[0].earlier is None
