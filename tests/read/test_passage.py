"""What a passage is about, by a trained head and by its events; all texts are invented."""

import pytest

from corroborate.model import Event, Span
from corroborate.read.event.passage import about, features, head
from corroborate.read.mentions import EventMention


def mention(kind: str, score: float = 0.9) -> EventMention:
    at = Span(start=0, end=1, text="A")
    return EventMention(trigger=at, clause=at, event=Event(type=kind, mode=None), score=score)  # type: ignore[arg-type]


def test_the_opening_is_looked_at_apart() -> None:
    found = features("Union calls STRIKE. " + "so " * 60 + "later")
    assert {"union", "L:strike", "B:union_calls", "later"} <= found
    assert "L:later" not in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Workers of the Tolma mill went on strike on Monday, demanding higher wages, their union said.", "PROTEST"),
        ("Warplanes bombed the town of Tolma on Monday, killing twelve people in an air strike.", "ASSAULT"),
        ("The troops began to withdraw from the border as a ceasefire took hold on Friday.", "RETREAT"),
    ],
)
def test_plain_stories_are_of_their_type(text: str, kind: str) -> None:
    shares = head().shares(text)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=lambda name: shares[name]) == kind


def test_events_weigh_beside_the_head_and_added_types_do_not() -> None:
    text = "They met."
    plain, told = about(text, [mention("STATE")]), about(text, [mention("CONSULT")])
    assert "STATE" not in plain
    assert told["CONSULT"] == pytest.approx(plain["CONSULT"] + 0.2)


def test_a_text_without_a_known_word_has_shares_all_the_same() -> None:
    assert sum(head().shares("").values()) == pytest.approx(1.0)
