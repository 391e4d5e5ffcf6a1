from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import DAY, document
from corroborate.link.shared import Texts, shared_texts

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


def test_the_longest_stretch_is_found_where_a_shorter_one_overlaps_its_beginning() -> None:
    one = "wa wb wc wd we wf wg wh wi wj wk wl wm wn."
    other = "wx wy wz wa wb wc wd. Later: wx wy wz wa wb wc wd we wf wg wh wi wj wk wl wm wn."
    (found,) = shared_texts([document("a", "wx wy wz wa wb wc wd, he said. " + one), document("b", other)])
    assert other[found.b_start : found.b_end] == "wa wb wc wd we wf wg wh wi wj wk wl wm wn"


def test_other_texts_share_nothing() -> None:
    rewritten = (
        "The governor's office reported that a bakery in the old town had been shelled at sunrise. People had been "
        "waiting for bread; many ran into nearby streets as rescuers searched for survivors."
    )
    assert shared_texts([document("a", TEXT), document("b", OTHER), document("c", rewritten)]) == ()


def test_documents_without_a_date_have_no_direction() -> None:
    a, b = document("a", TEXT), replace(document("b", TEXT), published=None)
    assert shared_texts([a, b])[0].earlier is None


WORDS = [f"w{chr(97 + number)}" for number in range(26)]


def stretch(a: list[str], b: list[str]) -> int:
    """The longest run of words that stands in both, counted the plain way."""
    longest, before = 0, [0] * (len(b) + 1)
    for one in a:
        now = [0]
        for number, other in enumerate(b):
            now.append(before[number] + 1 if one == other else 0)
        longest, before = max(longest, *now), now
    return longest


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 6), st.integers(0, 6))
def test_every_shared_stretch_is_found_and_nothing_else(random: Random, count: int, cut: int) -> None:
    passage = random.choices(WORDS, k=random.randint(5, 20))
    texts = []
    for _ in range(count):
        low = random.randint(0, 4)
        own = passage[low : low + random.randint(5, 20)] if random.random() < 0.7 else []
        texts.append(
            random.choices(WORDS, k=random.choice((0, 3, 30))) + own + random.choices(WORDS, k=random.randint(0, 9))
        )
    documents = [document(f"{number:02}", " ".join(words)) for number, words in enumerate(texts)]
    expected = {
        (f"d_{i:02}", f"d_{j:02}")
        for (i, a), (j, b) in combinations(enumerate(texts), 2)
        if stretch(a, b) >= 12 or 6 <= stretch(a, b) == min(len(a), len(b))
    }
    whole = shared_texts(documents)
    assert {(one.a, one.b) for one in whole} == expected
    gradual = Texts()
    order = random.sample(documents, k=count)
    for part in (order[:cut], order[cut:]):
        gradual.add(part)
        gradual.shared()
    assert gradual.shared() == whole


def test_a_crowd_with_one_footer_is_tied_to_the_earliest_and_to_the_one_before_and_not_all_to_all() -> None:
    footer = " This service is brought to you every morning by the readers of the valley and by nobody else."
    days = [DAY + timedelta(days=number) for number in range(60)]
    documents = [document(f"{n:02}", f"On day{n} item{n}." + footer, published=day) for n, day in enumerate(days)]
    pairs = {(one.a, one.b) for one in shared_texts(documents)}
    assert pairs >= {(f"d_{number - 1:02}", f"d_{number:02}") for number in range(1, 60)}
    assert pairs >= {("d_00", f"d_{number:02}") for number in range(1, 60)}
    assert len(pairs) < 60 * 59 / 4


def test_a_text_that_is_replaced_is_compared_no_more() -> None:
    texts = Texts()
    texts.add([document("a", TEXT), document("b", TEXT)])
    assert len(texts.shared()) == 1
    texts.add([replace(document("b", OTHER), id="d_b")])
    assert texts.shared() == ()
